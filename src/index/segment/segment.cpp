// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/segment.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <cstring>

#include "base/seal.h"
#include "index/segment/filter.h"
#include "io/mapping.h"

namespace keepmum {

namespace {

constexpr std::size_t ahead = 16;  // buckets fetched before they are looked at, two lines each

}  // namespace

Result<std::shared_ptr<Segment const>> Segment::open(std::string const& path, std::shared_ptr<SegmentKeys const> keys) {
    return open(TRY(map_file(path)), std::move(keys), path);
}

Result<std::shared_ptr<Segment const>> Segment::open(Blob bytes, std::shared_ptr<SegmentKeys const> keys, std::string path) {
    std::string_view const view = bytes.view();
    if (view.size() < header_size) return fail(Fault::invalid, "cut short", path);
    if (!view.starts_with(segment_magic)) return fail(Fault::invalid, "no segment of a register", path);
    std::string_view const salt = view.substr(segment_magic.size(), 8);
    std::optional<std::string> const plain =
        decrypt_record(keys->record, salt, view.substr(segment_magic.size() + 8, header_size - segment_magic.size() - 8));
    if (!plain) return fail(Fault::invalid, "bytes of its head were changed", path);
    std::optional<SegmentHead> const head = read_head(*plain);
    if (!head) return fail(Fault::invalid, "its head makes no sense", path);
    if (head->size != view.size()) return fail(Fault::invalid, head->size > view.size() ? "cut short" : "longer than it was written", path);
    std::shared_ptr<Segment> segment(new Segment);
    segment->path_ = std::move(path);
    segment->bytes_ = std::move(bytes);
    segment->keys_ = std::move(keys);
    segment->salt_ = read_number<std::uint64_t>(salt.data());
    segment->head_ = *head;
    for (std::size_t layer = 0; layer < layer_count; ++layer) {
        // Zeros that the system gives where they are touched: opening costs the same for all sizes.
        std::size_t const size = head->filters[layer].blocks / 8 + 1;
        segment->whole_blocks_[layer].reset(static_cast<std::atomic<std::uint8_t>*>(std::calloc(size, 1)));
        if (!segment->whole_blocks_[layer]) return fail(Fault::io, "not enough memory", segment->path_);
    }
    return std::shared_ptr<Segment const>(std::move(segment));
}

Segment::Found Segment::read_value(LayerHead const& head, std::uint64_t payload) const {
    std::uint32_t const bits = 48 - head.remainder_bits - 4;
    std::uint64_t const all = (1ull << bits) - 1, list = 1ull << (bits - 1);
    std::uint64_t const value = payload >> 4 & all;
    Found found;
    found.common = value == all;
    found.is_list = (value & list) != 0;
    found.value = value & ~list;
    return found;
}

namespace {

// Whether so many grams are better asked for in order, where `bytes` are what they are looked for in first: measured by bench/index.cpp.
bool pays_in_order(std::size_t grams, std::uint64_t bytes) {
    constexpr std::size_t few = 4096;  // too few to be near each other
    constexpr std::uint64_t small = 64u << 20;
    return grams >= few && bytes >= small;
}

// The grams by the upper bits of their hashes, which say where in the filter and in the buckets they lie; `at` becomes a gram's
// place in `grams`. Of a long text several then lie in each stretch of a large segment, and the processor finds its way through the
// memory's map once for all of them: half the time of a look-up and more went there.
std::vector<Gram> sort_roughly(std::span<Gram const> grams) {
    constexpr unsigned bits = 11;
    std::vector<Gram> sorted(grams.size());
    std::array<std::uint32_t, (1u << bits) + 1> begins{};
    for (Gram const& gram : grams) ++begins[(gram.hash >> (64 - bits)) + 1];
    for (std::size_t i = 1; i < begins.size(); ++i) begins[i] += begins[i - 1];
    for (std::size_t i = 0; i < grams.size(); ++i) {
        sorted[begins[grams[i].hash >> (64 - bits)]++] = {grams[i].hash, static_cast<std::uint32_t>(i)};
    }
    return sorted;
}

}  // namespace

bool Segment::look_up_one(std::size_t layer, Spread const& spread, std::uint64_t hash, std::uint32_t gram,
                          std::vector<Found>& out) const {
    LayerHead const& head = head_.layers[layer];
    Spread::Spot const spot = spread.spot(hash);
    std::uint64_t const remainder_mask = (1ull << head.remainder_bits) - 1;
    std::uint64_t farthest = 0;
    for (std::uint64_t distance = 0; distance <= farthest; ++distance) {
        std::uint64_t const number = spot.home + distance;
        char const* const bucket = at(head.buckets_at + number * bucket_size);
        std::optional<std::uint32_t> const read = keys_->read_farthest(bucket, salt_, number);
        if (!read) return false;
        if (distance == 0) farthest = *read;
        unsigned alike = 0;  // without a branch for each slot: most have another remainder
        for (std::size_t slot = 0; slot < slots; ++slot) {
            std::uint64_t const word = read_number<std::uint64_t>(bucket + 6 * slot);
            alike |= static_cast<unsigned>(((word ^ spot.remainder) & remainder_mask) == 0) << slot;
        }
        for (; alike != 0; alike &= alike - 1) {
            auto const slot = static_cast<std::size_t>(std::countr_zero(alike));
            std::uint64_t const bits = read_number<std::uint64_t>(bucket + 6 * slot) & 0xFFFFFFFFFFFFull;
            std::uint64_t const payload = bits >> head.remainder_bits ^ keys_->slot_mask(salt_, layer, number, slot);
            if ((payload & 15) != distance) continue;
            out.push_back(read_value(head, payload));
            out.back().gram = gram;
            return true;
        }
    }
    return true;
}

bool Segment::pass_filter(std::size_t layer, std::span<Gram const> grams, std::vector<std::uint32_t>& passed) const {
    FilterHead const& head = head_.filters[layer];
    GramFilter const filter(head.blocks);
    Spread const spread(head_.layers[layer]);
    char const* const blocks = at(head.at);
    bool good = true;
    passed.resize(grams.size());
    std::uint32_t* out = passed.data();
    // One fetch a step: a burst of them would be more than the processor has under way at once.
    struct Asked {
        std::uint64_t hash, number;
    };
    constexpr std::size_t ring = 32;
    std::array<Asked, ring> asked;
    auto const fetch = [&](std::size_t i) {
        std::uint64_t const hash = spread.cut(grams[i].hash), number = filter.block_of(hash);
        asked[i % ring] = {hash, number};
        __builtin_prefetch(blocks + number * GramFilter::block_size);
    };
    for (std::size_t i = 0; i < std::min(ring, grams.size()); ++i) fetch(i);
    for (std::size_t i = 0; i < grams.size(); ++i) {
        Asked const one = asked[i % ring];
        if (i + ring < grams.size()) fetch(i + ring);
        char const* const block = blocks + one.number * GramFilter::block_size;
        bool const whole = is_whole_block(layer, one.number);
        good &= whole;
        *out = static_cast<std::uint32_t>(i);
        out += static_cast<unsigned>(GramFilter::has(block, one.hash)) | static_cast<unsigned>(!whole);
    }
    passed.resize(static_cast<std::size_t>(out - passed.data()));
    return good;
}

bool Segment::is_whole_block(std::size_t layer, std::uint64_t number) const {
    std::atomic<std::uint8_t>& seen = whole_blocks_[layer][number / 8];
    std::uint8_t const bit = static_cast<std::uint8_t>(1u << number % 8);
    if ((seen.load(std::memory_order_relaxed) & bit) != 0) return true;
    if (!GramFilter::is_whole(*keys_, at(head_.filters[layer].at + number * GramFilter::block_size), salt_, layer, number)) return false;
    // Another thread's bit may be lost between the two: its block is checked once more. What locks would have every read ahead wait.
    seen.store(seen.load(std::memory_order_relaxed) | bit, std::memory_order_relaxed);
    return true;
}

bool Segment::look_up(Layer layer, std::span<Gram const> grams, std::vector<Found>& out, Asking asking) const {
    LayerHead const& head = layer_head(layer);
    if (head.grams == 0) return true;
    auto const number = static_cast<std::size_t>(layer);
    bool const filtered = head_.filters[number].blocks > 0;
    std::uint64_t const bytes = filtered ? head_.filters[number].blocks * GramFilter::block_size : head.buckets * bucket_size;
    std::vector<Gram> sorted;
    if (asking == Asking::in_order || pays_in_order(grams.size(), bytes)) sorted = sort_roughly(grams);
    std::span<Gram const> const asked = sorted.empty() ? grams : sorted;
    std::vector<std::uint32_t> passed;
    bool good = !filtered || pass_filter(number, asked, passed);
    std::size_t const count = filtered ? passed.size() : asked.size();
    auto const number_at = [&](std::size_t i) { return filtered ? passed[i] : static_cast<std::uint32_t>(i); };
    Spread const spread(head);
    auto const fetch = [&](std::size_t i) {
        char const* const home = at(head.buckets_at + spread.spot(asked[number_at(i)].hash).home * bucket_size);
        __builtin_prefetch(home);
        __builtin_prefetch(home + bucket_size);  // two searches of three go on there
    };
    std::size_t const before = out.size();
    for (std::size_t i = 0; i < std::min(ahead, count); ++i) fetch(i);
    for (std::size_t i = 0; i < count; ++i) {
        if (i + ahead < count) fetch(i + ahead);
        std::uint32_t const here = number_at(i);
        good &= look_up_one(number, spread, asked[here].hash, sorted.empty() ? here : sorted[here].at, out);
    }
    if (sorted.empty()) return good;
    auto const earlier = [](Found const& a, Found const& b) { return a.gram < b.gram; };
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(), earlier);
    return good;
}

