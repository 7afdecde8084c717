// A filter in front of a layer's buckets: says of nearly every gram that is not there that it is not, in one place of memory
// out of an eighth of the space.
//
// A blocked Bloom filter (Putze, Sanders and Singler, 2007) over the cut hashes that the buckets hold, so that it can be made from them
// again when segments are merged. A block is 64 bytes: fifteen words of 32 bits and a check keyed over them and its number, since a bit lost would
// hide a document. A hash's high bits choose the block, a mixture of all its bits four bits in it. Blocks are filled up with random
// bits to the same measure, so that the file does not tell how many grams there are; of a hundred strange grams two or three pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "index/segment/layout.h"

namespace keepmum {

class Filter {
  public:
    static constexpr std::size_t block_size = 64, bits = 480;
    static constexpr std::uint64_t grams_a_block = 60;

    // Of `blocks` blocks, at least 1.
    explicit Filter(std::uint64_t blocks) : blocks_(blocks) {}
    static std::uint64_t blocks_for(std::uint64_t grams) { return pad_count(std::max<std::uint64_t>(8, grams / grams_a_block + 1)); }

    // Where a cut hash lies.
    std::uint64_t block_of(std::uint64_t hash) const {
        return static_cast<std::uint64_t>(static_cast<unsigned __int128>(hash) * blocks_ >> 64);
    }
    static bool has(char const* block, std::uint64_t hash) {
        Bits const at = bits_of(hash);
        std::uint32_t missing = 0;
        for (std::uint32_t const bit : at) missing |= ~read_number<std::uint32_t>(block + bit / 32 * 4) >> bit % 32;
        return (missing & 1) == 0;
    }
    static void set(char* block, std::uint64_t hash) {
        for (std::uint32_t const bit : bits_of(hash)) {
            std::uint32_t const word = read_number<std::uint32_t>(block + bit / 32 * 4) | 1u << bit % 32;
            std::memcpy(block + bit / 32 * 4, &word, sizeof word);
        }
    }

    // The last four bytes of a block, and whether they fit: as those of a bucket, under numbers that no bucket has.
    static std::uint32_t check_of(SegmentKeys const& keys, char const* block, std::uint64_t salt, std::size_t layer, std::uint64_t number) {
        return keys.check_bucket(block, salt, name(layer, number), 0);
    }
    static bool is_whole(SegmentKeys const& keys, char const* block, std::uint64_t salt, std::size_t layer, std::uint64_t number) {
        return check_of(keys, block, salt, layer, number) == read_number<std::uint32_t>(block + 60);
    }

  private:
    using Bits = std::array<std::uint32_t, 4>;
    static Bits bits_of(std::uint64_t hash) {
        std::uint64_t const mixed = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15ull;
        Bits at;
        for (std::size_t i = 0; i < at.size(); ++i) {
            at[i] = static_cast<std::uint32_t>((mixed >> (12 + 13 * i) & 0x1FFF) * bits >> 13);
        }
        return at;
    }
    static std::uint64_t name(std::size_t layer, std::uint64_t number) { return number | (layer + 1) << 56; }

    std::uint64_t blocks_;
};

// Makes a filter front to back, of hashes that rise.
class FilterFiller {
  public:
    FilterFiller(SegmentKeys const& keys, std::uint64_t salt, std::size_t layer, std::uint64_t blocks);
    void add(std::uint64_t hash);
    // All blocks.
    std::string finish();

  private:
    void close();
    SegmentKeys const& keys_;
    std::uint64_t salt_;
    std::size_t layer_;
    std::uint64_t count_;
    Filter filter_;
    std::uint64_t number_ = 0;  // of the block being filled
    std::uint64_t here_ = 0;    // grams in it
    char block_[Filter::block_size] = {};
    std::string out_;
};

}  // namespace keepmum
