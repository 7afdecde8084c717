// What is the same for many grams at once, as wide as the processor is: eight at a time with AVX-512, four with AVX2, else one.
//
// All ways give the same numbers; which one is taken is settled once, by asking the processor.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "index/siphash.h"

namespace keepmum {

struct Wide {
    char const* name;
    // SipHash-2-4 of `count` runs of `size` bytes each. Word w of run i, little-endian and padded with zeros, stands at
    // words[w * stride + i]; there are size / 8 + 1 of them, the last one with fewer than eight bytes. All of words and `out` may
    // be read and written up to the next multiple of `wide_lanes`.
    void (*hash)(SipKey const& key, std::uint64_t const* words, std::size_t stride, std::size_t size, std::size_t count,
                 std::uint64_t* out);
    // How sub-grams are ordered: for i below `count`, the number that the eight bytes at letters + i * step, less those that
    // `mask` takes, become under `key`. `count` is a multiple of `wide_lanes`; nine bytes from the last one on may be read.
    // `step` is 1 or 2; with 2, `mask` keeps four bytes at most.
    void (*order)(char const* letters, std::size_t step, std::uint64_t mask, std::uint64_t key, std::size_t count, std::int16_t* out);
    // The letters and digits among `size` ASCII bytes, a multiple of `letter_lanes`: in lower case, and `base` and the place of each. How
    // many. `letters` and `begins` have room for `size`, all of which may be written.
    std::size_t (*letters)(char const* text, std::size_t size, std::uint32_t base, char* letters, std::uint32_t* begins);
};
inline constexpr std::size_t wide_lanes = 8;
inline constexpr std::size_t letter_lanes = 16;

// Lower case of ASCII letters and digits, 0 for all else.
inline constexpr std::array<char, 128> plain_letters = [] {
    std::array<char, 128> table{};
    for (int c = 0; c < 128; ++c) {
        bool const upper = c >= 'A' && c <= 'Z', kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        table[static_cast<std::size_t>(c)] = static_cast<char>(upper ? c + 32 : kept ? c : 0);
    }
    return table;
}();

// The widest way of this processor.
Wide const& wide();
// All ways that this processor has, the narrowest first; for tests.
std::span<Wide const> all_wide();

}  // namespace keepmum
