// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/merge.h"

#include <algorithm>

#include "index/segment/segment_writer.h"

namespace keepmum {

namespace {

constexpr std::uint32_t nowhere = ~0u;

// One segment among those that are merged.
struct Input {
    Segment const* segment = nullptr;
    std::vector<std::uint32_t> documents;  // new number of each, or nowhere
    std::vector<std::uint32_t> blocks;     // of the layer at hand: new number of each, or nowhere
    bool damaged = false;
};

// The grams of one input in the order of their hashes, with their new positions.
class Cursor {
  public:
    Cursor(Input& input, Layer layer) : input_(input), layer_(layer) { rewind(); }

    void rewind() {
        bucket_ = 0;
        next_ = 0;
        waiting_.clear();
        fill();
    }
    bool more() const { return next_ < waiting_.size(); }
    Posting const& head() const { return waiting_[next_]; }
    void advance() {
        if (++next_ == waiting_.size()) fill();
    }

  private:
    void fill() {
        waiting_.clear();
        next_ = 0;
        std::uint64_t const buckets = input_.segment->head().layers[static_cast<std::size_t>(layer_)].buckets + tail_buckets;
        while (waiting_.empty() && bucket_ < buckets) {
            taken_.clear();
            input_.damaged |= !input_.segment->read_bucket(layer_, bucket_++, taken_);
            for (Segment::Taken const& taken : taken_) add(taken);
        }
    }
    void add(Segment::Taken const& taken) {
        if (taken.found.common) {
            waiting_.push_back({taken.hash, Posting::common});
            return;
        }
        positions_.clear();
        if (taken.found.is_list) input_.damaged |= !input_.segment->read_list(layer_, taken.found.value, 1024, positions_);
        else positions_.push_back(taken.found.value);
        for (std::uint64_t position : positions_) {
            std::uint64_t const block = position / positions_a_block;
            if (block >= input_.blocks.size() || input_.blocks[block] == nowhere) continue;
            waiting_.push_back({taken.hash, input_.blocks[block] * positions_a_block + position % positions_a_block});
        }
    }

    Input& input_;
    Layer layer_;
    std::uint64_t bucket_ = 0;
    std::size_t next_ = 0;
    std::vector<Posting> waiting_;
    std::vector<Segment::Taken> taken_;
    std::vector<std::uint64_t> positions_;
};

class MergedPostings final : public PostingSource {
  public:
    MergedPostings(std::vector<Input>& inputs, Layer layer, std::uint64_t most) : most_(most) {
        for (Input& input : inputs) cursors_.emplace_back(input, layer);
    }
    std::uint64_t most() const override { return most_; }
    bool next(Posting& out) override {
        Cursor* least = nullptr;
        for (Cursor& cursor : cursors_) {
            if (cursor.more() && (!least || cursor.head().hash < least->head().hash)) least = &cursor;
        }
        if (!least) return false;
        out = least->head();
        least->advance();
        return true;
    }
    void rewind() override {
        for (Cursor& cursor : cursors_) cursor.rewind();
    }

  private:
    std::uint64_t most_;
    std::vector<Cursor> cursors_;
};

// The records of all inputs, numbered anew; they are read again when they are written, so that few are in memory.
std::uint64_t number_documents(std::vector<Input>& inputs, std::set<std::uint64_t>& dropped) {
    std::uint32_t count = 0;
    for (Input& input : inputs) {
        for (std::uint32_t document = 0; document < input.segment->head().documents; ++document) {
            std::optional<Record> const record = input.segment->record(document);
            input.damaged |= !record;
            bool const kept = record && dropped.insert(record->facts.id).second;
            input.documents.push_back(kept ? count++ : nowhere);
        }
    }
    return count;
}

Result<> merge_positions(Input& input, Layer layer, SegmentWriter& writer, std::uint32_t& next_block) {
    LayerHead const& head = input.segment->head().layers[static_cast<std::size_t>(layer)];
    input.blocks.assign(head.position_blocks, nowhere);
    for (std::uint64_t number = 0; number < head.position_blocks; ++number) {
        std::optional<std::string> block = input.segment->position_block(layer, number);
        input.damaged |= !block;
        if (!block) continue;
        auto const document = read_number<std::uint32_t>(block->data());
        if (document >= input.documents.size() || input.documents[document] == nowhere) continue;
        std::memcpy(block->data(), &input.documents[document], 4);
        TRY(writer.add_positions(*block));
        input.blocks[number] = next_block++;
    }
    return {};
}

Result<> merge_letters(Input& input, Layer layer, SegmentWriter& writer) {
    LayerHead const& head = input.segment->head().layers[static_cast<std::size_t>(layer)];
    for (std::uint64_t number = 0; number < head.letter_blocks; ++number) {
        std::optional<std::string> block = input.segment->letter_block(layer, number);
        input.damaged |= !block;
        if (!block) continue;
        auto const document = read_number<std::uint32_t>(block->data());
        if (document >= input.documents.size() || input.documents[document] == nowhere) continue;
        std::memcpy(block->data(), &input.documents[document], 4);
        TRY(writer.add_letters(*block));
    }
    return {};
}

Result<> refuse_damaged(std::vector<Input> const& inputs, OnDamage on_damage) {
    if (on_damage == OnDamage::leave_out) return {};
    for (Input const& input : inputs) {
        if (input.damaged) return fail(Fault::invalid, "bytes of it were changed", input.segment->path());
    }
    return {};
}

}  // namespace

Result<Merged> merge_segments(std::span<std::shared_ptr<Segment const> const> segments, std::set<std::uint64_t> dropped,
                              std::string const& path, SegmentKeys const& keys, OnDamage on_damage) {
    std::vector<Input> inputs;
    for (std::shared_ptr<Segment const> const& segment : segments) inputs.push_back({.segment = segment.get()});
    Merged merged;
    merged.documents = number_documents(inputs, dropped);
    SegmentWriter writer = TRY(SegmentWriter::create(path, keys));
    for (std::size_t layer = 0; layer < layer_count; ++layer) {
        std::uint32_t next_block = 0;
        std::uint64_t most = 0;
        std::uint32_t hash_bits = 64;
        for (Input& input : inputs) {
            LayerHead const& head = input.segment->head().layers[layer];
            TRY(merge_positions(input, static_cast<Layer>(layer), writer, next_block));
            hash_bits = std::min(hash_bits, head.hash_bits);
            most += head.grams;
        }
        for (Input& input : inputs) TRY(merge_letters(input, static_cast<Layer>(layer), writer));
        MergedPostings postings(inputs, static_cast<Layer>(layer), most);
        TRY(writer.add_grams(postings, hash_bits));
    }
    for (Input& input : inputs) {
        for (std::uint32_t document = 0; document < input.documents.size(); ++document) {
            if (input.documents[document] == nowhere) continue;
            std::optional<Record> const record = input.segment->record(document);
            if (!record) return fail(Fault::invalid, "bytes of it were changed", input.segment->path());
            TRY(writer.add_record(*record));
        }
        if (input.damaged) merged.damaged.push_back(input.segment->path());
    }
    TRY(refuse_damaged(inputs, on_damage));
    TRY(writer.finish(std::all_of(inputs.begin(), inputs.end(), [](Input const& one) { return one.segment->head().all_loose != 0; })));
    return merged;
}

}  // namespace keepmum
