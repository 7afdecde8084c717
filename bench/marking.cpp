// What the marking detectors find in folders of ordinary text files, where there is nothing to find.
//
//   bench_marking tune|test FOLDER [-v]    findings per MB in one half of the files, by rule and certainty
//
// The halves are drawn by a hash of the file's path inside the folder: weights are tuned on one half,
// the claim is made on the other. -v prints each finding in its line, hints too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "base/utf8.h"
#include "detect/registry.h"
#include "match/matcher.h"

namespace keepmum {
namespace {

namespace fs = std::filesystem;

struct Tally {
    std::map<std::string, std::size_t> by_rule;  // "marking.us classified likely"
    std::size_t by_certainty[3] = {};
    bool verbose = false;
};

class Run final : public Visitor, public Sink {
  public:
    Run(Tally& tally, std::vector<Detector const*> const& all, Evidence const& evidence, std::string_view text, std::string const& name)
        : tally_(tally), all_(all), evidence_(evidence), text_(text), name_(name) {}
    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        rule_ = all_[detector]->rule().id;
        all_[detector]->examine({evidence_, text_, candidates}, *this);
    }
    void found(Finding finding) override {
        std::string const certainty(word(finding.certainty));
        ++tally_.by_rule[rule_ + " " + (finding.labels.empty() ? "" : finding.labels[0]) + " " + certainty];
        ++tally_.by_certainty[static_cast<std::size_t>(finding.certainty)];
        if (!tally_.verbose) return;
        std::size_t const from = text_.rfind('\n', finding.span.begin) + 1;
        std::string const line(text_.substr(from, std::min<std::size_t>(text_.find('\n', finding.span.end) - from, 160)));
        std::printf("%s %s %s: %s\n", certainty.c_str(), rule_.c_str(), name_.c_str(), line.c_str());
    }
    void gap(Gap) override {}

  private:
    Tally& tally_;
    std::vector<Detector const*> const& all_;
    Evidence const& evidence_;
    std::string_view text_;
    std::string const& name_;
    std::string rule_;
};

std::uint32_t hash_of(std::string_view name) {
    std::uint32_t hash = 2166136261u;
    for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash >> 16;
}

std::string read_text(fs::path const& path) {
    std::ifstream stream(path, std::ios::binary);
    std::stringstream content;
    content << stream.rdbuf();
    std::string text = content.str();
    return is_utf8(text) && text.find('\0') == std::string::npos ? text : std::string();
}

int run(fs::path const& root, bool tune, bool verbose) {
    std::vector<std::unique_ptr<Detector>> owned;
    std::vector<Detector const*> all;
    for (DetectorRow const& row : detectors()) {
        if (!row.about->id.starts_with("marking.")) continue;
        owned.push_back(row.make());
        all.push_back(owned.back().get());
    }
    auto matcher = Matcher::build(all);
    if (!matcher) return std::fprintf(stderr, "%s\n", matcher.error().what.c_str()), 2;
    auto scratch = matcher->make_scratch();
    Tally tally;
    tally.verbose = verbose;
    double bytes = 0, seconds = 0;
    std::size_t files = 0;
    for (auto const& entry : fs::recursive_directory_iterator(root, fs::directory_options::skip_permission_denied)) {
        if (!entry.is_regular_file() || entry.is_symlink()) continue;
        std::string const name = fs::relative(entry.path(), root).string();
        if ((hash_of(name) & 1) != (tune ? 0u : 1u)) continue;
        std::string const text = read_text(entry.path());
        Evidence evidence;
        evidence.kind = Kind::text;
        auto const start = std::chrono::steady_clock::now();
        Run visitor(tally, all, evidence, text, name);
        if (!matcher->scan(text, *scratch, visitor)) std::printf("%s: not scanned\n", name.c_str());
        seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        bytes += double(text.size());
        ++files;
    }
    for (auto const& [rule, count] : tally.by_rule) std::printf("  %-44s %6zu\n", rule.c_str(), count);
    double const megabytes = bytes / 1e6;
    std::printf("certain %.3f, likely %.3f, hint %.3f a MB; %zu files, %.1f MB, %.0f MB/s\n", tally.by_certainty[2] / megabytes,
                tally.by_certainty[1] / megabytes, tally.by_certainty[0] / megabytes, files, megabytes, megabytes / seconds);
    return 0;
}

}  // namespace
}  // namespace keepmum

int main(int count, char** arguments) {
    std::vector<std::string> const words(arguments + 1, arguments + count);
    if (words.size() < 2 || (words[0] != "tune" && words[0] != "test")) {
        std::fprintf(stderr, "usage: bench_marking tune|test FOLDER [-v]\n");
        return 2;
    }
    return keepmum::run(words[1], words[0] == "tune", words.size() > 2);
}
