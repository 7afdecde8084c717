// A filter in front of a layer's buckets: says of nearly every gram that is not there that it is not, in one place of
// memory out of an eighth of the space.
//
// A blocked Bloom filter (Putze, Sanders and Singler, 2007) over the cut hashes that the buckets hold, so that it can be
// made from them again when segments are merged. A block is 64 bytes: fifteen words of 32 bits and a check keyed over
// them and its number, since a bit lost would hide a document. A hash's high bits choose the block, a mixture of all its
// bits two words of it and two bits in each. Blocks are filled up with random bits to the same measure, so that the file
// does not tell how many grams there are; of a hundred strange grams about three pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "index/segment/layout.h"

namespace keepmum {

class GramFilter {
  public:
    static constexpr std::size_t block_size = 64;
    static constexpr std::uint64_t grams_a_block = 60;

    // Of `blocks` blocks, 1 to 2^31.
    explicit GramFilter(std::uint64_t blocks) : blocks_(blocks) {}
    static std::uint64_t blocks_for(std::uint64_t grams) {
        return pad_count(std::max<std::uint64_t>(8, grams / grams_a_block + 1));
    }

    // Where a cut hash lies.
    std::uint64_t block_of(std::uint64_t hash) const { return (hash >> 32) * blocks_ >> 32; }
    static bool has(char const* block, std::uint64_t hash) {
        Bits const bits = bits_of(hash);
        auto const missing = [&](std::size_t i) { return bits.set[i] & ~read_number<std::uint32_t>(block + bits.at[i]); };
        return (missing(0) | missing(1)) == 0;
    }
    static void set(char* block, std::uint64_t hash) {
        Bits const bits = bits_of(hash);
        for (std::size_t i = 0; i < 2; ++i) {
            std::uint32_t const word = read_number<std::uint32_t>(block + bits.at[i]) | bits.set[i];
            std::memcpy(block + bits.at[i], &word, sizeof word);
        }
    }

    // The last four bytes of a block, and whether they fit: as those of a bucket, under numbers that no bucket has.
    static std::uint32_t check_of(SegmentKeys const& keys, char const* block, std::uint64_t salt, std::size_t layer,
                                  std::uint64_t number) {
        return keys.check_bucket(block, salt, name(layer, number), 0);
    }
    static bool is_whole(SegmentKeys const& keys, char const* block, std::uint64_t salt, std::size_t layer,
                         std::uint64_t number) {
        return check_of(keys, block, salt, layer, number) == read_number<std::uint32_t>(block + 60);
    }

  private:
    // Two bits in each of two words.
    struct Bits {
        std::array<std::uint32_t, 2> at, set;  // byte of the block, bits there
    };
    static Bits bits_of(std::uint64_t hash) {
        std::uint64_t const mixed = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15ull;
        auto const part = [mixed](unsigned from, unsigned width) {
            return static_cast<std::uint32_t>(mixed >> from & ((1u << width) - 1));
        };
        return {{(part(54, 10) * 15 >> 10) * 4, (part(44, 10) * 15 >> 10) * 4},
                {1u << part(24, 5) | 1u << part(29, 5), 1u << part(34, 5) | 1u << part(39, 5)}};
    }
    static std::uint64_t name(std::size_t layer, std::uint64_t number) { return number | (layer + 1) << 56; }

    std::uint64_t blocks_;
};

// Makes a filter front to back, of hashes that rise.
class FilterFiller {
  public:
    FilterFiller(SegmentKeys const& keys, std::uint64_t salt, std::size_t layer, std::uint64_t blocks);
    void add(std::uint64_t hash);
    // The blocks that are done since it was asked last; a filter of many millions of them is not to lie in memory.
    std::string take() { return std::exchange(out_, {}); }
    std::size_t done() const { return out_.size(); }  // bytes that take() would give
    // All blocks that were not taken.
    std::string finish();

  private:
    void close();
    SegmentKeys const& keys_;
    std::uint64_t salt_;
    std::size_t layer_;
    std::uint64_t count_;
    GramFilter filter_;
    std::uint64_t number_ = 0;  // of the block being filled
    std::uint64_t here_ = 0;    // grams in it
    char block_[GramFilter::block_size] = {};
    std::string out_;
};

}  // namespace keepmum
