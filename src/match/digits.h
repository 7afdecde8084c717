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
        std::size_t begin = at, end = at, count = 0;
        while (begin > low && (kind_at(begin - 1) & alnum)) --begin;
        if (joins_before(low, begin)) return at;
        for (std::uint8_t kind = digit; kind & alnum; kind = ++end < text_.size() ? kind_at(end) : 0) count += kind & digit;
        if (end - begin >= shortest && count >= fewest) return at;
        return goes_on(end) ? at : end;
    }

  private:
    // `part`: maybe the first byte of a separator, or a carriage return.
    enum : std::uint8_t { digit = 1, lower = 2, upper = 4, letter = 6, alnum = 7, separator = 8, part = 16 };

    static constexpr auto kinds = [] {
        std::array<std::uint8_t, 256> table{};
        for (std::size_t c = 0x80; c < 256; ++c) table[c] = part;
        for (std::size_t c = 'a'; c <= 'z'; ++c) table[c] = lower;
        for (std::size_t c = 'A'; c <= 'Z'; ++c) table[c] = upper;
        for (std::size_t c = '0'; c <= '9'; ++c) table[c] = digit;
        for (std::size_t const c : {' ', '\t', '-', '.', '/', '_', '\n'}) table[c] = separator;
        table['\r'] = part;
        return table;
    }();
    std::uint8_t kind_at(std::size_t at) const { return kinds[static_cast<unsigned char>(text_.data()[at])]; }

    // Whether a group may join over the gap that ends at `begin`; a word in lower case joins no digits behind it.
    bool joins_before(std::size_t low, std::size_t begin) const {
        if (begin - low < 2) return false;
        std::uint8_t const gap = kind_at(begin - 1), beyond = kind_at(begin - 2);
        return (gap & part) || ((gap & separator) && (beyond & (upper | digit | separator | part)));
    }

    // Whether a row may go on over the gap that begins at `at`: not over a word of prose, unless digits follow it or stand in it.
    bool goes_on(std::size_t at) const {
        constexpr std::size_t most_letters = 4;
        if (at + 1 >= text_.size()) return false;
        std::uint8_t const gap = kind_at(at), first = kind_at(at + 1);
        if (!(gap & separator)) return gap & part;
        if (!(first & lower)) return first != 0;
        std::size_t const word = letters_end(at + 2);
        if (word - at - 1 > most_letters) return word < text_.size() && (kind_at(word) & digit);
        if (word + 1 >= text_.size()) return true;  // seldom, and soon told
        std::uint8_t const second = kind_at(word), behind = kind_at(word + 1);
        if (!(second & separator)) return second & (part | digit);
        if (!(behind & letter)) return behind & (digit | separator | part);
        std::size_t const beyond = letters_end(word + 2);
        return beyond < text_.size() && (kind_at(beyond) & digit);
    }

    // The end of the letters from `at` on.
    std::size_t letters_end(std::size_t at) const {
        while (at < text_.size() && (kind_at(at) & letter)) ++at;
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
