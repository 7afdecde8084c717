// How long the PDF extractor takes, beside the floor: the same poppler laying out the same pages as
// pdftotext does, in this process, so that neither side pays for starting a program.
//
//   bench_pdf FOLDER…      prints one line a file and the sums; least of five runs
//
// The extractor does what the floor does and more: states of glyphs, objects, bytes, revisions. Files
// that only a clock ends are left out by a limit of two seconds on the floor.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <poppler/GlobalParams.h>
#include <poppler/PDFDoc.h>
#include <poppler/Stream.h>
#include <poppler/TextOutputDev.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "core/extractor.h"
#include "extract/registry.h"

namespace {

class Sink final : public keepmum::Outlet {
  public:
    void put(keepmum::Evidence evidence) override { bytes_ += evidence.size(); }
    void gap(keepmum::Gap) override {}
    void progress() override {}
    bool enough() const override { return false; }
    std::uint64_t allowance() const override { return 1u << 30; }

  private:
    std::uint64_t bytes_ = 0;
};

void count(void* total, char const*, int size) { *static_cast<long*>(total) += size; }

void lay_out(std::string const& bytes) {
    PDFDoc document(new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull)));
    long total = 0;
    TextOutputDev device(count, &total, false, 0, false);
    if (document.isOk()) {
        document.displayPages(&device, 1, document.getNumPages(), 72, 72, 0, true, false, false);
    }
}

void extract(std::string const& bytes) {
    keepmum::Evidence evidence;
    evidence.content = keepmum::Blob::adopt(nullptr, bytes);
    Sink sink;
    (void)keepmum::extractors_pdf()[0].instance()->extract(evidence, sink);
}

template <class Work>
double least_milliseconds(Work work) {
    double least = 1e9;
    for (int run = 0; run < 5; ++run) {
        auto const begin = std::chrono::steady_clock::now();
        work();
        std::chrono::duration<double, std::milli> const took = std::chrono::steady_clock::now() - begin;
        least = std::min(least, took.count());
    }
    return least;
}

}  // namespace

int main(int count, char** arguments) {
    double ours = 0, floor = 0;
    std::vector<double> ratios;
    keepmum::extractors_pdf();
    for (int i = 1; i < count; ++i) {
        for (auto const& entry : std::filesystem::recursive_directory_iterator(arguments[i])) {
            if (entry.path().extension() != ".pdf") continue;
            std::ifstream in(entry.path(), std::ios::binary);
            std::string const bytes{std::istreambuf_iterator<char>(in), {}};
            double const their_time = least_milliseconds([&] { lay_out(bytes); });
            double const our_time = least_milliseconds([&] { extract(bytes); });
            std::printf("%9.3f ms  %9.3f ms  %6.2f  %s\n", our_time, their_time, our_time / their_time,
                        entry.path().filename().c_str());
            ours += our_time;
            floor += their_time;
            ratios.push_back(our_time / their_time);
        }
    }
    if (ratios.empty()) return 2;
    std::sort(ratios.begin(), ratios.end());
    std::printf("sum %.1f ms, layout alone %.1f ms, ratio %.2f; median of the files' ratios %.2f\n", ours, floor,
                ours / floor, ratios[ratios.size() / 2]);
}
