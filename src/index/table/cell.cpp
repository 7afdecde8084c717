// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/cell.h"

#include <algorithm>
#include <array>

#include "base/icu.h"
#include "base/utf8.h"
#include "format/text/han.h"

namespace keepmum {

namespace {

using Kind = CellToken::Kind;
constexpr std::size_t longest_word = 64;    // letters; longer runs are keys or encoded bytes
constexpr std::size_t longest_number = 64;  // digits
constexpr std::uint8_t widest_gap = 3;      // characters between two tokens of one cell

class Tokenizer {
  public:
    Tokenizer(std::string_view text, CellText& out) : text_(text), out_(out) {}

    void run() {
        out_.letters.clear();
        out_.tokens.clear();
        while (at_ < text_.size()) {
            char const c = text_[at_];
            if (is_digit(c)) read_number();
            else if (is_alpha(c)) read_word();
            else if (static_cast<unsigned char>(c) < 0x80) skip(c == '\n', 1);
            else read_other();
        }
    }

  private:
    void skip(bool line_end, std::size_t bytes) {
        line_ += line_end;
        at_ += bytes;
        if (gap_ < CellToken::far) ++gap_;
    }

    void begin_token(Kind kind) {
        CellToken token;
        token.begin = static_cast<std::uint32_t>(at_);
        token.letters = static_cast<std::uint32_t>(out_.letters.size());
        token.line = line_;
        token.kind = kind;
        token.gap = gap_ > widest_gap || out_.tokens.empty() ? CellToken::far : gap_;
        out_.tokens.push_back(token);
    }

    void end_token() {
        out_.tokens.back().end = static_cast<std::uint32_t>(at_);
        gap_ = 0;
    }

    void drop_token() {
        out_.letters.resize(out_.tokens.back().letters);
        out_.tokens.pop_back();
        gap_ = CellToken::far;
    }

    void read_number() {
        bool const in_chain = at_ >= 2 && text_[at_ - 1] == '.' && is_digit(text_[at_ - 2]);
        begin_token(Kind::number);
        std::size_t const begin = at_;
        while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
        std::size_t const whole_end = at_;
        out_.letters.append(text_.substr(begin, whole_end - begin));
        if (!in_chain) read_fraction();
        std::size_t const length = at_ - begin;
        end_token();
        if (length > longest_number) drop_token();
        else join_date();
    }

    // "1234.50", but not "1.2.3": one point, digits on both sides, no further point with digits.
    void read_fraction() {
        if (at_ + 1 >= text_.size() || text_[at_] != '.' || !is_digit(text_[at_ + 1])) return;
        std::size_t end = at_ + 1;
        while (end < text_.size() && is_digit(text_[end])) ++end;
        if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) return;
        std::size_t last = end;
        while (text_[last - 1] == '0') --last;
        if (last > at_ + 1) {
            out_.letters.append(text_.substr(at_, last - at_));
            out_.tokens.back().fraction = true;
        }
        at_ = end;
    }

    std::size_t size_of(std::size_t token) const { return out_.letters_end(token) - out_.tokens[token].letters; }
    bool is_number(std::size_t token, std::size_t least, std::size_t most) const {
        CellToken const& it = out_.tokens[token];
        return it.kind == Kind::number && !it.fraction && size_of(token) >= least && size_of(token) <= most;
    }
    bool is_character(std::size_t token, std::string_view character) const {
        return out_.tokens[token].kind == Kind::cjk && out_.letters_of(token, token) == character;
    }

    // Year, month and day get two digits for the month and the day, and lose the characters between.
    void join_date() {
        std::vector<CellToken>& tokens = out_.tokens;
        std::size_t const count = tokens.size();
        if (count >= 5 && is_character(count - 2, "月") && is_character(count - 4, "年") && is_number(count - 1, 1, 2) &&
            is_number(count - 3, 1, 2) && is_number(count - 5, 4, 4)) {
            write_date(count - 5, count - 3);
            return;
        }
        if (count < 3 || !is_number(count - 1, 1, 2) || !is_number(count - 2, 1, 2) || !is_number(count - 3, 4, 4)) return;
        char const between = text_[tokens[count - 1].begin - 1];
        if (tokens[count - 1].gap != 1 || tokens[count - 2].gap != 1 || between != text_[tokens[count - 2].begin - 1]) return;
        if (between == '-' || between == '/' || between == '.') write_date(count - 3, count - 2);
    }

    void write_date(std::size_t year, std::size_t month) {
        std::vector<CellToken>& tokens = out_.tokens;
        CellToken first = tokens[month], second = tokens.back();
        auto two_digits = [](std::string_view digits) {
            return digits.size() == 1 ? "0" + std::string(digits) : std::string(digits);
        };
        std::string const months = two_digits(out_.letters_of(month, month));
        std::string const days = two_digits(out_.letters_of(tokens.size() - 1, tokens.size() - 1));
        tokens.resize(year + 1);
        out_.letters.resize(tokens.back().letters + 4);
        for (auto [token, digits] : {std::pair{&first, &months}, std::pair{&second, &days}}) {
            token->letters = static_cast<std::uint32_t>(out_.letters.size());
            token->gap = 1;
            out_.letters += *digits;
            tokens.push_back(*token);
        }
        dated_ = tokens.size();
    }

    void read_word() {
        begin_token(Kind::word);
        std::size_t letters = 0;
        while (at_ < text_.size()) {
            char const c = text_[at_];
            if (is_alpha(c)) {
                out_.letters += to_lower(c);
                ++at_;
            } else if (static_cast<unsigned char>(c) < 0x80 || !read_letter()) {
                break;
            }
            ++letters;
        }
        end_token();
        if (letters > longest_word) drop_token();
    }

