// An expression as positions, each a set of bytes, and for each position those that may come next, the preferred first
// (Glushkov's way, in the order that leftmost-first search takes). What an expression counts far is counted only so far here:
// beyond, a repetition goes on without end, and what it should have been is a step on the way.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace keepmum {

struct BytePositions {
    static constexpr std::size_t most = 512;
    using Places = std::bitset<most>;
    using Bytes = std::bitset<256>;

    // What happens between one byte and the next.
    struct Step {
        enum class What : std::uint8_t {
            open, close,  // group `number` begins, ends
            place,        // goes on only at the place that `number` stands for (PatternNode::place)
            enter, again, leave,  // repetition `number` begins, takes one more, is done
        };
        What what = What::open;
        std::uint16_t number = 0;
    };
    struct Edge {
        static constexpr std::uint16_t done = 0xFFFF;  // instead of a position: the occurrence ends
        std::uint16_t to = done;
        std::uint8_t step_count = 0;
        bool asks_for_place = false;
        std::uint32_t first_step = 0;
    };
    struct Bounds {
        std::uint64_t least, most;
    };

    // For an expression that compiles; counts up to `counted` are counted. Nothing where it holds what is not understood, may be
    // empty, or is too large.
    static std::optional<BytePositions> make(std::string_view pattern, std::uint64_t counted);

    std::vector<Bytes> bytes;               // by position
    std::vector<Edge> edges;                // from the begin, then from each position
    std::vector<std::uint32_t> first_edge;  // first_edge[0] of the begin, [1 + i] of position i, and one more
    std::vector<Step> steps;
    std::vector<Bounds> counters;  // by number of repetition
    // Whether the first edge of those that can lead to an end, followed each time, is what leftmost-first search takes.
    bool in_order = true;
};

}  // namespace keepmum
