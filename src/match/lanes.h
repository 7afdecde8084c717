// Sixteen bytes at a time, in the compiler's vector extension: the same code on every processor.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace keepmum {

using Lane = unsigned char __attribute__((vector_size(16)));
using LaneWords = unsigned long long __attribute__((vector_size(16)));

inline Lane load_lane(char const* at) {
    Lane lane;
    std::memcpy(&lane, at, sizeof lane);
    return lane;
}

// All ones in the bytes that lie from `first` to `last`: c - first wraps round for what is less.
inline Lane lane_between(Lane lane, char first, char last) {
    Lane const moved = lane - static_cast<unsigned char>(first);
    return reinterpret_cast<Lane>(moved <= static_cast<unsigned char>(last - first));
}

inline Lane lane_equals(Lane lane, char c) { return reinterpret_cast<Lane>(lane == static_cast<unsigned char>(c)); }

inline bool any_in(Lane lane) {
    LaneWords const words = reinterpret_cast<LaneWords>(lane);
    return (words[0] | words[1]) != 0;
}

// One bit a byte, the first byte lowest, of a lane whose bytes are all ones or all zeroes.
inline std::uint64_t bits_of(Lane lane) {
#ifdef __SSE2__
    return static_cast<std::uint64_t>(_mm_movemask_epi8(reinterpret_cast<__m128i>(lane)));
#else
    LaneWords const words = reinterpret_cast<LaneWords>(lane) & 0x8040201008040201ull;
    std::uint64_t const low = (words[0] * 0x0101010101010101ull) >> 56;
    return low | ((words[1] * 0x0101010101010101ull) >> 56) << 8;
#endif
}

// Length of the longest prefix that is ASCII.
inline std::size_t ascii_prefix_length(std::string_view text) {
    std::size_t at = 0;
    for (; at + 16 <= text.size(); at += 16) {
        LaneWords const words = reinterpret_cast<LaneWords>(load_lane(text.data() + at));
        if ((words[0] | words[1]) & 0x8080808080808080ull) break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

}  // namespace keepmum
