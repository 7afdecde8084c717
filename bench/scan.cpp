// How fast a text is searched for everything that we know, beside what it is measured against in
// the same run: counting line feeds with memchr (the floor), and the usual shape of a secret
// scanner (keywords, then each rule's expression over the whole file). Then texts made to hurt.
//
//   bench_scan [-m MEGABYTES] [-r RULES.toml]… [-o NAME] [-s SEED] [-d] PATH…
//
// The shipped pack is always among the rules. Beside the usual shape the same rules stand on both sides: those
// imported with -r, which all have keywords, as in gitleaks and its kin. That side gets its
// keywords from our fast search of all of them at once and its expressions from RE2, and only counts what
// it finds; ours confirms, weighs and validates as well.
//
// -s gives other texts made to hurt, of the same kinds: what was tuned on some is reported on others.
// -o measures only the lines whose name holds NAME (for a profiler); the floor is always taken. -d tells instead what
// each detector takes of "everything" and how many candidates it had, the dearest first; with -o, of the texts made to hurt
// that are named so.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <unistd.h>

#include "detect/registry.h"
#include "engine/examine.h"
#include "engine/setup.h"
#include "format/text/decode.h"
#include "hostile/texts.h"
#include "io/folders.h"
#include "match/regex.h"
#include "match/encoded.h"
#include "match/matcher.h"
#include "packs/packs.h"

namespace keepmum {
namespace {

double now() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

// Seconds of the fastest of a few runs.
template <class Work>
double fastest(Work const& work, int runs = 5) {
    double best = 1e9;
    for (int i = 0; i < runs; ++i) {
        double const start = now();
        work();
        best = std::min(best, now() - start);
    }
    return best;
}

class Counter final : public Sink {
  public:
    void found(Finding) override { ++findings, ++stated; }
    void gap(Gap) override {}
    bool enough() const override { return stated >= most_findings; }
    std::size_t findings = 0;
    std::size_t stated = 0;  // by the detector at work, in the text at hand
};

using Texts = std::vector<std::string>;

class Nothing final : public Visitor {
  public:
    void visit(std::size_t, std::span<Candidate const> list) override { candidates += list.size(); }
    std::size_t candidates = 0;
};

class Examining final : public Visitor {
  public:
    Examining(std::span<Detector const* const> detectors, std::string_view text, Counter& counter)
        : detectors_(detectors), text_(text), counter_(counter) {}
    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        counter_.stated = 0;
        detectors_[detector]->examine({evidence_, text_, candidates, &notes_}, counter_);
    }

  private:
    std::span<Detector const* const> detectors_;
    std::string_view text_;
    Counter& counter_;
    Evidence evidence_;
    std::unique_ptr<Notes> notes_;
};

// Takes the time of each detector.
class Timing final : public Visitor {
  public:
    struct Cost {
        double seconds = 0;
        std::size_t candidates = 0;
    };
    Timing(Visitor& visitor, std::vector<Cost>& costs) : visitor_(visitor), costs_(costs) {}
    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        double const start = now();
        visitor_.visit(detector, candidates);
        costs_[detector].seconds += now() - start;
        costs_[detector].candidates += candidates.size();
    }

  private:
    Visitor& visitor_;
    std::vector<Cost>& costs_;
};

// Stands for a rule in the usual shape: called with the whole text where a keyword occurs.
class ByKeyword final : public Detector {
  public:
    explicit ByKeyword(PackRule const& rule) : regex_(Regex::compile(rule.regex).value()) {
        triggers_.push_back({.what = Trigger::What::always});
        for (std::string const& word : rule.keywords) triggers_.push_back({.what = Trigger::What::gate, .text = word});
    }
    Rule const& rule() const override { return rule_; }
    std::span<Trigger const> triggers() const override { return triggers_; }
    void examine(Reading const& reading, Sink& sink) const override {
        std::vector<Span> groups(static_cast<std::size_t>(regex_.group_count()) + 1);
        std::uint64_t const size = reading.text.size();
        for (std::uint64_t at = 0; at < size && regex_.find(reading.text, at, size, groups);) {
            at = std::max(groups[0].end, at + 1);
            sink.found({});
        }
    }

  private:
    Rule rule_;
    std::vector<Trigger> triggers_;
    Regex regex_;
};