    // A letter outside ASCII, or a character that is not displayed; false where something else stands.
    bool read_letter() {
        CodePoint const point = decode_utf8(text_, at_);
        if (!is_ignorable(point.value)) {
            if (is_cjk(point.value) || !is_word(point.value) || decimal_value(point.value) >= 0) return false;
            append_utf8(out_.letters, fold_case(point.value));
        }
        at_ += point.length;
        return true;
    }

    void read_other() {
        CodePoint const point = decode_utf8(text_, at_);
        if (is_cjk(point.value) && is_word(point.value)) return read_cjk(point);
        if (is_ignorable(point.value)) at_ += point.length;
        else if (is_word(point.value) && decimal_value(point.value) < 0) read_word();
        else skip(false, point.length);
    }

    void read_cjk(CodePoint point) {
        if (point.value == U'日' && gap_ == 0 && dated_ == out_.tokens.size() && dated_ > 0) {  // "2024年1月2日"
            at_ += point.length;
            out_.tokens.back().end = static_cast<std::uint32_t>(at_);
            return;
        }
        begin_token(Kind::cjk);
        append_utf8(out_.letters, fold_han(point.value));
        at_ += point.length;
        end_token();
    }

    std::string_view text_;
    CellText& out_;
    std::size_t at_ = 0;
    std::size_t dated_ = 0;  // tokens that there were when a date ended
    std::uint32_t line_ = 0;
    std::uint8_t gap_ = CellToken::far;
};

CellForm number_form(std::string_view digits) {
    while (!digits.empty() && digits.front() == '0') digits.remove_prefix(1);
    // China's country code before a number of ten or eleven digits; "0086" has lost its zeros already.
    if ((digits.size() == 12 || digits.size() == 13) && digits.starts_with("86")) digits.remove_prefix(2);
    return {CellForm::Kind::number, digits.size() < 2 ? std::string_view() : digits, 1};
}

// Up to four words, in alphabetical order: "Smith, John" is "John Smith".
CellForm words_form(CellText const& text, std::size_t first, std::size_t last, std::string& buffer) {
    std::size_t const count = last - first + 1;
    std::string_view letters = text.letters_of(first, last);
    if (letters.size() < 2) letters = {};
    if (count == 1 || count > 4) return {CellForm::Kind::words, letters, count};
    std::array<std::string_view, 4> words;
    for (std::size_t i = 0; i < count; ++i) words[i] = text.letters_of(first + i, first + i);
    std::sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(count));
    buffer.clear();
    for (std::size_t i = 0; i < count; ++i) buffer += words[i];
    return {CellForm::Kind::words, buffer, count};
}

// A year and all that follows it as a day: "19800102".
bool looks_dated(std::string_view digits) {
    if (digits.size() != 8 || (!digits.starts_with("19") && !digits.starts_with("20"))) return false;
    int const month = (digits[4] - '0') * 10 + digits[5] - '0', day = (digits[6] - '0') * 10 + digits[7] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

}  // namespace

void read_cell_text(std::string_view text, CellText& out) { Tokenizer(text, out).run(); }

void read_cell(std::string_view cell, CellText& out) {
    constexpr std::size_t enough = 4096;
    std::size_t end = std::min(cell.size(), enough);
    while (end < cell.size() && end > 0 && (static_cast<unsigned char>(cell[end]) & 0xc0) == 0x80) --end;
    read_cell_text(cell.substr(0, end), out);
}

CellForm cell_form(CellText const& text, std::size_t first, std::size_t last, std::string& buffer) {
    Kind const kind = text.tokens[first].kind;
    for (std::size_t i = first + 1; i <= last; ++i) {
        if (text.tokens[i].kind != kind) return {CellForm::Kind::mixed, text.letters_of(first, last), last - first + 1};
    }
    if (kind == Kind::number) return number_form(text.letters_of(first, last));
    if (kind == Kind::word) return words_form(text, first, last, buffer);
    return {CellForm::Kind::cjk, first == last ? std::string_view() : text.letters_of(first, last), last - first + 1};
}

// One page in eight or so holds a value of the kind at all; behind that: digits are even, short numbers are not, a word is
// one of some hundreds, a character one of some dozens, a rare one of some hundreds.
double surprise(CellForm const& form) {
    constexpr double kind = 3, digit = 3.3, most_word = 9, most = 60;
    constexpr double common_character = 5, rare_character = 8;
    if (form.letters.empty()) return 0;
    std::size_t const size = form.letters.size();
    if (form.kind == CellForm::Kind::number) {
        if (looks_dated(form.letters)) return 16;
        return size <= 4 ? 2.5 * static_cast<double>(size) : std::min(most, kind + digit * static_cast<double>(size));
    }
    double bits = kind;
    std::size_t letters = 0;
    for (std::size_t at = 0; at < size;) {
        CodePoint const point = decode_utf8(form.letters, at);
        at += point.length;
        if (point.value < 0x80 && is_digit(static_cast<char>(point.value))) bits += digit;
        else if (is_cjk(point.value)) bits += is_common_han(point.value) ? common_character : rare_character;
        else ++letters;
    }
    double const words = form.kind == CellForm::Kind::words ? static_cast<double>(form.tokens) : 1;
    if (letters > 0) bits += words * std::min(most_word, 1 + 1.25 * static_cast<double>(letters) / words);
    return std::min(bits, most);
}

}  // namespace keepmum
