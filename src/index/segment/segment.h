// One segment of a register, read where it lies: layout.h has what it consists of.
//
// Whoever wrote to the file since can make grams be missed or the segment be called damaged, never make a wrong document
// be found: buckets, blocks and records are each checked under the key before they are believed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/blob.h"
#include "base/result.h"
#include "index/segment/layout.h"
#include "index/segment/record.h"

namespace keepmum {

// Where a gram stands in a document.
struct Location {
    std::uint32_t document = 0;  // number within the segment
    std::uint32_t letter = 0;    // of the document's stream
};

// The block of positions that was read last: neighbours of a passage lie in one.
struct BlockMemory {
    std::uint64_t number = ~0ull;
    std::uint32_t document = 0;
    std::array<std::uint32_t, positions_a_block> letters;
};

class Segment {
  public:
    // Checks the header and nothing else. Fault::invalid: not a segment of this key, or damaged.
    static Result<std::shared_ptr<Segment const>> open(std::string const& path, std::shared_ptr<SegmentKeys const> keys);
    static Result<std::shared_ptr<Segment const>> open(Blob bytes, std::shared_ptr<SegmentKeys const> keys,
                                                       std::string path = {});

    std::string const& path() const { return path_; }
    SegmentHead const& head() const { return head_; }
    std::uint64_t salt() const { return salt_; }

    // What a slot says of a gram: `gram` is an index into those asked for.
    struct Found {
        std::uint32_t gram = 0;
        bool common = false;
        std::uint64_t value = 0;  // position number; with is_list, number of the first word of a list
        bool is_list = false;
    };
    // Appends what is found of `grams`, in their order. False where a damaged bucket was met; the rest is looked up
    // all the same.
    // `asking` makes no other difference than how long it takes: in rough order of where grams lie, or so only where that pays.
    enum class Asking : std::uint8_t { where_it_pays, in_order };
    [[nodiscard]] bool look_up(Layer layer, std::span<Gram const> grams, std::vector<Found>& out,
                               Asking asking = Asking::where_it_pays) const;

    // Appends the position numbers of a list, at most `most`; false where it is damaged.
    [[nodiscard]] bool read_list(Layer layer, std::uint64_t first, std::size_t most, std::vector<std::uint64_t>& out) const;

    // Nothing where the block is damaged or there is no such position.
    std::optional<Location> locate(Layer layer, std::uint64_t position, BlockMemory& memory) const;

    // Appends the codes of the document's letters from `first` on, `count` of them or as many as there are; none where its letters
    // are not kept. `block` is where the document's begin, once found: starts as unknown_block. False where bytes were changed.
    static constexpr std::uint64_t unknown_block = ~0ull;
    [[nodiscard]] bool read_letters(Layer layer, std::uint32_t document, std::uint32_t first, std::uint32_t count,
                                    std::uint64_t& block, std::vector<std::uint8_t>& out) const;

    // Nothing where there is no such document or its record is damaged.
    std::optional<Record> record(std::uint32_t document) const;

    // For merging: the plain bytes of a block of positions, and all slots that are taken in the order of their hashes.
    std::optional<std::string> position_block(Layer layer, std::uint64_t number) const;
    std::optional<std::string> letter_block(Layer layer, std::uint64_t number) const;
    struct Taken {
        std::uint64_t hash = 0;
        Found found;
    };
    // False where the bucket is damaged; `out` then holds nothing of it.
    [[nodiscard]] bool read_bucket(Layer layer, std::uint64_t bucket, std::vector<Taken>& out) const;

    // What is wrong with it, in plain English, reading every byte; "" where all is well.
    std::string verify() const;

  private:
    Segment() = default;
    char const* at(std::uint64_t offset) const { return bytes_.data() + offset; }
    LayerHead const& layer_head(Layer layer) const { return head_.layers[static_cast<std::size_t>(layer)]; }
    // Those of `grams` that the filter lets through. False where a block of it is damaged; what lies there goes through.
    bool pass_filter(std::size_t layer, std::span<Gram const> grams, std::vector<std::uint32_t>& passed) const;
    bool is_whole_block(std::size_t layer, std::uint64_t number) const;
    bool look_up_one(std::size_t layer, Spread const& spread, std::uint64_t hash, std::uint32_t gram,
                     std::vector<Found>& out) const;
    Found read_value(LayerHead const& head, std::uint64_t payload) const;
    // A block in the clear; false where its check does not fit.
    bool read_block(std::size_t layer, Section section, std::uint64_t number, char* out) const;
    struct Blocks {
        std::uint64_t at, count;
        std::size_t size;
    };
    Blocks blocks(std::size_t layer, Section section) const;
    bool verify_blocks(std::size_t layer, Section section) const;
    bool verify_buckets(std::size_t layer) const;
    bool verify_filter(std::size_t layer) const;

    std::string path_;
    Blob bytes_;
    std::shared_ptr<SegmentKeys const> keys_;
    std::uint64_t salt_ = 0;
    SegmentHead head_;
    // Which blocks of each filter were checked and found whole: a bit each, so that each is checked once. Written by all threads.
    struct Free {
        void operator()(std::atomic<std::uint8_t>* bits) const { std::free(bits); }
    };
    std::array<std::unique_ptr<std::atomic<std::uint8_t>[], Free>, layer_count> whole_blocks_;
};

}  // namespace keepmum
