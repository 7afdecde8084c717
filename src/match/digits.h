// Walks the ASCII digits of a text from left to right, 64 bytes a step.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
            from = block_;
        }
    }

  private:
    static std::uint64_t bits_at(char const* at) {
        std::uint64_t bits = 0;
        for (int i = 0; i < 4; ++i) bits |= bits_of(lane_between(load_lane(at + 16 * i), '0', '9')) << (16 * i);
        return bits;
    }

    void load(std::size_t from) {
        while (from + 64 <= text_.size()) {
            block_ = from;
            bits_ = bits_at(text_.data() + from);
            if (bits_) return;
            from += 64;
        }
        char rest[64] = {};
        text_.copy(rest, 64, from);
        block_ = from;
        bits_ = bits_at(rest);
    }

    std::string_view text_;
    std::size_t block_ = ~std::size_t{0} - 64;  // where the block begins that `bits_` speaks of
    std::uint64_t bits_ = 0;
};

}  // namespace keepmum
