// What can be told about an expression without running it: how wide its occurrences are, and a
// cheaper expression that still ends wherever it ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// Most bytes that an occurrence can have, or Regex::npos where there is no bound or none is known.
std::uint64_t occurrence_width(std::string_view pattern);

// Most line feeds that an occurrence can have, or Regex::npos where there is no bound or none is known. For
// expressions without a bound to their width, which may have one to their lines. Costs a few compilations.
std::uint64_t occurrence_line_feeds(std::string_view pattern);

// An expression that is cheaper to search for and ends within each occurrence of `pattern`, mostly at its end:
// without what may stand before the first thing that must, as the [\w.-]{0,50}? with which many secret rules begin;
// without what follows [\s\S]*, which may be anywhere; and with the upper bounds of long repetitions taken off, where
// they cannot run over a line's end: x{10,150} becomes x{10,}. It may end in more places, and has no width of its
// own to go by.
std::string nominating_expression(std::string_view pattern);

// An expression that occurs wherever `pattern` does, and begins there too: without the upper bounds of long repetitions, as
// above. Where there are none, `pattern`.
std::string widened_expression(std::string_view pattern);

// The short words with one of which occurrences of `pattern` may begin, as key and token of (?:key|token|…)[\w.-]*=,
// where there are several and something of any length may follow: each of these words in a text starts the search for
// all that follows anew. Empty for all other patterns.
std::vector<std::string> flood_words(std::string_view pattern);

// True where no occurrence need hold two bytes in a row that are known beforehand: such a pattern
// stops the search at every other word.
bool is_weak(std::string_view pattern);

// Nanoseconds a byte that the search for `pattern` alone takes on ordinary text, measured now (a few
// milliseconds). Searches of 0.2 and less cost next to nothing beside others; a rule that takes more
// than 0.5 slows every text. 0 for what is not searched for at all but found by RE2 alone.
double solo_cost(std::string_view pattern);

}  // namespace keepmum
