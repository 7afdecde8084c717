// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/segment_writer.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "base/seal.h"
#include "index/segment/filter.h"
#include "index/threshold.h"

namespace keepmum {

namespace {

constexpr std::size_t looked_at = 4096;     // postings of one hash, before it is common in any case
constexpr std::uint32_t most_hash_bits = 38;
// The layers of which every text is asked.
bool has_filter(std::size_t layer) {
    return static_cast<Layer>(layer) == Layer::latin_loose || static_cast<Layer>(layer) == Layer::cjk_loose;
}

constexpr std::size_t piece = 1u << 20;  // of what is put by on disk, at once; whole blocks

constexpr double load = 0.92;  // beyond it, some entry of a large segment would soon lie too far from home

// Fills buckets in the order of hashes; each full one is handed on at once.
class BucketFiller {
  public:
    BucketFiller(FileWriter& file, SegmentKeys const& keys, std::uint64_t salt, std::size_t layer, LayerHead const& head)
        : file_(file), keys_(keys), salt_(salt), layer_(layer), head_(head), spread_(head) {
        start();
    }

    // False where an entry would come to lie too far from home: more buckets are needed.
    Result<bool> place(std::uint64_t hash, std::uint64_t value) {
        Spread::Spot const spot = spread_.spot(hash);
        while (number_ < spot.home) {
            close();
            TRY(release(number_));
        }
        TRY(release(spot.home));  // hashes rise: nothing of an earlier home will come
        if (filled_ == slots) close();
        std::uint64_t const distance = number_ - spot.home;
        if (distance >= empty_distance) return false;
        farthest_[spot.home - released_] = static_cast<std::uint8_t>(distance);
        write_slot(filled_++, spot.remainder, value << 4 | distance);
        return true;
    }
    Result<> finish() {
        while (number_ < head_.buckets + tail_buckets) {
            close();
            if (number_ - released_ > 2 * tail_buckets) TRY(release(number_ - tail_buckets));
        }
        TRY(release(number_));
        return write_out();
    }

  private:
    void start() {
        fill_random(bucket_, sizeof bucket_);
        filled_ = 0;
    }
    void write_slot(std::size_t slot, std::uint64_t remainder, std::uint64_t payload) {
        std::uint64_t const mask = keys_.slot_mask(salt_, layer_, number_, slot);
        std::uint64_t const word = remainder | (payload ^ mask) << head_.remainder_bits;
        std::memcpy(bucket_ + 6 * slot, &word, 6);
    }
    // The bucket is full, or nothing more belongs in it; how far its own grams lie may not be known yet.
    void close() {
        for (; filled_ < slots; ++filled_) {
            std::uint64_t const noise = read_number<std::uint32_t>(bucket_ + 6 * filled_);
            std::uint64_t const high = read_number<std::uint16_t>(bucket_ + 6 * filled_ + 4);
            write_slot(filled_, (noise | high << 32) & ((1ull << head_.remainder_bits) - 1), empty_distance);
        }
        closed_.append(bucket_, sizeof bucket_);
        farthest_.push_back(0);
        ++number_;
        start();
    }
    // All buckets before `end`, of whose home nothing more comes.
    Result<> release(std::uint64_t end) {
        std::size_t const count = static_cast<std::size_t>(end - released_);
        for (std::size_t i = 0; i < count; ++i) {
            char* const bucket = closed_.data() + i * bucket_size;
            std::uint32_t const check = keys_.check_bucket(bucket, salt_, released_ + i, farthest_[i]);
            std::memcpy(bucket + 60, &check, 4);
        }
        waiting_.append(closed_, 0, count * bucket_size);
        closed_.erase(0, count * bucket_size);
        farthest_.erase(farthest_.begin(), farthest_.begin() + static_cast<std::ptrdiff_t>(count));
        released_ = end;
        return waiting_.size() < (1u << 20) ? Result<>() : write_out();
    }
    Result<> write_out() {
        TRY(file_.append(waiting_));
        waiting_.clear();
        return {};
    }

