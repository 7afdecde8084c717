// A segment of the register as it lies on the disk: whatever its bytes, it is refused or read without harm, and so are
// its records, which are tried without their encryption too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/segment/segment.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "index/manifest.h"
#include "index/store.h"

namespace {

using namespace keepmum;

// A register of one document made once; the input changes bytes of its segment: each four bytes a place and a value.
struct Made {
    RegisterKey key = RegisterKey::draw();
    std::shared_ptr<SegmentKeys const> keys = std::make_shared<SegmentKeys const>(key);
    std::string bytes;
    std::vector<Gram> grams;

    Made() {
        std::string folder = (std::filesystem::temp_directory_path() / "keepmum-fuzz-XXXXXX").string();
        if (!mkdtemp(folder.data())) std::abort();
        {
            auto writer = StoreWriter::open(folder, key);
            std::string text;
            for (int i = 0; i < 400; ++i) text += std::to_string(i * i * 7919) + (i % 9 == 0 ? "\n" : " ");
            DocumentText document;
            document.parts.push_back({"", Blob::copy(text), {}});
            if (!writer || !writer->add({}, document) || !writer->commit()) std::abort();
            GramSelector(key).select(normalise(text).latin.letters, Layer::latin_plain, grams);
            std::ifstream file((*Store::open(folder, key))->segments()[0]->path(), std::ios::binary);
            std::ostringstream all;
            all << file.rdbuf();
            bytes = all.str();
        }
        std::filesystem::remove_all(folder);
    }
};

void read_all(Segment const& segment, std::vector<Gram> const& grams) {
    std::vector<Segment::Found> found;
    bool good = segment.look_up(Layer::latin_plain, grams, found);
    BlockMemory memory;
    for (Segment::Found const& one : found) {
        std::vector<std::uint64_t> positions{one.value};
        if (one.is_list) good &= segment.read_list(Layer::latin_plain, one.value, 64, positions);
        for (std::uint64_t position : positions) {
            auto const where = segment.locate(Layer::latin_plain, position, memory);
            if (where) good &= segment.record(where->document).has_value();
        }
    }
    if (segment.verify().empty() && !good) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    static Made const made;
    std::string_view const input(reinterpret_cast<char const*>(data), size);
    std::string changed = made.bytes;
    for (std::size_t at = 0; at + 4 <= size; at += 4) {
        std::size_t const place = data[at] | data[at + 1] << 8 | data[at + 2] << 16;
        changed[header_size + place % (changed.size() - header_size)] ^= static_cast<char>(data[at + 3]);
    }
    if (auto const segment = Segment::open(Blob::take(std::move(changed)), made.keys)) read_all(**segment, made.grams);
    if (auto const segment = Segment::open(Blob::copy(input), made.keys)) read_all(**segment, made.grams);
    if (auto const record = read_record(input)) {
        // What reads is written back to something that reads the same.
        auto const again = read_record(print_record(*record));
        if (!again || again->passages.size() != record->passages.size()) std::abort();
        record->passage_at(Stream::latin, 7);
    }
    if (size >= 24) {
        std::string plain(input);
        plain.resize(head_plain);
        if (auto const head = read_head(plain)) {
            for (LayerHead const& layer : head->layers) {
                Spread const spread(layer);
                if (spread.spot(~0ull).home >= layer.buckets) std::abort();
            }
        }
    }
    if (auto const manifest = read_manifest(input, made.key, "manifest")) print_manifest(*manifest, made.key);
    return 0;
}