bool is_imported(PackRule const& rule) {
    return std::find(rule.rule.labels.begin(), rule.rule.labels.end(), "imported") != rule.rule.labels.end();
}

struct Search {
    std::vector<Detector const*> detectors;
    Matcher matcher;
    Matcher::Scratch scratch;
};

[[noreturn]] void stop(Error const& error) {
    std::fprintf(stderr, "bench_scan: %s %s\n", error.what.c_str(), error.where.c_str());
    std::exit(2);
}

template <class T>
T need(Result<T> result) {
    if (!result) stop(result.error());
    return std::move(*result);
}

Search make_search(std::vector<Detector const*> detectors) {
    Matcher matcher = need(Matcher::build(detectors));
    Matcher::Scratch scratch = need(matcher.make_scratch());
    return {std::move(detectors), std::move(matcher), std::move(scratch)};
}

std::size_t nominate(Search& search, Texts const& texts) {
    Nothing nothing;
    for (std::string const& text : texts) {
        if (auto done = search.matcher.scan(text, search.scratch, nothing); !done) stop(done.error());
    }
    return nothing.candidates;
}

std::size_t examine(Search& search, Texts const& texts) {
    Counter counter;
    for (std::string const& text : texts) {
        Examining examining(search.detectors, text, counter);
        if (auto done = search.matcher.scan(text, search.scratch, examining); !done) stop(done.error());
    }
    return counter.findings;
}

double megabytes(Texts const& texts) {
    double bytes = 0;
    for (std::string const& text : texts) bytes += static_cast<double>(text.size());
    return bytes / 1e6;
}

void print_detectors(Search& search, Texts const& texts, int rounds) {
    std::vector<Timing::Cost> costs(search.detectors.size());
    Counter counter;
    double whole = 0;
    (void)examine(search, texts);
    for (int round = 0; round < rounds; ++round) {
        for (std::string const& text : texts) {
            Examining examining(search.detectors, text, counter);
            Timing timing(examining, costs);
            double const start = now();
            if (auto done = search.matcher.scan(text, search.scratch, timing); !done) stop(done.error());
            whole += now() - start;
        }
    }
    double const megabyte = megabytes(texts) * rounds;
    double examined = 0;
    std::vector<std::size_t> dearest;
    for (std::size_t i = 0; i < costs.size(); ++i) {
        dearest.push_back(i);
        examined += costs[i].seconds;
    }
    std::sort(dearest.begin(), dearest.end(), [&](auto a, auto b) { return costs[a].seconds > costs[b].seconds; });
    std::printf("ms/MB: the search %.3f, all detectors %.3f\n", (whole - examined) / megabyte * 1e3, examined / megabyte * 1e3);
    for (std::size_t i = 0; i < std::min<std::size_t>(dearest.size(), 24); ++i) {
        Timing::Cost const& cost = costs[dearest[i]];
        std::printf("%8.3f  %8.0f candidates a MB  %s\n", cost.seconds / megabyte * 1e3,
                    static_cast<double>(cost.candidates) / megabyte, search.detectors[dearest[i]]->rule().id.c_str());
    }
}

std::size_t count_lines(Texts const& texts) {
    std::size_t count = 0;
    for (std::string const& text : texts) {
        char const* at = text.data();
        char const* const end = at + text.size();
        while ((at = static_cast<char const*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at))))) ++at, ++count;
    }
    return count;
}

std::string read_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Texts read_corpus(std::vector<std::string> const& paths, std::size_t most) {
    std::vector<std::filesystem::path> files;
    for (std::string const& path : paths) {
        if (std::filesystem::is_regular_file(path)) files.push_back(path);
        if (!std::filesystem::is_directory(path)) continue;
        for (auto const& one : std::filesystem::recursive_directory_iterator(path)) {
            if (one.is_regular_file() && !one.is_symlink()) files.push_back(one.path());
        }
    }
    std::sort(files.begin(), files.end());
    Texts texts;
    std::size_t total = 0;
    for (auto const& file : files) {
        if (total >= most) break;
        std::string text = read_file(file);
        if (text.find('\0') != text.npos) continue;
        total += text.size();
        texts.push_back(std::move(text));
    }
    return texts;
}

