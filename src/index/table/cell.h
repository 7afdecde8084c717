// The cells of a table as the register compares them, and the same letters in a text that is checked.
//
// A cell may be written in many ways: "+86 138-0013-8000", "13800138000"; "SMITH, John", "John Smith";
// "1,234.50", "1234.5"; "2024-1-2", "2024/01/02", "2024年1月2日". Both sides are cut into tokens (words, runs of digits, single
// CJK characters) whose letters stand joined in one string, so that a cell is found again as some tokens in a row, however
// they are parted. That differs from how excerpts are compared (index/normal.h), where numbers and order of words stay.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct CellToken {
    enum class Kind : std::uint8_t {
        word,    // letters of a script that parts words by blanks, lower case
        number,  // digits; at most one fraction behind a '.', without the zeros at its end
        cjk,     // one ideograph, kana or hangul character, simplified
    };
    static constexpr std::uint8_t far = 255;  // a gap that no cell reaches across

    std::uint32_t begin = 0;    // bytes of the text
    std::uint32_t end = 0;
    std::uint32_t letters = 0;  // where its letters begin in CellText::letters; they end where the next token's begin
    std::uint32_t line = 0;     // of the text, from 0
    Kind kind = Kind::word;
    std::uint8_t gap = far;     // characters between the token before and this one, or `far`
    bool fraction = false;      // a number with digits behind a '.'
};

struct CellText {
    std::string letters;  // UTF-8
    std::vector<CellToken> tokens;

    std::size_t letters_end(std::size_t token) const {
        return token + 1 < tokens.size() ? tokens[token + 1].letters : letters.size();
    }
    std::string_view letters_of(std::size_t first, std::size_t last) const {
        return std::string_view(letters).substr(tokens[first].letters, letters_end(last) - tokens[first].letters);
    }
};

// The tokens of `text` (valid UTF-8, less than 4 GiB; best in its canonical view, format/text/canonical.h), replacing
// those in `out`. Letters of more than 64 in a row are no word and are left out. Linear.
void read_cell_text(std::string_view text, CellText& out);

// The bounds of a cell. What is longer is compared by its first tokens alone.
constexpr std::size_t most_cell_tokens = 12;
constexpr std::size_t most_cell_letters = 96;  // bytes

// The tokens of a table's cell: of a long one its first 4 KiB.
void read_cell(std::string_view cell, CellText& out);

// What a row of tokens may be as one cell.
struct CellForm {
    enum class Kind : std::uint8_t { words, number, cjk, mixed };
    Kind kind = Kind::mixed;
    std::string_view letters;  // points into the text's letters, or into the buffer given
    std::size_t tokens = 1;
};

// The one form of the tokens `first` to `last`: numbers without zeros in front and without China's country code, up to four
// words in alphabetical order. `buffer` is used where letters must move. Empty letters: too little to be told from anything else.
CellForm cell_form(CellText const& text, std::size_t first, std::size_t last, std::string& buffer);

// How unlikely it is that a text holds this cell by chance, in bits; a low estimate.
double surprise(CellForm const& form);

}  // namespace keepmum
