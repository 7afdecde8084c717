// Which kinds of file a content may be of at all, by its first byte: of two hundred questions (extract/filetypes.cpp) some
// twenty are left for a text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace keepmum {

// Numbers of some rows of filetypes().
class Kinds {
  public:
    constexpr void put(std::size_t row) { bits_[row / 64] |= std::uint64_t{1} << row % 64; }
    constexpr bool has(std::size_t row) const { return (bits_[row / 64] >> row % 64 & 1) != 0; }

    // Calls `look` with each of them, in their order.
    template <class Look>
    void each(Look look) const {
        for (std::size_t word = 0; word < bits_.size(); ++word) {
            for (std::uint64_t left = bits_[word]; left; left &= left - 1) {
                look(64 * word + static_cast<std::size_t>(std::countr_zero(left)));
            }
        }
    }

  private:
    std::array<std::uint64_t, 4> bits_{};
};

// All but those that claim nothing which begins with that byte.
Kinds kinds_beginning_with(char first);

}  // namespace keepmum