Segment::Blocks Segment::blocks(std::size_t layer, Section section) const {
    LayerHead const& head = head_.layers[layer];
    switch (section) {
        case Section::positions: return {head.positions_at, head.position_blocks, keepmum::position_block};
        case Section::lists: return {head.lists_at, head.list_blocks, list_block};
        case Section::letters: return {head.letters_at, head.letter_blocks, keepmum::letter_block};
        case Section::directory: return {head_.directory_at, head_.directory_blocks, directory_block};
    }
    return {0, 0, 0};
}

bool Segment::read_block(std::size_t layer, Section section, std::uint64_t number, char* out) const {
    Blocks const where = blocks(layer, section);
    if (number >= where.count) return false;
    char const* const block = at(where.at + number * (where.size + 8));
    std::memcpy(out, block, where.size);
    return keys_->open_block(out, where.size, read_number<std::uint64_t>(block + where.size), salt_, layer, section, number);
}

bool Segment::read_list(Layer layer, std::uint64_t first, std::size_t most, std::vector<std::uint64_t>& out) const {
    char block[list_block];
    std::uint64_t loaded = ~0ull;
    for (std::uint64_t word = first; most > 0; ++word, --most) {
        if (word / words_a_block != loaded) {
            loaded = word / words_a_block;
            if (!read_block(static_cast<std::size_t>(layer), Section::lists, loaded, block)) return false;
        }
        std::uint64_t const entry = read_number<std::uint64_t>(block + 8 * (word % words_a_block));
        out.push_back(entry & ~last_word);
        if ((entry & last_word) != 0) return true;
    }
    return true;
}

