// What is the same for many grams at once, as wide as the processor is: eight at a time with AVX-512, four with AVX2, else one.
//
// All ways give the same numbers; which one is taken is settled once, by asking the processor.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
};
inline constexpr std::size_t wide_lanes = 8;

// The widest way of this processor.
Wide const& wide();
// All ways that this processor has, the narrowest first; for tests.
std::span<Wide const> all_wide();

}  // namespace keepmum
