// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/word_index.h"

#include <algorithm>

#include "base/icu.h"
#include "base/utf8.h"
#include "packs/house/dressing.h"

namespace keepmum {
namespace {

// Characters between two letters that are still one word's: a hyphen, a line end, an indentation.
constexpr int longest_gap = 12;

std::uint64_t edge(std::uint32_t node, char32_t letter) { return std::uint64_t(node) << 32 | letter; }

bool is_ascii_byte(char c) { return static_cast<unsigned char>(c) < 0x80; }

CodePoint before(std::string_view text, std::size_t at) {
    std::size_t begin = at - 1;
    while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
    return decode_utf8(text, begin);
}

// A letter or digit of a script with spaces between words.
bool is_spaced(char32_t c) {
    if (c < 0x80) return is_alnum(static_cast<char>(c));
    // Thai, Lao, Myanmar, Khmer.
    bool const runs_on = (c >= 0xE00 && c < 0xF00) || (c >= 0x1000 && c < 0x10A0) || (c >= 0x1780 && c < 0x1800);
    return is_word(c) && !is_cjk(c) && !runs_on;
}
bool is_number(char32_t c) { return c >= '0' && c <= '9'; }

enum class Border : std::uint8_t { none, fair, clear };

Border border_before(std::string_view text, std::size_t at) {
    if (at == 0) return Border::clear;
    char32_t const first = decode_utf8(text, at).value;
    if (!is_spaced(first)) return Border::clear;
    char32_t const last = before(text, at).value;
    if (!is_spaced(last)) return Border::clear;
    if (is_lowercase(last) && is_uppercase(first)) return Border::clear;
    if (is_behind_escape(text, at)) return Border::clear;
    return is_number(last) && !is_number(first) ? Border::fair : Border::none;
}

Border border_after(std::string_view text, std::size_t end, bool has_digit) {
    if (end == text.size()) return Border::clear;
    char32_t const last = before(text, end).value;
    if (!is_spaced(last)) return Border::clear;
    CodePoint const next = decode_utf8(text, end);
    if (!is_spaced(next.value)) return Border::clear;
    if (is_lowercase(last) && is_uppercase(next.value)) return Border::clear;
    if (is_number(last) == is_number(next.value)) return Border::none;
    if (is_number(next.value)) return has_digit ? Border::none : Border::fair;
    // A code and one letter more: the same thing's variant.
    std::size_t const after = end + next.length;
    return after == text.size() || !is_spaced(decode_utf8(text, after).value) ? Border::fair : Border::none;
}

}  // namespace

// One way along the trie from one place of the text.
struct HouseWordIndex::Walk {
    HouseWordIndex const& index;
    std::string_view text;
    Layout layout;
    std::size_t begin;
    Border start;
    std::vector<WordOccurrence>& found;
    std::vector<std::uint8_t>& joints;  // what stands before each letter so far
    bool has_digit = false;

    void follow(std::uint32_t node, std::size_t at) {
        tell(node, at);
        if (at == text.size()) return;
        CodePoint const point = decode_utf8(text, at);
        step(node, point, at, 0);
        if (separator_of(point.value) != 0 || may_dress(text[at])) leap(node, at);
    }

    void step(std::uint32_t node, CodePoint point, std::size_t at, std::uint8_t separators) {
        std::uint32_t const next = index.child(node, fold_letter(point.value));
        if (next == 0) return;
        bool const had_digit = has_digit;
        has_digit |= is_number(point.value);
        joints.push_back(separators);
        follow(next, at + point.length);
        joints.pop_back();
        has_digit = had_digit;
    }

    // Over separators, and what is no part of the word (packs/house/dressing.h), to the next letter.
    void leap(std::uint32_t node, std::size_t at) {
        std::uint8_t seen = 0;
        int lines = 0;
        for (int count = 0; count < longest_gap && at < text.size(); ++count) {
            CodePoint const point = decode_utf8(text, at);
            std::uint8_t separator = separator_of(point.value);
            std::size_t length = point.length;
            if (may_dress(text[at])) {
                if (Dressing const dressing = dressing_at(text, at); dressing.length != 0) {
                    separator = dressing.separators;
                    length = dressing.length;
                } else if (EscapedLetter const letter = escaped_letter_at(text, at); letter.length != 0) {
                    return step(node, {letter.value, static_cast<std::uint8_t>(letter.length), true}, at, seen);
                } else if (separator == 0) {
                    return step(node, point, at, seen);
                }
            } else if (lines != 0 && is_line_mark(text[at])) {
                separator = 0;
            } else if (separator == 0) {
                return step(node, point, at, seen);
            }
            if (layout == Layout::table && (separator == line_end || point.value == '\t')) return;
            lines += separator == line_end && point.value != '\r';
            if (lines > 1) return;
            // An indentation says no more than the line end before it.
            if (lines == 0 || separator != blank) seen |= separator;
            at += length;
        }
    }

