// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/builder.h"

#include <algorithm>

#include "index/pieces.h"
#include "index/threshold.h"

namespace keepmum {

namespace {

constexpr std::size_t longest_step = 15;

constexpr Layer plain_layers[] = {Layer::latin_plain, Layer::cjk_plain};

// Which marks number the passages of a part: the first kind of these that it has.
std::vector<Mark> numbering(DocumentText::Part const& part) {
    for (Mark::What what : {Mark::What::paragraph, Mark::What::cell, Mark::What::line}) {
        std::vector<Mark> chosen;
        for (Mark const& mark : part.marks) {
            if (mark.what != what || (!chosen.empty() && chosen.back().a == mark.a)) continue;
            chosen.push_back(mark);
        }
        if (!chosen.empty()) return chosen;
    }
    std::vector<Mark> lines;
    std::string_view const text = part.text.view();
    for (std::size_t at = 0; at < text.size();) {
        lines.push_back({static_cast<std::uint32_t>(at), Mark::What::line, static_cast<std::int32_t>(lines.size() + 1)});
        std::size_t const end = text.find('\n', at);
        at = end == text.npos ? text.size() : end + 1;
    }
    return lines;
}

// Turns marks into the letters at which they stand, piece by piece.
class PassageReader {
  public:
    PassageReader(Record& record, DocumentText::Part const& part, std::array<std::uint32_t, 2> const& from)
        : record_(record), marks_(numbering(part)), from_(from), part_(static_cast<std::uint32_t>(record.parts.size() - 1)) {}

    void take(PieceWalk const& walk) {
        for (; next_ < marks_.size() && marks_[next_].at < walk.end(); ++next_) {
            Record::Start start;
            start.number = {part_, static_cast<std::uint32_t>(std::max(marks_[next_].a, 1))};
            start.letters = {from_[0] + number_of(walk.letters().latin.begins, walk.first(Stream::latin)),
                             from_[1] + number_of(walk.letters().cjk.begins, walk.first(Stream::cjk))};
            bool const empty_before = !record_.passages.empty() && record_.passages.back().letters == start.letters &&
                                      record_.passages.back().number.part == part_;
            if (empty_before) record_.passages.pop_back();
            record_.passages.push_back(start);
        }
    }

  private:
    std::uint32_t number_of(std::vector<std::uint32_t> const& begins, std::uint32_t first) const {
        auto const at = std::lower_bound(begins.begin(), begins.end(), marks_[next_].at);
        return first + static_cast<std::uint32_t>(at - begins.begin());
    }
    Record& record_;
    std::vector<Mark> marks_;
    std::size_t next_ = 0;
    std::array<std::uint32_t, 2> from_;
    std::uint32_t part_;
};

class Sorted final : public PostingSource {
  public:
    explicit Sorted(std::vector<Posting> const& postings) : postings_(postings) {}
    std::uint64_t most() const override { return postings_.size(); }
    bool next(Posting& out) override {
        if (next_ == postings_.size()) return false;
        out = postings_[next_++];
        return true;
    }
    void rewind() override { next_ = 0; }

