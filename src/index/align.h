// How much alike two texts are around a place that they share, by keyed codes of neighbouring letters alone.
//
// The register keeps eight bits of each pair of neighbouring letters (GramSelector::pair_code); the letters themselves
// are not there. Behind an error, letters count as the same from two in a row on, which by chance happens in one place of
// 256. Else this is the local alignment of Smith and Waterman (1981): a letter that agrees is worth 1, each one changed, lost
// or gained costs 4. It goes on from a shared letter both ways until nothing more can be gained.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace keepmum {

class Aligner {
  public:
    // The score of the best passage through letter `here_at` of one text and `there_at` of the other, which agree. codes[i] is that
    // of letters i-1 and i. Time: the letters of the passage and some more, times the width of the band.
    std::uint32_t score(std::span<std::uint8_t const> here, std::size_t here_at, std::span<std::uint8_t const> there,
                        std::size_t there_at);

  private:
    static constexpr int width = 12;  // letters gained or lost on the way, at most
    static constexpr std::size_t columns = 2 * width + 3;
    using Row = std::array<int, columns>;

    // One way: what is gained beyond the letter itself.
    int extend(std::uint8_t const* here, std::size_t here_size, std::uint8_t const* there, std::size_t there_size, int step);

    // Of the last rows of the band: the best score that ends in two letters that agree, or in an error.
    std::array<Row, 2> agree_;
    std::array<Row, 3> error_;
};

}  // namespace keepmum