    void tell(std::uint32_t node, std::size_t end) {
        std::uint32_t which = index.first_end_[node];
        if (which == 0) return;
        Border const finish = border_after(text, end, has_digit);
        if (finish == Border::none) return;
        bool const runs_on = start == Border::fair || finish == Border::fair;
        for (; which != 0; which = index.ends_[which].next) {
            End const& one = index.ends_[which];
            bool fits = one.form == Form::exact || !runs_on;
            for (std::size_t i = 1; i < joints.size() && fits; ++i) fits = may_stand(one.joints[i], joints[i]);
            if (fits) found.push_back({one.word, one.form, runs_on, {begin, end}});
        }
    }
};

void HouseWordIndex::add(Spelling const& spelling, std::uint32_t word, Form form) {
    if (spelling.letters.empty()) return;
    std::uint32_t node = 0;
    for (char32_t letter : spelling.letters) {
        auto const [place, is_new] = edges_.try_emplace(edge(node, letter), static_cast<std::uint32_t>(first_end_.size()));
        if (is_new) first_end_.push_back(0);
        node = place->second;
    }
    ends_.push_back({word, first_end_[node], form, spelling.joints});
    first_end_[node] = static_cast<std::uint32_t>(ends_.size() - 1);
}

void HouseWordIndex::finish() {
    bool wide = false;
    for (auto const& [key, node] : edges_) {
        if (key >> 32 != 0) continue;
        char32_t const first = static_cast<char32_t>(key);
        first_beyond_ |= first > 0xFFFF;
        wide |= first >= 0x80;
        if (first >= 0x80) continue;
        for (char32_t c = 0; c < 128; ++c) {
            if (fold_letter(c) != first) continue;
            first_ascii_[c] = true;
            for (char32_t second = 0; second < 128; ++second) {
                if (child(node, fold_letter(second)) != 0) second_ascii_.set(c * 128 + second);
            }
        }
    }
    if (!wide) return;
    first_wide_.resize(0x10000);
    for (char32_t c = 0x80; c < 0x10000; ++c) first_wide_[c] = child(0, fold_letter(c)) != 0;
}

std::uint32_t HouseWordIndex::child(std::uint32_t node, char32_t letter) const {
    auto const place = edges_.find(edge(node, letter));
    return place == edges_.end() ? 0 : place->second;
}

bool HouseWordIndex::may_begin(std::string_view text, std::size_t at) const {
    char const c = text[at];
    if (!is_ascii_byte(c)) {
        if (first_wide_.empty()) return false;
        char32_t const point = decode_utf8(text, at).value;
        return point < 0x10000 ? first_wide_[point] : first_beyond_;
    }
    if (at + 1 == text.size()) return true;
    char const next = text[at + 1];
    return !is_alnum(next) || second_ascii_[static_cast<std::size_t>(c) * 128 + static_cast<std::size_t>(next)];
}

std::vector<WordOccurrence> HouseWordIndex::find_in(std::string_view text, Layout layout) const {
    std::vector<WordOccurrence> found;
    std::vector<std::uint8_t> joints;
    bool within = false;  // the byte before is an ASCII letter or digit
    bool lower = false;   // a lower-case one
    bool digit = false;
    auto const walk = [&](std::size_t at, Border start, CodePoint first) {
        joints.clear();
        Walk{*this, text, layout, at, start, found, joints}.step(0, first, at, 0);
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '\\' || c == '%' || c == '=' || c == '&') {
            EscapedLetter const letter = escaped_letter_at(text, at);
            if (letter.length != 0) walk(at, Border::clear, {letter.value, static_cast<std::uint8_t>(letter.length), true});
        }
        bool const inner = within && !(lower && is_upper(c)) && !(digit && is_alpha(c));
        lower = is_lower(c), digit = is_digit(c), within = is_alnum(c);
        if (is_ascii_byte(c) ? !first_ascii_[static_cast<std::size_t>(c)] || (inner && within && !is_behind_escape(text, at))
                             : (static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;
        if (!may_begin(text, at)) continue;
        Border const start = border_before(text, at);
        if (start == Border::none) continue;
        walk(at, start, decode_utf8(text, at));
    }
    return found;
}

}  // namespace keepmum
