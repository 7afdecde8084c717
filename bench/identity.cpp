// What the identity detectors find where there is nothing to find: random strings, and folders of
// ordinary documents.
//
//   bench_identity random [COUNT]        certain and likely findings per random string, by length
//   bench_identity tune|test FOLDER [-v] findings per MB in one half of the files, by rule
//
// The halves are drawn by a hash of the file's path inside the folder: rules are tuned on one half,
// the claim is made on the other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "detect/registry.h"
#include "match/matcher.h"

namespace keepmum {
namespace {

namespace fs = std::filesystem;

struct Counts {
    std::size_t by[3] = {};
    void add(Certainty certainty) { ++by[static_cast<std::size_t>(certainty)]; }
};

struct Bench {
    std::vector<std::unique_ptr<Detector>> owned;
    std::vector<Detector const*> all;
    bool verbose = false;
    std::map<std::string, Counts> by_rule;
    Counts total;
};

class Run final : public Visitor, public Sink {
  public:
    Run(Bench& bench, Evidence const& evidence, std::string_view text, std::string_view name)
        : bench_(bench), evidence_(evidence), text_(text), name_(name) {}
    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        rule_ = bench_.all[detector]->rule().id;
        bench_.all[detector]->examine({evidence_, text_, candidates}, *this);
    }
    void found(Finding finding) override {
        bench_.by_rule[rule_].add(finding.certainty);
        bench_.total.add(finding.certainty);
        if (!bench_.verbose || finding.certainty == Certainty::hint) return;
        std::size_t const from = finding.span.begin > 60 ? finding.span.begin - 60 : 0;
        std::string line(text_.substr(from, finding.span.end + 30 - from));
        for (char& c : line) {
            if (static_cast<unsigned char>(c) < ' ') c = ' ';
        }
        std::printf("%s %s %.*s: %s [%s]\n", std::string(word(finding.certainty)).c_str(), rule_.c_str(),
            int(name_.size()),
                    name_.data(), line.c_str(), finding.reasons.back().c_str());
    }
    void gap(Gap) override {}

  private:
    Bench& bench_;
    Evidence const& evidence_;
    std::string_view text_, name_;
    std::string rule_;
};

Bench make_bench() {
    Bench bench;
    for (DetectorRow const& row : detectors()) {
        if (!row.about->id.starts_with("identity.")) continue;
        bench.owned.push_back(row.make());
        bench.all.push_back(bench.owned.back().get());
    }
    return bench;
}

void scan(Bench& bench, Matcher const& matcher, Matcher::Scratch& scratch, std::string_view text,
    std::string_view name) {
    Evidence evidence;
    evidence.kind = Kind::text;
    Run run(bench, evidence, text, name);
    if (!matcher.scan(text, scratch, run)) std::printf("%.*s: not scanned\n", int(name.size()), name.data());
}

void print(Bench const& bench, double per, char const* unit) {
    for (auto const& [rule, counts] : bench.by_rule) {
        std::printf("  %-34s certain %7zu  likely %7zu  hint %7zu\n", rule.c_str(), counts.by[2],
            counts.by[1], counts.by[0]);
    }
    std::printf("all: certain %zu (%.2g a %s), likely %zu (%.2g a %s), hint %zu (%.2g a %s)\n",
        bench.total.by[2],
                bench.total.by[2] / per, unit, bench.total.by[1], bench.total.by[1] / per, unit,
                    bench.total.by[0],
                bench.total.by[0] / per, unit);
}

int random_strings(Matcher const& matcher, Matcher::Scratch& scratch, std::size_t count) {
    std::mt19937_64 random(1);
    for (std::size_t length : {8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}) {
        for (bool letters : {false, true}) {
            Bench bench = make_bench();
            std::string text;
            for (std::size_t i = 0; i < count; ++i) {
                for (std::size_t j = 0; j < length; ++j) {
                    text += "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[random() % (letters ? 36 : 10)];
                }
                text += " ;\n";
                if (text.size() < 1000) continue;
                scan(bench, matcher, scratch, text, "");
                text.clear();
            }
            scan(bench, matcher, scratch, text, "");
            std::printf("%zu random %s of length %zu\n", count, letters ? "letters and digits" : "digits",
                length);
            print(bench, double(count), "string");
        }
    }
    return 0;
}

int folder(Matcher const& matcher, Matcher::Scratch& scratch, fs::path const& root, bool tune, bool verbose) {
    Bench bench = make_bench();
    bench.verbose = verbose;
    double bytes = 0, seconds = 0;
    std::size_t files = 0;
    for (auto const& entry : fs::recursive_directory_iterator(root,
        fs::directory_options::skip_permission_denied)) {
        if (!entry.is_regular_file() || entry.is_symlink()) continue;
        std::string const name = fs::relative(entry.path(), root).string();
        std::uint32_t hash = 2166136261u;
        for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
        if ((hash >> 16 & 1) != (tune ? 0u : 1u)) continue;
        std::ifstream stream(entry.path(), std::ios::binary);
        std::stringstream content;
        content << stream.rdbuf();
        std::string const text = content.str();
        if (!is_utf8(text) || text.find('\0') != std::string::npos) continue;
        auto const start = std::chrono::steady_clock::now();
        scan(bench, matcher, scratch, text, name);
        seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        bytes += double(text.size());
        ++files;
    }
    print(bench, bytes / 1e6, "MB");
    std::printf("%zu files, %.1f MB of text, %.0f MB/s\n", files, bytes / 1e6, bytes / 1e6 / seconds);
    return 0;
}

}  // namespace
}  // namespace keepmum

int main(int count, char** arguments) {
    using namespace keepmum;
    std::vector<std::string> words(arguments + 1, arguments + count);
    Bench const bench = make_bench();
    auto matcher = Matcher::build(bench.all);
    if (!matcher) return std::fprintf(stderr, "%s\n", matcher.error().what.c_str()), 2;
    auto scratch = matcher->make_scratch();
    if (words.size() >= 1 && words[0] == "random") {
        return random_strings(*matcher, *scratch, words.size() > 1 ? std::stoul(words[1]) : 1'000'000);
    }
    if (words.size() >= 2 && (words[0] == "tune" || words[0] == "test")) {
        return folder(*matcher, *scratch, words[1], words[0] == "tune", words.size() > 2);
    }
    std::fprintf(stderr, "usage: bench_identity random [COUNT] | tune|test FOLDER [-v]\n");
    return 2;
}