  private:
    std::vector<Posting> const& postings_;
    std::size_t next_ = 0;
};

std::uint64_t count_letters(DocumentText const& text, GramSelector const& selector, Stream stream) {
    std::uint64_t letters = 0;
    for (DocumentText::Part const& part : text.parts) {
        PieceWalk walk(part.text.view(), selector);
        while (walk.next()) {}
        letters += walk.total(stream);
    }
    return letters;
}

}  // namespace

std::size_t Builder::postings() const {
    std::size_t all = 0;
    for (LayerPart const& layer : layers_) all += layer.postings.size();
    return all;
}

Result<> Builder::add(DocumentFacts facts, DocumentText const& text, bool loose) {
    std::uint64_t bytes = 0;
    for (DocumentText::Part const& part : text.parts) bytes += part.text.size();
    bool const large = bytes > longest;
    if (large && std::max(count_letters(text, selector_, Stream::latin), count_letters(text, selector_, Stream::cjk)) > longest) {
        return fail(Fault::invalid, "it has more than 64 million letters: register its parts one by one");
    }
    Record record;
    std::array<std::vector<Gram>, layer_count> found;  // Gram::at counts letters of the whole document
    std::array<std::uint32_t, 2> from = {};
    std::vector<Gram> grams;
    for (DocumentText::Part const& part : text.parts) {
        record.parts.push_back(part.name);
        PassageReader passages(record, part, from);
        PieceWalk walk(part.text.view(), selector_);
        while (walk.next()) {
            passages.take(walk);
            for (Layer layer : {Layer::latin_loose, Layer::cjk_loose}) {
                if (loose) add_letters(walk, layer, from[static_cast<std::size_t>(setting_of(layer).stream)]);
            }
            for (std::size_t layer = 0; layer < layer_count; ++layer) {
                if (!loose && static_cast<Layer>(layer) != plain_layers[0] && static_cast<Layer>(layer) != plain_layers[1]) continue;
                Stream const stream = gram_settings[layer].stream;
                walk.select(static_cast<Layer>(layer), grams);
                for (Gram gram : grams) {
                    gram.at += from[static_cast<std::size_t>(stream)] + walk.first(stream);
                    found[layer].push_back(gram);
                }
            }
        }
        from[0] += walk.total(Stream::latin);
        from[1] += walk.total(Stream::cjk);
    }
    facts.letters = static_cast<std::uint64_t>(from[0]) + from[1];
    if (facts.letters == 0 && facts.digest.empty()) return fail(Fault::invalid, "it has no letters by which it could be recognised");
    record.facts = std::move(facts);
    all_loose_ = all_loose_ && loose;
    records_.push_back(std::move(record));
    for (std::size_t layer = 0; layer < layer_count; ++layer) add_grams(static_cast<Layer>(layer), found[layer]);
    return {};
}

// `first`: the number that the walk's first letter has in the document.
void Builder::add_letters(PieceWalk const& walk, Layer layer, std::uint32_t first) {
    Stream const stream = setting_of(layer).stream;
    std::string& blocks = layers_[static_cast<std::size_t>(layer)].letter_blocks;
    auto const add = [&](auto const& letters) {
        for (std::size_t i = walk.carried(stream); i < letters.size(); ++i) {
            std::uint32_t const number = first + walk.first(stream) + static_cast<std::uint32_t>(i);
            std::size_t const at = number % letters_a_block;
            if (at == 0) {
                append_number(blocks, static_cast<std::uint32_t>(records_.size()));
                append_number(blocks, number);
                blocks.append(letters_a_block, '\0');
            }
            auto const unit = [](auto letter) { return static_cast<std::uint16_t>(std::make_unsigned_t<decltype(letter)>(letter)); };
            std::uint8_t const code = selector_.letter_code(stream, i > 0 ? unit(letters[i - 1]) : 0, unit(letters[i]));
            blocks[blocks.size() - letters_a_block + at] = static_cast<char>(code);
        }
    };
    if (stream == Stream::latin) add(walk.letters().latin.letters);
    else add(walk.letters().cjk.letters);
}

void Builder::add_grams(Layer layer, std::vector<Gram> const& grams) {
    if (grams.empty()) return;
    LayerPart& part = layers_[static_cast<std::size_t>(layer)];
    std::vector<std::uint32_t> common;
    commons_.find(layer, grams, common);
    auto const document = static_cast<std::uint32_t>(records_.size() - 1);
    std::size_t next_common = 0, steps = positions_a_block;  // steps written in the block at hand
    std::uint32_t letter = 0;
    auto const step = [&](std::uint32_t by) {
        if (steps == positions_a_block) {
            part.block_documents.push_back(document);
            append_number(part.blocks, document);
            append_number(part.blocks, letter);
            part.blocks.append(positions_a_block / 2, '\0');
            steps = 0;
        }
        part.blocks[part.blocks.size() - positions_a_block / 2 + steps / 2] |= static_cast<char>(by << (steps % 2 * 4));
        letter += by;
        ++steps;
    };
    letter = grams.front().at;
    for (std::size_t i = 0; i < grams.size(); ++i) {
        while (grams[i].at - letter > longest_step) step(longest_step);
        step(grams[i].at - letter);
        if (next_common < common.size() && common[next_common] == i) {
            ++next_common;
            continue;
        }
        part.postings.push_back({grams[i].hash, (part.block_documents.size() - 1) * positions_a_block + steps - 1});
    }
}

void Builder::add_background(std::string_view text) {
    PieceWalk walk(text, selector_);
    std::vector<Gram> grams;
    while (walk.next()) {
        for (std::size_t layer = 0; layer < layer_count; ++layer) {
            walk.select(static_cast<Layer>(layer), grams);
            for (Gram const& gram : grams) layers_[layer].postings.push_back({gram.hash, Posting::common});
        }
    }
}

// Letters of each document that lie in a gram of its own. The layer's postings are sorted.
std::vector<std::uint64_t> Builder::count_protectable(Layer layer) {
    LayerPart const& part = layers_[static_cast<std::size_t>(layer)];
    std::vector<bool> own(part.block_documents.size() * positions_a_block);
    Sorted source(part.postings);
    Spread const whole(16, 38);
    GroupReader groups(source, whole, part.block_documents, layer);
    // Of a gram that stands often in one document, the reader keeps some places; all of them are protected. So look at the
    // postings again and ask whether their group is common.
    std::vector<Posting>::const_iterator at = part.postings.begin();
    Group group;
    while (groups.next(group)) {
        for (; at != part.postings.end() && whole.cut(at->hash) == group.hash; ++at) {
            if (!group.common && at->position != Posting::common) own[at->position] = true;
        }
    }
    std::vector<std::uint64_t> letters(records_.size());
    std::uint32_t const length = setting_of(layer).length;
    std::uint32_t letter = 0, covered = 0;
    for (std::size_t block = 0; block < part.block_documents.size(); ++block) {
        char const* const bytes = part.blocks.data() + block * position_block;
        bool const first_of_document = block == 0 || part.block_documents[block] != part.block_documents[block - 1];
        if (first_of_document) covered = 0;
        letter = read_number<std::uint32_t>(bytes + 4);
        for (std::size_t i = 0; i < positions_a_block; ++i) {
            letter += static_cast<unsigned char>(bytes[8 + i / 2]) >> (i % 2 * 4) & 15;
            if (!own[block * positions_a_block + i]) continue;
            letters[part.block_documents[block]] += letter + length - std::max(letter, covered);
            covered = letter + length;
        }
    }
    return letters;
}

Result<> Builder::write(std::string const& path, SegmentKeys const& keys, std::vector<DocumentFacts>& facts) {
    for (LayerPart& part : layers_) std::sort(part.postings.begin(), part.postings.end());
    for (Layer layer : plain_layers) {
        std::vector<std::uint64_t> const letters = count_protectable(layer);
        for (std::size_t i = 0; i < records_.size(); ++i) records_[i].facts.protectable += letters[i];
    }
    SegmentWriter writer = TRY(SegmentWriter::create(path, keys));
    for (LayerPart& part : layers_) {
        for (std::size_t at = 0; at < part.blocks.size(); at += position_block) {
            TRY(writer.add_positions(std::string_view(part.blocks).substr(at, position_block)));
        }
        for (std::size_t at = 0; at < part.letter_blocks.size(); at += letter_block) {
            TRY(writer.add_letters(std::string_view(part.letter_blocks).substr(at, letter_block)));
        }
        Sorted source(part.postings);
        TRY(writer.add_grams(source, 64));
        part = LayerPart();
    }
    for (Record const& record : records_) TRY(writer.add_record(record));
    TRY(writer.finish(all_loose_));
    for (Record& record : records_) facts.push_back(std::move(record.facts));
    records_.clear();
    all_loose_ = true;
    return {};
}

}  // namespace keepmum
