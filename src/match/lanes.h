// Sixteen bytes at a time, in the compiler's vector extension: the same code on every processor.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

namespace keepmum {

using Lane = unsigned char __attribute__((vector_size(16)));
using LaneWords = unsigned long long __attribute__((vector_size(16)));

inline Lane load_lane(char const* at) {
    Lane lane;
    std::memcpy(&lane, at, sizeof lane);
    return lane;
}

inline Lane lane_equals(Lane lane, char c) { return reinterpret_cast<Lane>(lane == static_cast<unsigned char>(c)); }

inline bool any_in(Lane lane) {
    LaneWords const words = reinterpret_cast<LaneWords>(lane);
    return (words[0] | words[1]) != 0;
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
