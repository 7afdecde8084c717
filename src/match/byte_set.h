// A set of ASCII characters, and where in a text its members stand: one bit a byte, 64 bytes a word.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace keepmum {

class ByteSet {
  public:
    // `members` may name ranges as "a-z"; a hyphen that is meant stands last. ASCII.
    constexpr explicit ByteSet(std::string_view members) {
        for (std::size_t i = 0; i < members.size(); ++i) {
            bool const range = i + 2 < members.size() && members[i + 1] == '-';
            for (int c = members[i]; c <= (range ? members[i + 2] : members[i]); ++c) {
                by_low_[c & 15] |= static_cast<std::uint8_t>(1 << (c >> 4));
            }
            i += range ? 2 : 0;
        }
    }

    constexpr bool holds(char c) const {
        auto const byte = static_cast<unsigned char>(c);
        return byte < 0x80 && (by_low_[byte & 15] >> (byte >> 4) & 1) != 0;
    }

    // Of `count` times 64 bytes from `at` on, a word for each 64: bit i is set where byte i is a member.
    void read(char const* at, std::size_t count, std::uint64_t* words) const { read_by(widest(), at, count, words); }

    // How many bytes are told at a time: any that is not wider than the widest that this processor knows. All tell the same.
    enum class Width : std::uint8_t { one = 1, sixteen = 16, thirty_two = 32 };
    static Width widest();
    void read_by(Width width, char const* at, std::size_t count, std::uint64_t* words) const;

  private:
    void read_singly(char const* at, std::size_t count, std::uint64_t* words) const;

    std::array<std::uint8_t, 16> by_low_{};  // by the lower half of a byte: a bit for each upper half, 0 to 7
};

// How many bytes of `text` are members, and where the first one stands, or text.size().
std::size_t count_members(ByteSet const& set, std::string_view text);
std::size_t find_member(ByteSet const& set, std::string_view text);

// The control characters but for those that texts have: tab, line ends, form feed, escape.
inline constexpr ByteSet unusual_controls(std::string_view("\0-\x08\x0B\x0E-\x1A\x1C-\x1F", 10));

// The words of a text, read ahead and kept as long as one goes on from left to right.
class ByteSetWords {
  public:
    ByteSetWords(ByteSet const& set, std::string_view text) : set_(set), text_(text) {}

    // Of the 64 bytes from 64 * number on, which must begin in the text; what lies behind the text is in no set.
    std::uint64_t word(std::size_t number) {
        if (number - first_ >= filled_) fill(number);
        return words_[number - first_];
    }

  private:
    void fill(std::size_t number);

    ByteSet const& set_;
    std::string_view text_;
    std::size_t first_ = 0, filled_ = 0;
    std::array<std::uint64_t, 64> words_;
};

}  // namespace keepmum
