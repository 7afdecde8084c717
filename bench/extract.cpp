// How long it takes to get all text out of documents when the extractors run in this process: no sandbox, no
// detectors, no report. bench/documents.py sets it beside a warm Tika server, which parses in its own process too.
//
//   bench_extract PATH…    reads each file twice, the second time by the clock; files lie in memory
//
// Embedded files are opened as the engine opens them: by content, every certain reader, each content once a file.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include "base/hash.h"
#include "core/extractor.h"
#include "extract/registry.h"

namespace {

using namespace keepmum;

struct Totals {
    std::uint64_t text = 0, parts = 0, embedded = 0, gaps = 0;
};

Extractor const* find_extractor(std::string_view id) {
    for (auto const family : {extractors_text, extractors_office, extractors_pdf, extractors_archive, extractors_mail,
                              extractors_database}) {
        for (ExtractorRow const& row : family()) {
            if (row.id == id) return row.instance();
        }
    }
    return nullptr;
}

// One file with all that it holds.
class Reading {
  public:
    explicit Reading(Totals& totals) : totals_(totals) {}

    void read(Evidence const& evidence, int depth);

  private:
    class Inner;
    static constexpr int deepest = 16;
    static constexpr std::size_t head_size = 64 * 1024;

    std::uint64_t attempt(FileType const& type, Evidence const& evidence, int depth);

    Totals& totals_;
    std::set<Hash128> known_;
    std::uint64_t left_ = 1ull << 30;  // unpacked bytes
};

class Reading::Inner final : public Outlet {
  public:
    Inner(Reading& reading, int depth) : reading_(reading), depth_(depth) {}
    void put(Evidence evidence) override {
        reading_.left_ -= std::min(reading_.left_, evidence.size());
        if (evidence.kind == Kind::bytes || evidence.kind == Kind::image) {
            ++reading_.totals_.embedded;
            reading_.read(evidence, depth_ + 1);
            return;
        }
        reading_.totals_.text += evidence.size();
        ++reading_.totals_.parts;
    }
    void gap(Gap) override { ++reading_.totals_.gaps; }
    void progress() override {}
    bool enough() const override { return reading_.left_ == 0; }
    std::uint64_t allowance() const override { return reading_.left_; }

  private:
    Reading& reading_;
    int depth_;
};

std::uint64_t Reading::attempt(FileType const& type, Evidence const& evidence, int depth) {
    Extractor const* const extractor = find_extractor(type.extractor);
    if (!extractor) {
        ++totals_.gaps;
        return 0;
    }
    Inner outlet(*this, depth);
    try {  // as a worker does: a library may throw at a broken file
        Result<Done> const done = extractor->extract(evidence, outlet);
        if (done) return done->read;
    } catch (std::exception const&) {
    }
    ++totals_.gaps;
    return 0;
}

void Reading::read(Evidence const& evidence, int depth) {
    if (evidence.large || evidence.size() == 0 || depth > deepest) return;
    if (!known_.insert(content_hash(evidence.content.view())).second) return;
    Blob const first = evidence.content.slice(0, head_size);
    Blob const last = evidence.content.slice(evidence.content.size() - std::min(evidence.content.size(), head_size));
    std::string_view const name = evidence.place.steps.empty() ? std::string_view(evidence.place.source)
                                                               : std::string_view(evidence.place.steps.back().name);
    Head const head{first.view(), last.view(), evidence.size(), name};
    std::vector<FileType const*> sure, maybe;
    for (FileType const& type : filetypes()) {
        Claim const claim = type.claims(head);
        if (claim == Claim::sure) sure.push_back(&type);
        if (claim == Claim::maybe) maybe.push_back(&type);
    }
    for (FileType const* type : sure) attempt(*type, evidence, depth);
    for (FileType const* type : maybe) {
        if (!sure.empty() || attempt(*type, evidence, depth) > 0) break;
    }
}

std::vector<Evidence> load(int count, char** arguments) {
    std::vector<Evidence> files;
    for (int i = 1; i < count; ++i) {
        for (auto const& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
            if (!entry.is_regular_file()) continue;
            std::ifstream in(entry.path(), std::ios::binary);
            Evidence file;
            file.place.source = entry.path().string();
            file.content = Blob::take(std::string{std::istreambuf_iterator<char>(in), {}});
            files.push_back(std::move(file));
        }
    }
    std::sort(files.begin(), files.end(),
              [](Evidence const& a, Evidence const& b) { return a.place.source < b.place.source; });
    return files;
}

double processor_seconds() {
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

}  // namespace

int main(int count, char** arguments) {
    std::vector<Evidence> const files = load(count, arguments);
    if (files.empty()) return 2;
    Totals totals;
    double seconds = 0, processor = 0;
    for (bool warm : {false, true}) {
        totals = {};
        auto const begin = std::chrono::steady_clock::now();
        double const before = processor_seconds();
        for (Evidence const& file : files) {
            Reading reading(totals);
            reading.read(file, 0);
        }
        processor = processor_seconds() - before;
        if (warm) seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }
    std::printf("%.4f s, %.4f s of processor time, %zu files, %llu texts of %llu bytes, %llu embedded files, %llu gaps\n",
                seconds, processor, files.size(), static_cast<unsigned long long>(totals.parts),
                static_cast<unsigned long long>(totals.text), static_cast<unsigned long long>(totals.embedded),
                static_cast<unsigned long long>(totals.gaps));
}
