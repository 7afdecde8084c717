// How a listed word may be written: letters folded, and what may stand between them.
//
//   Blue Heron = BLUE HERON = blue-heron = BlueHeron      长征五号 = 長征五號 = 长 征 五 号
//   XK-2047 = XK 2047 = xk2047                            12.5 kt = 12.5kt, never 125 kt
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// What may stand before a letter of a word, the one before it being written.
enum class Joint : std::uint8_t {
    closed,  // nothing, or a hyphen at a line's end
    spread,  // blanks and a line end: around Chinese characters
    light,   // those, and dashes: between letters and digits of a code
    loose,   // those, dots and slashes: where the list itself has such a thing
};

// What stands between two letters, as a set of these bits.
enum Separator : std::uint8_t { blank = 1, line_end = 2, dash = 4, dot = 8 };

struct Spelling {
    std::u32string letters;      // folded: case, width, traditional characters; separators left out
    std::vector<Joint> joints;  // before each letter; the first one's means nothing
};

// The bits of one separator, 0 for any other character.
std::uint8_t separator_of(char32_t character);
// One character for one.
char32_t fold_letter(char32_t character);

Spelling spell(std::string_view text);
bool may_stand(Joint joint, std::uint8_t separators);

// The other forms in which English text uses the word: plural, possessive, past, -ing. Empty where
// it does not end in at least four Latin letters.
std::vector<Spelling> inflections(Spelling const& spelling);

// The ways in which people without such keys, mail addresses and file names write a Latin word with accents: Zoë Müller as zoe muller
// and zoe mueller. Empty where it has none, or is shorter than five letters.
std::vector<Spelling> unaccented(Spelling const& spelling);

// The folded letters of any text, separators left out.
std::u32string letters_of(std::string_view text);

}  // namespace keepmum
