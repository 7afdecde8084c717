// The register's claims about speed and size: how fast grams are selected, what a look-up costs beside a large
// register, how large a register is, and that opening it costs the same however large it is.
//
//   bench_index [-p PAGES[,PAGES…]] [-d DOCUMENTS] [-t FOLDER]
//
// PAGES are simulated: grams drawn evenly, as the key makes them, with positions and buckets as in earnest. DOCUMENTS of five
// pages (2,400 letters each) are really registered. Files go to FOLDER (/tmp) and are removed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "base/hash.h"
#include "index/ask.h"
#include "index/pieces.h"
#include "index/segment/segment.h"
#include "index/segment/segment_writer.h"

using namespace keepmum;

namespace {

double postings_a_page(Layer layer) {
    GramSetting const& setting = setting_of(layer);
    return 2400 * 2.0 / (setting.length - setting.part + 1);
}

// Time of this process on its core: what others do on a shared machine is not in it, but for the caches that they take.
double now() {
    timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Fast numbers that repeat from run to run.
struct Random {
    std::uint64_t state = 88172645463325252ull;
    std::uint64_t next() {
        state ^= state << 13, state ^= state >> 7, state ^= state << 17;
        return state * 0x9E3779B97F4A7C15ull;
    }
};

std::string made_text(Random& random, std::size_t letters) {
    std::string text;
    text.reserve(letters * 5 / 4);
    for (std::size_t i = 0, word = 4; i < letters; ++i) {
        std::uint64_t const number = random.next();
        text += static_cast<char>('a' + (number >> 32) % 26);
        if (--word == 0) {
            text += (number >> 16) % 90 == 0 ? '\n' : ' ';
            word = 2 + (number >> 8) % 8;
        }
    }
    return text;
}

template <class Work>
double best_of(int times, Work work) {
    double best = 1e9;
    for (int i = 0; i < times; ++i) {
        double const begin = now();
        work();
        best = std::min(best, now() - begin);
    }
    return best;
}

void measure_selection(RegisterKey const& key) {
    Random random;
    std::size_t const size = 16u << 20;
    std::string latin(size, '\0'), copy(size, '\0');
    for (char& c : latin) c = static_cast<char>('a' + (random.next() >> 32) % 26);
    std::u16string cjk(size / 2, u'\0');
    for (char16_t& c : cjk) c = static_cast<char16_t>(0x4E00 + (random.next() >> 32) % 4000);
    GramSelector const selector(key);
    std::vector<Gram> grams;
    grams.reserve(size);
    std::string const text = made_text(random, size);
    auto const line = [&](char const* what, double seconds, double bytes) {
        std::printf("  %-44s %8.0f MB/s\n", what, bytes / seconds / 1e6);
    };
    std::printf("selection, one core, best of 7\n");
    line("floor: memcpy of the same letters", best_of(7, [&] { std::memcpy(copy.data(), latin.data(), size); }), size);
    volatile std::uint64_t kept = 0;
    line("floor: xxh3 of the same letters", best_of(7, [&] { kept = kept + content_hash(latin).low; }), size);
    char const* const names[] = {"k20/s6 (Latin, plain)", "k12/s7 (Latin, loose)", "k8/s2 (Chinese, plain), of 2-byte letters",
                                 "k5/s2 (Chinese, loose), of 2-byte letters"};
    for (std::size_t layer = 0; layer < layer_count; ++layer) {
        line(names[layer], best_of(7, [&] {
            grams.clear();
            if (gram_settings[layer].stream == Stream::latin) selector.select(latin, static_cast<Layer>(layer), grams);
            else selector.select(cjk, static_cast<Layer>(layer), grams);
        }), size);
    }
    line("beside it: letters out of text", best_of(3, [&] {
        PieceWalk walk(text, selector);
        while (walk.next()) kept = kept + walk.letters().latin.letters.size();
    }), static_cast<double>(text.size()));
}

class EvenPostings final : public PostingSource {
  public:
    explicit EvenPostings(std::uint64_t count) : count_(count), step_(~0ull / count) {}
    std::uint64_t most() const override { return count_; }
    bool next(Posting& out) override {
        if (next_ == count_) return false;
        out = {next_ * step_ + random_.next() % step_, next_};
        ++next_;
        return true;
    }
    void rewind() override { next_ = 0; }

  private:
    std::uint64_t count_, step_, next_ = 0;
    Random random_;
};

bool write_simulated(std::string const& path, SegmentKeys const& keys, std::uint64_t pages, Layer filled) {
    auto const count = static_cast<std::uint64_t>(postings_a_page(filled) * static_cast<double>(pages));
    auto writer = SegmentWriter::create(path, keys);
    if (!writer) return false;
    for (std::size_t layer = 0; layer < layer_count; ++layer) {
        std::uint64_t const here = layer == static_cast<std::size_t>(filled) ? count : 1;
        std::string block(position_block, '\x77');
        for (std::uint64_t number = 0; number * positions_a_block < here; ++number) {
            std::uint32_t const head[2] = {0, 0};
            std::memcpy(block.data(), head, sizeof head);
            if (!writer->add_positions(block)) return false;
        }
        EvenPostings postings(here);
        if (Result<> const written = writer->add_grams(postings, 64); !written) {
            std::printf("  %s\n", written.error().what.c_str());
            return false;
        }
    }
    Record record;
    record.facts.id = 1;
    record.facts.letters = 1;
    return writer->add_record(record) && writer->finish(false);
}

void measure_look_up(RegisterKey const& key, std::vector<std::uint64_t> const& sizes, std::string const& folder, Layer layer) {
    GramSetting const& setting = setting_of(layer);
    std::printf("look-up of text that is not in the register (k%u/s%u), per MB of letters, best of 5\n", setting.length, setting.part);
    Random random;
    std::size_t const megabytes = 8;
    GramSelector const selector(key);
    std::vector<Gram> grams;
    for (std::uint64_t pages : sizes) {
        std::string const path = folder + "/bench_index-" + std::to_string(getpid());
        auto const keys = std::make_shared<SegmentKeys const>(key);
        double const began = now();
        if (!write_simulated(path, *keys, pages, layer)) {
            std::printf("  %llu pages: cannot be written\n", static_cast<unsigned long long>(pages));
            return;
        }
        double const written = now() - began;
        auto const segment = Segment::open(path, keys);
        if (!segment) return;
        std::vector<Segment::Found> found;
        double best = 1e9;
        for (int round = 0; round < 5; ++round) {
            std::string letters(megabytes << 20, '\0');
            for (char& c : letters) c = static_cast<char>('a' + (random.next() >> 32) % 26);
            grams.clear();
            selector.select(letters, layer, grams);
            found.clear();
            double const begin = now();
            if (!(*segment)->look_up(layer, grams, found)) std::printf("  damaged?\n");
            best = std::min(best, now() - begin);
        }
        double const size = static_cast<double>((*segment)->head().size);
        std::printf("  %9llu pages, %6.2f GB (written in %3.0f s): %6.2f ms/MB, %5.1f million look-ups/s, %.3f %% false\n",
                    static_cast<unsigned long long>(pages), size / 1e9, written, best / megabytes * 1e3,
                    static_cast<double>(grams.size()) / best / 1e6,
                    100.0 * static_cast<double>(found.size()) / static_cast<double>(grams.size()));
        std::filesystem::remove(path);
    }
}

void measure_size(RegisterKey const& key, std::size_t documents, std::string const& folder) {
    std::string const path = folder + "/bench_index-register-" + std::to_string(getpid());
    std::printf("a register of documents of 5 pages of 2,400 letters, k20 and k8 alone\n");
    Random random;
    auto const open_time = [&] {
        return best_of(20, [&] { if (!Store::open(path, key)) std::abort(); }) * 1e6;
    };
    double const began = now();
    std::string example;
    double opened_small = 0;
    {
        auto writer = StoreWriter::open(path, key);
        if (!writer) return;
        for (std::size_t i = 0; i < documents; ++i) {
            DocumentFacts facts;
            facts.name = "Report on the trial of pump number " + std::to_string(i);
            facts.level = "secret";
            facts.added = "2026-01-02";
            DocumentText text;
            text.parts.push_back({"", Blob::take(made_text(random, 12'000)), {}});
            if (i == documents / 2) example = std::string(text.parts[0].text.view());
            if (auto const added = writer->add(facts, text, StoreWriter::Depth::plain); !added) {
                std::puts(added.error().what.c_str());
                return;
            }
            if (i == 99) {
                if (!writer->commit()) return;
                opened_small = open_time();
            }
        }
        if (!writer->commit()) return;
        for (auto merged = writer->merge(); merged && *merged;) merged = writer->merge();
    }
    double const seconds = now() - began;
    auto const store = Store::open(path, key);
    if (!store) return;
    StoreStats const stats = (*store)->stats();
    double const each = static_cast<double>(stats.bytes) / static_cast<double>(documents);
    std::printf("  %zu documents: %.3f GB in %llu segments, %.0f bytes a document, %.0f a page; added in %.0f s (%.1f ms each)\n",
                documents,
                static_cast<double>(stats.bytes) / 1e9, static_cast<unsigned long long>(stats.segments), each, each / 5, seconds,
                seconds / static_cast<double>(documents) * 1e3);
    std::printf("  the line to 1,000,000 documents: %.2f GB\n", each * 1e6 / 1e9);
    std::printf("  opening it: %.0f µs with 100 documents, %.0f µs with %zu\n", opened_small, open_time(), documents);
    Thresholds const thresholds;
    std::string const clean = made_text(random, 4u << 20);
    double const asked = best_of(5, [&] {
        Question question(**store, thresholds);
        question.add(clean);
        if (!question.answer().empty()) std::puts("  a false one");
    });
    std::printf("  a clean text asked, all in all: %.1f ms/MB of letters\n", asked * 1e3 / 4);
    Question question(**store, thresholds);
    question.add(example.substr(5000, 300));
    std::printf("  a quote of 300 bytes: %zu document\n", question.answer().size());
    std::filesystem::remove_all(path);
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::uint64_t> pages = {10'000, 100'000, 1'000'000};
    std::size_t documents = 10'000;
    std::string folder = "/tmp";
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::string(argv[i]) == "-p") {
            pages.clear();
            for (char* word = std::strtok(argv[i + 1], ","); word; word = std::strtok(nullptr, ",")) {
                pages.push_back(std::strtoull(word, nullptr, 10));
            }
        }
        if (std::string(argv[i]) == "-d") documents = std::strtoull(argv[i + 1], nullptr, 10);
        if (std::string(argv[i]) == "-t") folder = argv[i + 1];
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    RegisterKey const key = RegisterKey::draw();
    measure_selection(key);
    for (Layer const layer : {Layer::latin_plain, Layer::latin_loose}) measure_look_up(key, pages, folder, layer);
    if (documents > 0) measure_size(key, documents, folder);
}
