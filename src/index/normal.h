// The letters of a text as the register compares them, each with the way back to its place.
//
// What differs between two copies of one passage goes: case, width, blanks, punctuation, line breaks
// and the hyphens before them, accents, invisible characters, letters of another script that pass for
// Latin, traditional forms of Chinese characters. What is left falls in two streams that are compared
// apart: a gram over Chinese mixed with English names would be neither rare nor common.
//   latin: letters and digits of all scripts that part words by blanks; one byte a letter. ASCII is as
//          it is (lower case); of other letters seven bits are kept, which tells apart those of one alphabet
//   cjk:   ideographs, kana and hangul; one 16-bit unit a character
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

enum class Stream : std::uint8_t { latin, cjk };

template <class Unit>
struct LetterRun {
    std::basic_string<Unit> letters;
    std::vector<std::uint32_t> begins;  // of each letter: where its first byte stands in the text

    void drop_front(std::size_t count) {
        letters.erase(0, count);
        begins.erase(begins.begin(), begins.begin() + static_cast<std::ptrdiff_t>(count));
    }
};

struct Letters {
    LetterRun<char> latin;
    LetterRun<char16_t> cjk;
};

// Appends the letters of `text` (valid UTF-8) to `out`; `base` is added to each offset. Texts longer than
// some MB are best given in pieces that end at `piece_end`, so that memory stays small. Linear.
void normalise(std::string_view text, std::uint32_t base, Letters& out);

// The letters of a whole text.
Letters normalise(std::string_view text);

// A place at or before `size` bytes behind `from` where a text may be cut: behind a line end or blank where there
// is one near, else between two characters. Never `from` itself; at most text.size().
std::size_t piece_end(std::string_view text, std::size_t from, std::size_t size);

}  // namespace keepmum