// The way of the product: a text as it stands, its canonical view and what is encoded in it.
class Product {
  public:
    explicit Product(std::vector<std::string> packs)
        : home_(std::filesystem::temp_directory_path() / ("bench_scan." + std::to_string(getpid()))),
          setup_(need(make_setup(find_folders(home_), {.packs = std::move(packs)}))),
          scratch_(need(setup_->matcher.make_scratch())) {}
    ~Product() { std::filesystem::remove_all(home_); }
    std::size_t examine(std::vector<Evidence> const& texts) {
        std::size_t findings = 0;
        for (Evidence const& text : texts) findings += keepmum::examine(*setup_, scratch_, text).findings.size();
        return findings;
    }
    static std::vector<Evidence> evidence_of(Texts const& texts) {
        std::vector<Evidence> all(texts.size());
        for (std::size_t i = 0; i < texts.size(); ++i) all[i].content = Blob::copy(texts[i]);
        return all;
    }

  private:
    std::filesystem::path home_;
    std::unique_ptr<Setup> setup_;
    Matcher::Scratch scratch_;
};

std::vector<std::string> keywords_of(PackSet const& packs) {
    std::vector<std::string> words;
    for (PackRule const* rule : packs.list()) words.insert(words.end(), rule->keywords.begin(), rule->keywords.end());
    return words;
}

void print_speed(char const* what, double seconds, double size, double floor, std::size_t count) {
    std::printf("%-34s %8.0f MB/s  %6.3f of the floor  (%zu)\n", what, size / seconds, floor / seconds, count);
}

struct Options {
    std::size_t most = 64 << 20;
    std::string only;
    PackOptions packs;
    std::vector<std::string> pack_files;
    bool by_detector = false;
    std::uint32_t seed = 1;
    bool wants(std::string_view name) const { return name.find(only) != name.npos; }
    std::vector<std::string> paths;
};

Options read_options(int count, char** words) {
    Options options;
    std::string const shipped = KEEPMUM_SOURCE "/packs/credentials.toml";
    options.packs.texts.push_back({shipped, read_file(shipped), PackLayer::shipped});
    for (int i = 1; i < count; ++i) {
        std::string const word = words[i];
        if (word == "-d") {
            options.by_detector = true;
        } else if (word == "-m" && i + 1 < count) {
            options.most = std::strtoull(words[++i], nullptr, 10) << 20;
        } else if (word == "-s" && i + 1 < count) {
            options.seed = static_cast<std::uint32_t>(std::strtoul(words[++i], nullptr, 10));
        } else if (word == "-o" && i + 1 < count) {
            options.only = words[++i];
        } else if (word == "-r" && i + 1 < count) {
            std::string const file = words[++i];
            options.pack_files.push_back(file);
            options.packs.texts.push_back({file, read_file(file), PackLayer::local});
        } else {
            options.paths.push_back(word);
        }
    }
    return options;
}

Texts hostile_texts(Options const& options, PackSet const& packs, std::size_t size) {
    Texts texts;
    for (std::string const& kind : hostile_kinds()) {
        if (options.wants(kind)) texts.push_back(make_hostile_text(kind, size, keywords_of(packs), options.seed));
    }
    return texts;
}

