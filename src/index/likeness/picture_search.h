// Which of many picture hashes differ in at most 31 bits from one that is asked for.
//
// Multi-index hashing (Norouzi, Punjani and Fleet, CVPR 2012): a hash is cut into 16 chunks of 16 bits. Where two
// hashes differ in at most 31 bits, some chunk differs in at most one (16 chunks with two each would make
// 32). So for each chunk there is a table from its 65,536 values to the hashes that have it, and 17
// look-ups in each table (the value and its 16 neighbours) find every candidate; each is then compared
// whole. A small set is compared one by one, which costs less than building tables.
// Rejected: a tree over distances (vantage points), which at 31 of 256 bits visits most of its nodes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/likeness/picture_hash.h"

namespace keepmum {

// Immutable; any number of threads may ask.
class PictureSearch {
  public:
    explicit PictureSearch(std::vector<PictureHash> hashes);

    std::span<PictureHash const> hashes() const { return hashes_; }

    struct Near {
        std::uint32_t number = 0;  // index into hashes()
        int distance = 0;          // at most alike_within
    };
    // All that are alike, each once, in order of their number.
    std::vector<Near> find(PictureHash const& asked) const;

    // The same by comparing with each; for tests and the bench.
    std::vector<Near> compare_all(PictureHash const& asked) const;

  private:
    static constexpr std::size_t chunks = 16, chunk_bits = 16, values = std::size_t{1} << chunk_bits;

    std::vector<PictureHash> hashes_;
    // Of each chunk: where the numbers of the hashes with each value begin in numbers_. Empty in a small set.
    std::vector<std::uint32_t> begins_;   // chunks × (values + 1)
    std::vector<std::uint32_t> numbers_;  // chunks × hashes, by chunk and value
};

}  // namespace keepmum
