// How wide text is on a terminal, and where its lines may break (Unicode UAX #11, and a plain
// subset of UAX #14).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// Columns of a terminal: 2 for East Asian wide and full-width characters, 0 for combining and
// invisible ones, else 1 (also for characters of ambiguous width).
int display_width(char32_t code_point);
std::size_t display_width(std::string_view text);

// The longest beginning of `text` that is at most `columns` wide.
std::string_view fit_width(std::string_view text, std::size_t columns);

// `text` in lines of at most `columns` (at least 2), broken at spaces and between CJK characters, yet
// with no line that begins with closing or ends with opening punctuation. A word that is too long
// for a line is broken where the line ends. Line feeds in `text` count as spaces.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

}  // namespace keepmum
