// A message as sentences of words: what phrases are looked for in.
//
// Written for chats: case, full-width letters, accents, traditional characters and invisible characters do not
// matter, apostrophes are left out, a sentence ends at . ! ? 。！？； or a line end. Latin words are read whole,
// Chinese by single characters. Every word keeps its bytes in the message, so that a sign can be quoted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

struct SpokenWord {
    enum class What : std::uint8_t {
        word,    // of letters: `letters` holds them, folded
        sign,    // one character that is no Latin letter: `sign`
        number,  // 1,500 or 80
        pause,   // a comma, colon, bracket: one clause ends here
    };
    What what = What::word;
    char32_t sign = 0;
    std::uint32_t letters = 0, letters_size = 0;  // of a word: where in Spoken::folded
    std::uint32_t begin = 0, end = 0;             // bytes of the message
};

struct SpokenSentence {
    std::uint32_t first = 0, last = 0;  // words, `last` excluded
};

struct Spoken {
    std::string folded;
    std::vector<SpokenWord> words;
    std::vector<SpokenSentence> sentences;  // none of them empty

    std::string_view letters(SpokenWord const& word) const {
        return std::string_view(folded).substr(word.letters, word.letters_size);
    }
};

// How many words a sentence has at most; a longer one is read as several.
inline constexpr std::size_t longest_sentence = 160;

// Reads `message` (UTF-8, less than 4 GiB) into `spoken`, whose memory is used again. Linear.
void read_spoken(std::string_view message, Spoken& spoken);

}  // namespace keepmum
