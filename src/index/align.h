// How much alike two texts are around a place that they share, by keyed codes of neighbouring letters alone.
//
// The register keeps eight bits of each letter and the one before, of a Chinese character alone
// (GramSelector::letter_code); the letters themselves are not there. Behind an error, Latin letters count as the same from two in
// a row on; by chance, as in Chinese one does, they agree in one place of 256. Else this is the local alignment of Smith
// and Waterman (1981): a letter that agrees is worth 1, each one changed, lost or gained costs 4 (2 in what a machine
// read). It goes on from a shared letter both ways until nothing more can be gained.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "index/normal.h"

namespace keepmum {

// Where two texts agree: letter `here` of the one and `there` of the other. So many letters of the one `before` and `behind` it are known
// to share more with the other: errors on the way there do not end the alignment, however many they are.
struct Meeting {
    std::size_t here = 0, there = 0;
    std::size_t before = 0, behind = 0;
};

class Aligner {
  public:
    // The score of the best passage through the letters that meet. Both texts are codes of that stream; of Latin
    // letters, codes[i] is that of letters i-1 and i.
    std::uint32_t score(Stream stream, std::span<std::uint8_t const> here, std::span<std::uint8_t const> there, Meeting const& at,
                        int error_cost = 4);

  private:
    static constexpr int width = 12;  // letters gained or lost on the way, at most
    static constexpr std::size_t columns = 2 * width + 3;
    using Row = std::array<int, columns>;

    // One way: what is gained beyond the letter itself. Not given up before letter `least`.
    template <bool of_pairs>
    int extend(std::uint8_t const* here, std::size_t here_size, std::uint8_t const* there, std::size_t there_size, int step,
               std::size_t least);

    int wrong_ = 4;  // what an error costs
    // Of the last rows of the band: the best score that ends in two letters that agree, or in an error.
    std::array<Row, 2> agree_;
    std::array<Row, 3> error_;
};

}  // namespace keepmum
