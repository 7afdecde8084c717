// Walks the ASCII digits of a text from left to right, 64 bytes a step, and tells those of which it can
// be seen at once that they are too few to be a code.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "match/lanes.h"

namespace keepmum {

class DigitFinder {
  public:
    explicit DigitFinder(std::string_view text) : text_(text) {}

    // The next digit at or after `from`, or text.size(). `from` must not be less than the time before.
    std::size_t next(std::size_t from) {
        while (true) {
            if (from < block_ + 64 && from >= block_) {
                std::uint64_t const left = bits_ >> (from - block_);
                if (left) return from + static_cast<std::size_t>(std::countr_zero(left));
                from = block_ + 64;
            }
            if (from >= text_.size()) return text_.size();
            load(from);
            from = std::max(from, block_);
        }
    }

    // The end of the run of letters, digits, bytes of separators and bytes beyond ASCII that begins at `at`,
    // where next() has just been, if it holds less than `fewest` digits and is seen to do so at a glance.
    // Else `at`.
    std::size_t skip_poor_run(std::size_t at, std::size_t fewest) {
        std::size_t before = at - block_;
        while (true) {
            std::uint64_t const joined = joined_ >> before;
            auto const size = static_cast<std::size_t>(std::countr_one(joined));
            std::uint64_t const inside = size < 64 ? (std::uint64_t{1} << size) - 1 : ~std::uint64_t{0};
            if (static_cast<std::size_t>(std::popcount(bits_ >> before & inside)) >= fewest) return at;
            if (before + size < 64) return at + size;
            if (before == 0) return at;
            look_at(at);
            before = 0;
        }
    }

  private:
    static std::uint64_t bits_at(char const* at) {
        std::uint64_t bits = 0;
        for (int i = 0; i < 4; ++i) bits |= bits_of(lane_between(load_lane(at + 16 * i), '0', '9')) << (16 * i);
        return bits;
    }

    // What may stand in a row of groups, and some more; see codes.h.
    static std::uint64_t joined_at(char const* at) {
        std::uint64_t bits = 0;
        for (int i = 0; i < 4; ++i) {
            Lane const lane = load_lane(at + 16 * i);
            Lane const joined = lane_between(lane, '-', '9') | lane_between(lane | 0x20, 'a', 'z') | lane_equals(lane, ' ') |
                                lane_equals(lane, '_') | lane_between(lane, '\t', '\r') | lane_between(lane, '\x80', '\xFF');
            bits |= bits_of(joined) << (16 * i);
        }
        return bits;
    }

    void look_at(std::size_t from) {
        char rest[64] = {};
        char const* at = text_.data() + from;
        if (from + 64 > text_.size()) {
            text_.copy(rest, 64, from);
            at = rest;
        }
        block_ = from;
        bits_ = bits_at(at);
        joined_ = joined_at(at);
    }

    void load(std::size_t from) {
        while (from + 64 <= text_.size() && !bits_at(text_.data() + from)) from += 64;
        look_at(from);
    }

    std::string_view text_;
    std::size_t block_ = ~std::size_t{0} - 64;  // where the block begins that `bits_` speaks of
    std::uint64_t bits_ = 0;
    std::uint64_t joined_ = 0;  // of the same block
};

}  // namespace keepmum