std::optional<std::string> Segment::position_block(Layer layer, std::uint64_t number) const {
    std::string block(keepmum::position_block, '\0');
    if (!read_block(static_cast<std::size_t>(layer), Section::positions, number, block.data())) return std::nullopt;
    return block;
}

std::optional<std::string> Segment::letter_block(Layer layer, std::uint64_t number) const {
    std::string block(keepmum::letter_block, '\0');
    if (!read_block(static_cast<std::size_t>(layer), Section::letters, number, block.data())) return std::nullopt;
    return block;
}

bool Segment::read_letters(Layer layer, std::uint32_t document, std::uint32_t first, std::uint32_t count, std::uint64_t& block,
                           std::vector<std::uint8_t>& out) const {
    char bytes[keepmum::letter_block];
    std::uint64_t const blocks = layer_head(layer).letter_blocks;
    auto const read = [&](std::uint64_t number) { return read_block(static_cast<std::size_t>(layer), Section::letters, number, bytes); };
    if (block == unknown_block) {
        std::uint64_t low = 0, high = blocks;
        while (low < high) {
            std::uint64_t const middle = low + (high - low) / 2;
            if (!read(middle)) return false;
            if (read_number<std::uint32_t>(bytes) < document) low = middle + 1;
            else high = middle;
        }
        block = low;
    }
    for (std::uint64_t number = block + first / letters_a_block; count > 0 && number < blocks; ++number) {
        if (!read(number)) return false;
        bool const follows = read_number<std::uint32_t>(bytes) == document &&
                             read_number<std::uint32_t>(bytes + 4) == first - first % letters_a_block;
        if (!follows) return true;
        for (std::size_t i = first % letters_a_block; i < letters_a_block && count > 0; ++i, ++first, --count) {
            out.push_back(static_cast<unsigned char>(bytes[8 + i]));
        }
    }
    return true;
}

