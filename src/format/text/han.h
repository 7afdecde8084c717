// Chinese characters: traditional forms folded to simplified ones, and how common a character is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keepmum {

// The simplified form of a traditional character; every other character as it is. One character
// for one, as ICU's Traditional-Simplified rules have it, so offsets stay.
char32_t fold_han(char32_t character);

// One of the several hundred characters that make up most of Chinese running text, in either form.
bool is_common_han(char32_t character);

}  // namespace keepmum