int run(Options const& options) {
    Texts const texts = read_corpus(options.paths, options.most);
    double const size = megabytes(texts);
    PackSet const packs = need(load_packs(options.packs));
    std::vector<std::unique_ptr<Detector>> owned;
    std::vector<Detector const*> ours = packs.detectors(), imported, usual, of_numbers;
    for (DetectorRow const& row : detectors()) {
        ours.push_back(owned.emplace_back(row.make()).get());
        bool const number = row.about->triggers[0].what == Trigger::What::code;
        if (number) of_numbers.push_back(ours.back());
    }
    for (Detector const* rule : packs.detectors()) {
        PackRule const& pack_rule = static_cast<RuleDetector const*>(rule)->pack_rule();
        if (pack_rule.regex.empty() || !is_imported(pack_rule)) continue;
        imported.push_back(rule);
        usual.push_back(owned.emplace_back(new ByKeyword(pack_rule)).get());
    }
    double const build_start = now();
    Search everything = make_search(ours);
    double const built = now() - build_start;
    Search rules = make_search(packs.detectors()), numbers = make_search(of_numbers);
    std::printf("%zu texts, %.1f MB; %zu detectors, of them %zu rules; compiled in %.2f s\n", texts.size(), size,
                ours.size(), usual.size(), built);
    if (options.by_detector) {
        bool const hostile = !options.only.empty();
        print_detectors(everything, hostile ? hostile_texts(options, packs, 256 << 10) : texts, hostile ? 1 : 10);
        return 0;
    }

    std::size_t count = 0;
    double const floor = fastest([&] { count = count_lines(texts); });
    print_speed("line feeds counted (the floor)", floor, size, floor, count);
    constexpr int profiled = 40;  // runs of the one thing that a profiler is to see
    // The floor is taken anew in turn with each round: a machine that others use changes its speed within seconds.
    auto const measure = [&](char const* name, auto const& work, int runs = 15) {
        if (!options.wants(name)) return 1e9;
        double seconds = 1e9, beside = 1e9;
        std::size_t volatile lines = 0;  // or the count is left out
        for (int round = 0; round < (options.only.empty() ? runs : profiled); ++round) {
            beside = std::min(beside, fastest([&] { lines = count_lines(texts); }, 1));
            seconds = std::min(seconds, fastest([&] { count = work(); }, 1));
        }
        print_speed(name, seconds, size, beside, count);
        return seconds;
    };
    measure("encoded runs found", [&] {
        std::size_t runs = 0;
        for (std::string const& text : texts) runs += find_encoded(text).size();
        return runs;
    });
    measure("encoded runs found and undone", [&] {
        std::size_t undone = 0;
        for (std::string const& text : texts) {
            for (EncodedRun const& one : find_encoded(text)) undone += decode_run(text, one).has_value();
        }
        return undone;
    });
    measure("rules nominated", [&] { return nominate(rules, texts); });
    measure("rules nominated and confirmed", [&] { return examine(rules, texts); });
    measure("numbers nominated", [&] { return nominate(numbers, texts); });
    measure("numbers, with validators", [&] { return examine(numbers, texts); });
    measure("everything nominated", [&] { return nominate(everything, texts); });
    double const all = measure("everything, with validators", [&] { return examine(everything, texts); });
    if (options.only.empty() || options.wants("the product")) {
        Product product(options.pack_files);
        std::vector<Evidence> const evidence = Product::evidence_of(texts);
        measure("the product: all views, decoding", [&] { return product.examine(evidence); });
    }
    if (options.only.empty()) {
        Search by_keyword = make_search(usual), imported_rules = make_search(imported);
        double const theirs = measure("imported rules, keyword, whole file", [&] { return examine(by_keyword, texts); }, 5);
        double const here = measure("imported rules, confirmed", [&] { return examine(imported_rules, texts); });
        std::printf("the same rules: %.1f times as fast as the usual shape; everything: %.1f\n", theirs / here, theirs / all);
    }

    std::printf("\n%-34s %31s %23s\n", "hostile texts, of 64 KB, 1 and 8 MB", "ms/MB", "times normal");
    for (std::string const& kind : hostile_kinds()) {
        if (!options.wants(kind)) continue;
        std::array<double, 3> cost{}, ratio{};
        for (std::size_t size_of = 0; size_of < cost.size(); ++size_of) {
            std::size_t const wanted = std::size_t{64 << 10} << (size_of == 0 ? 0 : 1 + 3 * size_of);
            Texts const one{make_hostile_text(kind, wanted, keywords_of(packs), options.seed)};
            double seconds = 1e9, beside = 1e9, spent = 0;
            for (int round = 0; round < 5 && spent < 2; ++round) {  // in turn, for the same reason
                beside = std::min(beside, fastest([&] { examine(everything, texts); }, 1));
                double const took = fastest([&] { count = examine(everything, one); }, 1);
                seconds = std::min(seconds, took);
                spent += took;
            }
            cost[size_of] = seconds / megabytes(one);
            ratio[size_of] = cost[size_of] / (beside / size);
        }
        std::printf("%-34s %9.2f %10.2f %10.2f %7.1f %7.1f %7.1f  (%zu)\n", kind.c_str(), cost[0] * 1e3, cost[1] * 1e3,
                    cost[2] * 1e3, ratio[0], ratio[1], ratio[2], count);
    }
    return 0;
}

}  // namespace
}  // namespace keepmum

int main(int count, char** words) { return keepmum::run(keepmum::read_options(count, words)); }