    FileWriter& file_;
    SegmentKeys const& keys_;
    std::uint64_t salt_;
    std::size_t layer_;
    LayerHead const& head_;
    Spread spread_;
    std::uint64_t number_ = 0, released_ = 0;
    std::string closed_;                        // buckets from released_ on, before number_
    std::vector<std::uint8_t> farthest_ = {0};  // of those and of the one being filled
    std::size_t filled_ = 0;
    char bucket_[bucket_size];
    std::string waiting_;
};

}  // namespace

GroupReader::GroupReader(PostingSource& source, Spread const& spread, std::vector<std::uint32_t> const& block_documents, Layer layer)
    : source_(source), spread_(spread), block_documents_(block_documents),
      places_(Thresholds().of(setting_of(layer).stream).places), more_(source.next(ahead_)) {}

bool GroupReader::next(Group& group) {
    if (!more_) return false;
    group.hash = spread_.cut(ahead_.hash);
    group.common = false;
    group.positions.clear();
    for (; more_ && spread_.cut(ahead_.hash) == group.hash; more_ = source_.next(ahead_)) {
        group.common = group.common || ahead_.position == Posting::common;
        if (!group.common && group.positions.size() < looked_at) group.positions.push_back(ahead_.position);
    }
    judge(group);
    return true;
}

void GroupReader::judge(Group& group) const {
    if (group.common || group.positions.size() == 1) return;
    std::sort(group.positions.begin(), group.positions.end());
    std::uint32_t document = 0, documents = 0;
    std::size_t here = 0, kept = 0;
    for (std::uint64_t position : group.positions) {
        std::uint32_t const owner = block_documents_[position / positions_a_block];
        if (documents == 0 || owner != document) {
            document = owner;
            ++documents;
            here = 0;
        }
        if (here++ < places_) group.positions[kept++] = position;
    }
    group.positions.resize(kept);
    group.common = documents > Thresholds().documents;
}

SegmentWriter::SegmentWriter(FileWriter file, SegmentKeys const& keys, std::uint64_t salt, std::string folder)
    : file_(std::move(file)), keys_(keys), folder_(std::move(folder)), salt_(salt) {}

Result<SegmentWriter> SegmentWriter::create(std::string const& path, SegmentKeys const& keys) {
    FileWriter file = TRY(FileWriter::create(path));
    TRY(file.append(std::string(header_size, '\0')));
    std::size_t const slash = path.rfind('/');
    SegmentWriter writer(std::move(file), keys, random_number(), slash == path.npos ? "." : path.substr(0, slash + 1));
    writer.head_.layers[0].positions_at = header_size;
    return writer;
}

Result<> SegmentWriter::append_block(std::string block, Section section, std::uint64_t number) {
    std::uint64_t const check = keys_.close_block(block.data(), block.size(), salt_, layer_, section, number);
    append_number(block, check);
    return file_.append(block);
}

Result<> SegmentWriter::pad_blocks(Section section, std::size_t size, std::uint64_t& count) {
    std::uint64_t const padded = pad_count(std::max<std::uint64_t>(count, 8));
    for (; count < padded; ++count) TRY(append_block(std::string(size, '\xFF'), section, count));
    return {};
}

Result<> SegmentWriter::add_positions(std::string_view block) {
    LayerHead& head = head_.layers[layer_];
    block_documents_.push_back(read_number<std::uint32_t>(block.data()));
    return append_block(std::string(block), Section::positions, head.position_blocks++);
}

Result<> SegmentWriter::begin_letters() {
    if (in_letters_) return {};
    in_letters_ = true;
    TRY(pad_blocks(Section::positions, position_block, head_.layers[layer_].position_blocks));
    head_.layers[layer_].letters_at = file_.size();
    return {};
}

Result<> SegmentWriter::add_letters(std::string_view block) {
    TRY(begin_letters());
    return append_block(std::string(block), Section::letters, head_.layers[layer_].letter_blocks++);
}

LayerHead SegmentWriter::plan(std::uint64_t postings, std::uint32_t hash_bits) const {
    LayerHead head = head_.layers[layer_];
    head.buckets = pad_count(std::max<std::uint64_t>(16, static_cast<std::uint64_t>(static_cast<double>(postings) / (slots * load)) + 1));
    // A value holds a position or a word of a list, one bit to tell which, and never all ones.
    std::uint64_t const most = std::max(postings + 1, block_documents_.size() * positions_a_block);
    std::uint32_t const value_bits = static_cast<std::uint32_t>(std::bit_width(most)) + 2;
    std::uint32_t const apart = static_cast<std::uint32_t>(std::bit_width(head.buckets)) - 1;
    head.hash_bits = std::min({hash_bits, most_hash_bits, 48 - 4 - value_bits + apart});
    head.remainder_bits = Spread(head).remainder_bits();
    return head;
}

Result<SegmentWriter::Written> SegmentWriter::begin_written() const {
    Written written;
    written.lists = TRY(table::Spool::make(folder_));
    if (has_filter(layer_)) written.filter = TRY(table::Spool::make(folder_));
    return written;
}

Result<bool> SegmentWriter::write_buckets(PostingSource& source, LayerHead const& head, Written& written) {
    BucketFiller filler(file_, keys_, salt_, layer_, head);
    Spread const spread(head);
    GroupReader groups(source, spread, block_documents_, static_cast<Layer>(layer_));
    std::uint32_t const value_bits = 48 - 4 - head.remainder_bits;
    std::uint64_t const list = 1ull << (value_bits - 1), common = (1ull << value_bits) - 1;
    std::optional<FilterFiller> filter;
    if (has_filter(layer_)) filter.emplace(keys_, salt_, layer_, GramFilter::blocks_for(source.most()));
    std::string words;
    Group group;
    while (groups.next(group)) {
        std::uint64_t value = common;
        if (!group.common && group.positions.size() == 1) {
            value = group.positions[0];
        } else if (!group.common) {
            value = list | written.list_words;
            words.clear();
            for (std::size_t i = 0; i < group.positions.size(); ++i) {
                append_number(words, group.positions[i] | (i + 1 == group.positions.size() ? last_word : 0));
            }
            written.list_words += group.positions.size();
            TRY(written.lists.append(words));
        }
        if (!TRY(filler.place(group.hash, value))) return false;
        ++written.grams;
        if (!filter) continue;
        filter->add(group.hash);
        if (filter->done() >= piece) TRY(written.filter.append(filter->take()));
    }
    TRY(filler.finish());
    if (filter) {
        TRY(written.filter.append(filter->finish()));
        written.filter_blocks = GramFilter::blocks_for(source.most());
    }
    return true;
}

Result<> SegmentWriter::add_grams(PostingSource& source, std::uint32_t hash_bits) {
    TRY(begin_letters());
    if (head_.layers[layer_].letter_blocks > 0) TRY(pad_blocks(Section::letters, letter_block, head_.layers[layer_].letter_blocks));
    TRY(pad_to_bucket());
    Written written = TRY(begin_written());
    std::uint64_t postings = source.most();
    for (;;) {
        LayerHead head = plan(postings, hash_bits);
        head.buckets_at = file_.size();
        bool const placed = TRY(write_buckets(source, head, written));
        head.grams = written.grams;
        head_.layers[layer_] = head;
        if (placed) break;
        // Too crowded somewhere. What was written stays behind as bytes that nothing names; it happens
        // hardly ever, and never twice.
        postings += postings / 4 + 64;
        written = TRY(begin_written());
        source.rewind();
        TRY(pad_to_bucket());
    }
    TRY(write_lists(written));
    if (written.filter_blocks > 0) TRY(write_filter(written));
    block_documents_.clear();
    in_letters_ = false;
    ++layer_;
    (layer_ < layer_count ? head_.layers[layer_].positions_at : head_.records_at) = file_.size();
    return {};
}

Result<> SegmentWriter::pad_to_bucket() {
    return file_.append(std::string((bucket_size - file_.size() % bucket_size) % bucket_size, '\0'));
}

Result<> SegmentWriter::write_lists(Written& written) {
    LayerHead& head = head_.layers[layer_];
    head.lists_at = file_.size();
    std::string words;
    for (; written.list_words % words_a_block != 0; ++written.list_words) append_number(words, last_word);
    TRY(written.lists.append(words));
    for (std::uint64_t left = written.list_words * 8; left > 0;) {
        std::string const blocks = TRY(written.lists.take(piece));
        for (std::size_t from = 0; from < blocks.size(); from += list_block) {
            TRY(append_block(blocks.substr(from, list_block), Section::lists, head.list_blocks++));
        }
        left -= blocks.size();
    }
    return pad_blocks(Section::lists, list_block, head.list_blocks);
}

Result<> SegmentWriter::write_filter(Written& written) {
    TRY(pad_to_bucket());
    head_.filters[layer_] = {file_.size(), written.filter_blocks};
    for (std::uint64_t left = written.filter_blocks * GramFilter::block_size; left > 0;) {
        std::string const blocks = TRY(written.filter.take(piece));
        TRY(file_.append(blocks));
        left -= blocks.size();
    }
    return {};
}

Result<> SegmentWriter::add_record(Record const& record) {
    std::string plain = print_record(record);
    plain.resize(static_cast<std::size_t>(pad_count(std::max<std::uint64_t>(plain.size(), 512))));
    std::string const sealed =
        encrypt_record(keys_.record, record_context(salt_, static_cast<std::uint32_t>(head_.documents)), plain);
    append_number(directory_, head_.records_size);
    append_number(directory_, static_cast<std::uint64_t>(sealed.size()));
    head_.records_size += sealed.size();
    ++head_.documents;
    return file_.append(sealed);
}

Result<> SegmentWriter::finish(bool all_loose) {
    head_.all_loose = all_loose;
    layer_ = 0;
    head_.directory_at = file_.size();
    directory_.resize((directory_.size() + directory_block - 1) / directory_block * directory_block);
    for (std::size_t from = 0; from < directory_.size(); from += directory_block) {
        TRY(append_block(directory_.substr(from, directory_block), Section::directory, head_.directory_blocks++));
    }
    TRY(pad_blocks(Section::directory, directory_block, head_.directory_blocks));
    head_.size = file_.size();
    std::string salt;
    append_number(salt, salt_);
    TRY(file_.write_at(0, std::string(segment_magic) + salt + encrypt_record(keys_.record, salt, print_head(head_))));
    return file_.commit();
}

}  // namespace keepmum
