// New documents in memory, until there are enough of them for a segment.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "index/document.h"
#include "index/gram.h"
#include "index/segment/record.h"
#include "index/segment/segment_writer.h"

namespace keepmum {

class PieceWalk;

class Builder {
  public:
    // Letters of one stream that one document may have: 26,000 pages. Bounds the memory of adding it.
    static constexpr std::uint64_t longest = 64'000'000;

    // Which grams of `grams` are common already in what is registered: appends their indices.
    class Commons {
      public:
        virtual ~Commons() = default;
        virtual void find(Layer layer, std::vector<Gram> const& grams, std::vector<std::uint32_t>& out) const = 0;
    };

    // Both outlive the builder.
    Builder(GramSelector const& selector, Commons const& commons) : selector_(selector), commons_(commons) {}

    // Fault::invalid: no letters, or too many.
    Result<> add(DocumentFacts facts, DocumentText const& text, bool loose);
    void add_background(std::string_view text);

    bool empty() const { return records_.empty() && postings() == 0; }
    std::size_t postings() const;  // 16 bytes each
    // All into one segment; the builder is empty then. The facts with letters and protectable filled in go to `facts`.
    Result<> write(std::string const& path, SegmentKeys const& keys, std::vector<DocumentFacts>& facts);

  private:
    struct LayerPart {
        std::vector<Posting> postings;
        std::string blocks;                // of positions, plain
        std::vector<std::uint32_t> block_documents;  // of each block
        std::string letter_blocks;  // plain
    };
    void add_letters(PieceWalk const& walk, Layer layer, std::uint32_t first);  // of the document being added
    void add_grams(Layer layer, std::vector<Gram> const& grams);  // of the document added last
    std::vector<std::uint64_t> count_protectable(Layer layer);

    GramSelector const& selector_;
    Commons const& commons_;
    std::vector<Record> records_;
    bool all_loose_ = true;  // of the documents in records_
    std::array<LayerPart, layer_count> layers_;
};

}  // namespace keepmum
