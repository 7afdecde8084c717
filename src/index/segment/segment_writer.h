// Writes a segment front to back, from positions and sorted grams: for what is new and for what is merged alike.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/segment/layout.h"
#include "index/segment/record.h"
#include "index/table/spool.h"
#include "io/file_writer.h"

namespace keepmum {

// A gram of a document; `common` as position: of the public background, or of too many documents.
struct Posting {
    static constexpr std::uint64_t common = ~0ull;
    std::uint64_t hash = 0;
    std::uint64_t position = 0;
    friend auto operator<=>(Posting const&, Posting const&) = default;
};

class PostingSource {
  public:
    virtual ~PostingSource() = default;
    virtual std::uint64_t most() const = 0;       // at most so many postings
    virtual bool next(Posting& out) = 0;          // sorted by hash; false at the end
    virtual void rewind() = 0;
};

// Postings of one hash, judged: what a slot shall say of them.
struct Group {
    std::uint64_t hash = 0;
    bool common = false;
    std::vector<std::uint64_t> positions;  // sorted, at most a few a document
};

// Gives the groups of a source one by one. `block_documents`: the document of each block of positions.
class GroupReader {
  public:
    GroupReader(PostingSource& source, Spread const& spread, std::vector<std::uint32_t> const& block_documents, Layer layer);
    bool next(Group& out);

  private:
    void judge(Group& group) const;
    PostingSource& source_;
    Spread const& spread_;
    std::vector<std::uint32_t> const& block_documents_;
    std::uint32_t places_;  // of one gram in one document
    Posting ahead_;
    bool more_;
};

class SegmentWriter {
  public:
    // Beside `path` until finish(). `keys` outlives the writer.
    static Result<SegmentWriter> create(std::string const& path, SegmentKeys const& keys);

    // For each layer in turn: its blocks of positions (plain), of letters, then its grams.
    Result<> add_positions(std::string_view block);
    Result<> add_letters(std::string_view block);  // plain, after the layer's positions
    // `hash_bits`: the most that the source's hashes have. Ends the layer.
    Result<> add_grams(PostingSource& source, std::uint32_t hash_bits);

    // Then the documents, in the order of their numbers.
    Result<> add_record(Record const& record);
    // `all_loose`: every document has loose grams.
    Result<> finish(bool all_loose);

  private:
    SegmentWriter(FileWriter file, SegmentKeys const& keys, std::uint64_t salt, std::string folder);
    // What the buckets of a layer leave to be written behind them; on disk, as it may be a tenth of all.
    struct Written {
        std::uint64_t grams = 0;
        std::uint64_t list_words = 0, filter_blocks = 0;
        table::Spool lists, filter;
    };
    Result<Written> begin_written() const;
    Result<> begin_letters();
    Result<> append_block(std::string block, Section section, std::uint64_t number);
    Result<> pad_blocks(Section section, std::size_t size, std::uint64_t& count);
    Result<bool> write_buckets(PostingSource& source, LayerHead const& head, Written& written);
    Result<> write_lists(Written& written);
    Result<> write_filter(Written& written);
    Result<> pad_to_bucket();
    LayerHead plan(std::uint64_t postings, std::uint32_t hash_bits) const;

    FileWriter file_;
    SegmentKeys const& keys_;
    std::string folder_;  // in which the file lies
    SegmentHead head_;
    std::uint64_t salt_ = 0;
    std::size_t layer_ = 0;
    bool in_letters_ = false;  // the layer's positions are all written
    std::vector<std::uint32_t> block_documents_;  // of the layer being written
    std::string directory_;
};

}  // namespace keepmum
