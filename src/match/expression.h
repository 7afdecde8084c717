// What can be told about an expression without running it: how wide its occurrences are, and a
// cheaper expression that still ends wherever it ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

// Most bytes that an occurrence can have, or Regex::npos where there is no bound or none is known.
std::uint64_t occurrence_width(std::string_view pattern);

// An expression that ends where `pattern` ends and is cheaper to search for: without what may stand
// before the first thing that must, as the [\w.-]{0,50}? with which many secret rules begin.
std::string nominating_expression(std::string_view pattern);

// True where no occurrence need hold two bytes in a row that are known beforehand: such a pattern
// stops the search at every other word.
bool is_weak(std::string_view pattern);

}  // namespace keepmum
