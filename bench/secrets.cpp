// Which secrets are found in a folder, by the detectors alone, line by line: for recall on folders
// whose secrets are known, and for false findings in code that holds none.
//
//   bench_secrets [--pack FILE]… [--quiet] FOLDER…
//
// Prints "FILE:LINE rule certainty masked" for each finding (masked: first two bytes), a count a rule, the rules
// that cost most, and the time. Text is scanned as it stands; containers and encodings are the engine's work.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>

#include "base/utf8.h"
#include "detect/registry.h"
#include "io/file.h"
#include "match/matcher.h"
#include "packs/packs.h"

namespace keepmum {
namespace {

namespace fs = std::filesystem;

struct Row {
    std::size_t line;
    std::string rule, certainty, shown;
    Span span;
    bool generic;
};

class Collected final : public Sink {
  public:
    Collected(std::string_view text, std::vector<Row>& rows) : text_(text), rows_(rows) {}
    void begin(Detector const& detector) { detector_ = &detector; }
    void found(Finding finding) override {
        std::size_t const line =
            1 + static_cast<std::size_t>(std::count(
                    text_.begin(), text_.begin() + static_cast<std::ptrdiff_t>(finding.span.begin), '\n'));
        auto const& labels = detector_->rule().labels;
        bool const generic = std::find(labels.begin(), labels.end(), "generic") != labels.end();
        rows_.push_back(
            {line, detector_->rule().id, std::string(word(finding.certainty)),
             std::string(text_.substr(finding.span.begin, 2)) + "…" + std::to_string(finding.span.size()),
             finding.span, generic});
    }
    void gap(Gap) override {}

  private:
    std::string_view text_;
    std::vector<Row>& rows_;
    Detector const* detector_ = nullptr;
};

class Examine final : public Visitor {
  public:
    Examine(std::vector<Detector const*> const& detectors, Evidence const& evidence, std::string_view text,
            Collected& sink, std::vector<std::chrono::nanoseconds>& costs)
        : detectors_(detectors), evidence_(evidence), text_(text), sink_(sink), costs_(costs) {}
    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        sink_.begin(*detectors_[detector]);
        auto const start = std::chrono::steady_clock::now();
        detectors_[detector]->examine({evidence_, text_, candidates}, sink_);
        costs_[detector] += std::chrono::steady_clock::now() - start;
    }

  private:
    std::vector<Detector const*> const& detectors_;
    Evidence const& evidence_;
    std::string_view text_;
    Collected& sink_;
    std::vector<std::chrono::nanoseconds>& costs_;  // one a detector
};

// A generic finding that overlaps a specific one says nothing new; the engine does the same.
void drop_generic(std::vector<Row>& rows) {
    std::vector<Row> const all = rows;
    std::erase_if(rows, [&](Row const& row) {
        return row.generic && std::any_of(all.begin(), all.end(), [&](Row const& other) {
                   bool const stronger = !other.generic || (other.rule < row.rule && other.span == row.span);
                   return stronger && other.span.begin < row.span.end && row.span.begin < other.span.end;
               });
    });
}

int run(int count, char** arguments) {
    PackOptions options;
    std::vector<std::string> folders;
    bool quiet = false;
    for (int i = 1; i < count; ++i) {
        std::string const argument = arguments[i];
        if (argument == "--quiet") {
            quiet = true;
        } else if (argument == "--pack" && i + 1 < count) {
            auto text = read_file(arguments[++i]);
            if (!text) return std::fprintf(stderr, "%s: %s\n", arguments[i], text.error().what.c_str()), 2;
            options.texts.push_back({arguments[i], *text, PackLayer::shipped});
        } else {
            folders.push_back(argument);
        }
    }
    auto const set = load_packs(options);
    if (!set) return std::fprintf(stderr, "%s: %s\n", set.error().where.c_str(), set.error().what.c_str()), 2;
    std::vector<std::unique_ptr<Detector>> tree;
    std::vector<Detector const*> detectors = set->detectors();
    for (DetectorRow const& row : keepmum::detectors()) {
        if (!row.about->id.starts_with("secret.")) continue;
        tree.push_back(row.make());
        detectors.push_back(tree.back().get());
    }
    auto const matcher = Matcher::build(detectors);
    if (!matcher)
        return std::fprintf(stderr, "%s: %s\n", matcher.error().where.c_str(), matcher.error().what.c_str()),
               2;
    auto scratch = matcher->make_scratch();
    if (!scratch) return 2;
    std::map<std::string, std::size_t> rules;
    std::vector<std::chrono::nanoseconds> costs(detectors.size());
    std::size_t bytes = 0, files = 0, touched = 0;
    std::chrono::nanoseconds spent{};
    for (std::string const& folder : folders) {
        for (auto const& entry : fs::recursive_directory_iterator(folder)) {
            if (!entry.is_regular_file() || entry.is_symlink()) continue;
            auto const text = read_file(entry.path().string());
            if (!text || !is_utf8(*text)) continue;
            Evidence evidence;
            evidence.kind = Kind::text;
            evidence.place.source = entry.path().string();
            std::vector<Row> rows;
            Collected sink(*text, rows);
            Examine visitor(detectors, evidence, *text, sink, costs);
            auto const start = std::chrono::steady_clock::now();
            if (!matcher->scan(*text, *scratch, visitor)) continue;
            spent += std::chrono::steady_clock::now() - start;
            drop_generic(rows);
            bytes += text->size();
            ++files;
            touched += !rows.empty();
            std::sort(rows.begin(), rows.end(), [](Row const& a, Row const& b) {
                return a.line != b.line ? a.line < b.line : a.rule < b.rule;
            });
            for (Row const& row : rows) {
                ++rules[row.rule + " " + row.certainty];
                if (!quiet)
                    std::printf("%s:%zu %s %s %s\n", evidence.place.source.c_str(), row.line,
                                row.rule.c_str(), row.certainty.c_str(), row.shown.c_str());
            }
        }
    }
    for (auto const& [rule, times] : rules) std::printf("%6zu %s\n", times, rule.c_str());
    for (std::size_t i = 0; i < costs.size(); ++i) {
        double const share =
            100.0 * static_cast<double>(costs[i].count()) / static_cast<double>(spent.count());
        if (share >= 1) std::printf("%5.1f%% of the time in %s\n", share, detectors[i]->rule().id.c_str());
    }
    double const seconds = std::chrono::duration<double>(spent).count();
    std::printf("%zu files, %zu bytes, %zu files with findings, %.3f s, %.0f MB/s\n", files, bytes, touched,
                seconds, static_cast<double>(bytes) / 1e6 / seconds);
    return 0;
}

}  // namespace
}  // namespace keepmum

int main(int count, char** arguments) { return keepmum::run(count, arguments); }