std::optional<Location> Segment::locate(Layer layer, std::uint64_t position, BlockMemory& memory) const {
    std::uint64_t const number = position / positions_a_block;
    if (memory.number != number) {
        char block[keepmum::position_block];
        memory.number = ~0ull;
        if (!read_block(static_cast<std::size_t>(layer), Section::positions, number, block)) return std::nullopt;
        memory.document = read_number<std::uint32_t>(block);
        std::uint32_t letter = read_number<std::uint32_t>(block + 4);
        for (std::size_t i = 0; i < positions_a_block; ++i) {
            letter += static_cast<unsigned char>(block[8 + i / 2]) >> (i % 2 * 4) & 15;
            memory.letters[i] = letter;
        }
        memory.number = number;
    }
    if (memory.document >= head_.documents) return std::nullopt;
    return Location{memory.document, memory.letters[position % positions_a_block]};
}

std::optional<Record> Segment::record(std::uint32_t document) const {
    if (document >= head_.documents) return std::nullopt;
    char block[directory_block];
    if (!read_block(0, Section::directory, document / entries_a_block, block)) return std::nullopt;
    char const* const entry = block + 16 * (document % entries_a_block);
    auto const offset = read_number<std::uint64_t>(entry), size = read_number<std::uint64_t>(entry + 8);
    if (offset > head_.records_size || size > head_.records_size - offset) return std::nullopt;
    std::optional<std::string> const plain =
        decrypt_record(keys_->record, record_context(salt_, document), {at(head_.records_at + offset), size});
    if (!plain) return std::nullopt;
    return read_record(*plain);
}

bool Segment::read_bucket(Layer layer, std::uint64_t number, std::vector<Taken>& out) const {
    LayerHead const& head = layer_head(layer);
    Spread const spread(head);
    char const* const bucket = at(head.buckets_at + number * bucket_size);
    if (!keys_->read_farthest(bucket, salt_, number)) return false;
    for (std::size_t slot = 0; slot < slots; ++slot) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, bucket + 6 * slot, 6);
        std::uint64_t const payload =
            bits >> head.remainder_bits ^ keys_->slot_mask(salt_, static_cast<std::size_t>(layer), number, slot);
        std::uint64_t const distance = payload & 15;
        if (distance == empty_distance || distance > number || number - distance >= head.buckets) continue;
        std::uint64_t const remainder = bits & ((1ull << head.remainder_bits) - 1);
        out.push_back({spread.hash_of({number - distance, remainder}), read_value(head, payload)});
    }
    return true;
}

bool Segment::verify_blocks(std::size_t layer, Section section) const {
    char block[list_block];
    Blocks const where = blocks(layer, section);
    for (std::uint64_t number = 0; number < where.count; ++number) {
        if (!read_block(layer, section, number, block)) return false;
    }
    return true;
}

bool Segment::verify_buckets(std::size_t layer) const {
    std::vector<Taken> taken;
    std::uint64_t const all = head_.layers[layer].buckets + tail_buckets;
    std::uint64_t seen = 0;
    for (std::uint64_t number = 0; number < all; ++number) {
        taken.clear();
        if (!read_bucket(static_cast<Layer>(layer), number, taken)) return false;
        seen += taken.size();
    }
    return seen == head_.layers[layer].grams;
}

bool Segment::verify_filter(std::size_t layer) const {
    FilterHead const& head = head_.filters[layer];
    for (std::uint64_t number = 0; number < head.blocks; ++number) {
        if (!GramFilter::is_whole(*keys_, at(head.at + number * GramFilter::block_size), salt_, layer, number)) return false;
    }
    return true;
}

std::string Segment::verify() const {
    for (std::size_t layer = 0; layer < layer_count; ++layer) {
        if (!verify_blocks(layer, Section::positions)) return "bytes of its positions were changed";
        if (!verify_blocks(layer, Section::letters)) return "bytes of its letters were changed";
        if (!verify_blocks(layer, Section::lists)) return "bytes of its lists were changed";
        if (!verify_buckets(layer)) return "bytes of its grams were changed";
        if (!verify_filter(layer)) return "bytes of its filter were changed";
    }
    if (!verify_blocks(0, Section::directory)) return "bytes of its directory were changed";
    for (std::uint32_t document = 0; document < head_.documents; ++document) {
        if (!record(document)) return "bytes of a document's record were changed";
    }
    return {};
}

}  // namespace keepmum
