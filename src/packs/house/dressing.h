// What stands within a written word, or between two, and is no part of it: marks of markup (<b>, **, {\b1}), escapes
// (%20, \n, \u00eb), the end of one string and the begin of the next ("Blue " + "Heron"), colours of terminals.
//
//   <b>Blue</b> Heron   Blue%20Heron   "Blue" +\n "Heron"   Br\u00fcckner   Blue\n> Heron
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keepmum {

struct Dressing {
    std::uint32_t length = 0;     // bytes; 0 where none begins here
    std::uint8_t separators = 0;  // what it counts as (packs/house/spelling.h); 0: as nothing at all
};

// The dressing that begins at `at` < text.size(). At most some hundred bytes are looked at, and of those none that begins another one.
Dressing dressing_at(std::string_view text, std::size_t at);

// Whether a dressing or an escaped letter may begin with this byte.
bool may_dress(char c);

// What follows a line end and is no part of the line's text: > of a quotation, # and // of a remark. 0 or 1 byte.
bool is_line_mark(char c);

struct EscapedLetter {
    char32_t value = 0;
    std::uint32_t length = 0;  // bytes; 0 where none begins here
};

// A character written as \u00eb, \xc3\xab, \303\253, %C3%AB, =C3=AB, &euml;, \"e at `at` < text.size().
EscapedLetter escaped_letter_at(std::string_view text, std::size_t at);

// Whether an escape ends right before `at`, so that a word may begin there: \n, %2F, \fB.
bool is_behind_escape(std::string_view text, std::size_t at);

}  // namespace keepmum
