// How unlikely it is that a person wrote a string as words: what parts a random key or a good
// password from an identifier, better than its entropy does.
//
// Entropy looks at letters alone, so "getUserPassword" seems as random as a key. Here a model of
// letter triples, made from English, pinyin and program identifiers (tools/rarity_table), says how
// many bits each letter surprises by. Words come out near 3 bits a character, random letters and
// digits above 4.5.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

// Mean bits a byte; 0 for an empty string.
double rarity(std::string_view text);

// Shannon entropy of the bytes of `text`, in bits a byte.
double entropy(std::string_view text);

// Whether `text` looks made by a machine rather than by a person: eight or more bytes, and rare as
// words go; or sixteen or more digits and letters well mixed, which hexadecimal keys are.
bool looks_random(std::string_view text);

}  // namespace keepmum
