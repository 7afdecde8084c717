// Walks the ASCII digits of a text from left to right and tells those of which it can be seen at once that they are
// too few to be a code, or stand alone among words.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "match/byte_set.h"

namespace keepmum {

class DigitFinder {
  public:
    explicit DigitFinder(std::string_view text) : text_(text), digits_(digits, text), parting_(parting, text) {}

    // The next digit at or after `from`, or text.size().
    std::size_t next(std::size_t from) {
        std::uint64_t mask = ~std::uint64_t{0} << from % 64;
        for (std::size_t number = from / 64; 64 * number < text_.size(); ++number) {
            std::uint64_t const bits = digits_.word(number) & mask;
            if (bits) return 64 * number + static_cast<std::size_t>(std::countr_zero(bits));
            mask = ~std::uint64_t{0};
        }
        return text_.size();
    }

    // The end of the run of letters, digits, bytes of separators and bytes beyond ASCII that begins at `at`, if it
    // ends within 64 bytes and holds less than `fewest` digits. Else `at`.
    std::size_t skip_poor_run(std::size_t at, std::size_t fewest) {
        std::size_t const left = text_.size() - at;
        std::size_t const size = std::min(left, static_cast<std::size_t>(std::countr_zero(read(parting_, at))));
        if (size == 64) return at;
        std::uint64_t const inside = (std::uint64_t{1} << size) - 1;
        return static_cast<std::size_t>(std::popcount(read(digits_, at) & inside)) < fewest ? at + size : at;
    }

    // The end of the group of letters and digits around the digit at `at`, if it joins no other group and is too short or too poor
    // in digits to be a code by itself. Else, and where it takes a closer look to tell, `at`. Groups before `low` belong to an earlier
    // row. What joins is said in codes.h; this knows the way of prose, a word before it and words behind it.
    std::size_t skip_alone(std::size_t low, std::size_t at, std::size_t fewest, std::size_t shortest) const {
        std::size_t begin = at, count = 0;
        while (begin > low && is_in_group(kind_at(begin - 1))) --begin;
        if (joins_before(low, begin)) return at;
        std::size_t end = at;
        for (; end < text_.size() && is_in_group(kind_at(end)); ++end) count += kind_at(end) == Kind::digit;
        if (end - begin >= shortest && count >= fewest) return at;
        return goes_on(end) ? at : end;
    }

  private:
    // `part`: maybe the first byte of a separator, or a carriage return.
    enum class Kind : std::uint8_t { other, lower, upper, digit, separator, part };

    static constexpr auto kinds = [] {
        std::array<Kind, 256> table{};
        for (std::size_t c = 0x80; c < 256; ++c) table[c] = Kind::part;
        for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = Kind::lower;
        for (std::size_t c = 'A'; c <= 'Z'; ++c) table[c] = Kind::upper;
        for (std::size_t c = '0'; c <= '9'; ++c) table[c] = Kind::digit;
        for (std::size_t const c : {' ', '\t', '-', '.', '/', '_', '\n'}) table[c] = Kind::separator;
        table['\r'] = Kind::part;
        return table;
    }();
    Kind kind_at(std::size_t at) const { return kinds[static_cast<unsigned char>(text_.data()[at])]; }
    static bool is_in_group(Kind kind) { return kind == Kind::lower || kind == Kind::upper || kind == Kind::digit; }

    // Whether a group may join over the gap that ends at `begin`; a word in lower case joins no digits behind it.
    bool joins_before(std::size_t low, std::size_t begin) const {
        if (begin - low < 2) return false;
        Kind const gap = kind_at(begin - 1), beyond = kind_at(begin - 2);
        if (gap != Kind::separator) return gap == Kind::part;
        return beyond != Kind::lower && beyond != Kind::other;
    }

    // Whether a row may go on over the gap that begins at `at`: not over a word of prose, unless digits follow it or stand in it.
    bool goes_on(std::size_t at) const {
        constexpr std::size_t most_letters = 4;
        if (at + 1 >= text_.size()) return false;
        if (kind_at(at) != Kind::separator) return kind_at(at) == Kind::part;
        if (kind_at(at + 1) != Kind::lower) return kind_at(at + 1) != Kind::other;
        std::size_t const word = letters_end(at + 1);
        if (word < text_.size() && kind_at(word) == Kind::digit) return true;
        if (word - at - 1 > most_letters || word + 1 >= text_.size()) return false;
        if (kind_at(word) != Kind::separator) return kind_at(word) == Kind::part;
        if (kind_at(word + 1) == Kind::separator || kind_at(word + 1) == Kind::part) return true;
        std::size_t const beyond = letters_end(word + 1);
        return beyond < text_.size() && kind_at(beyond) == Kind::digit;
    }

    // The end of the letters from `at` on.
    std::size_t letters_end(std::size_t at) const {
        while (at < text_.size() && (kind_at(at) == Kind::lower || kind_at(at) == Kind::upper)) ++at;
        return at;
    }

    static constexpr ByteSet digits{"0-9"};
    // ASCII that may not stand in a row of groups; see codes.h.
    static constexpr ByteSet parting{{"\0-\x08\x0E-\x1F!-,:-@[-^`{-\x7F", 19}};

    // The 64 bytes from `at` on.
    std::uint64_t read(ByteSetWords& words, std::size_t at) const {
        std::uint64_t const word = words.word(at / 64) >> at % 64;
        if (at % 64 == 0 || 64 * (at / 64 + 1) >= text_.size()) return word;
        return word | words.word(at / 64 + 1) << (64 - at % 64);
    }

    std::string_view text_;
    ByteSetWords digits_, parting_;
};

}  // namespace keepmum
