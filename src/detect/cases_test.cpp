// Runs every detector's `.cases` through the real matcher and the naive one, and checks the registry.
//
// What is not marked must not be found, silence must be written down, and a case that expects
// silence must still have reached the detector. KEEPMUM_BLESS=1 rewrites the marks (tools/bless).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <map>
#include <set>
#include <sstream>

#include "detect/case_file_test.h"
#include "detect/nominator_test.h"
#include "detect/registry.h"
#include "match/matcher.h"

namespace keepmum::testing {
namespace {

namespace fs = std::filesystem;

// detect/FAMILY/[SHELF/]some_name.cases is the test of FAMILY.some-name.
std::map<std::string, fs::path> case_files() {
    std::map<std::string, fs::path> files;
    fs::path const root = fs::path(KEEPMUM_SOURCE) / "src" / "detect";
    for (auto const& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".cases") continue;
        std::string name = entry.path().stem().string();
        std::replace(name.begin(), name.end(), '_', '-');
        files[fs::relative(entry.path(), root).begin()->string() + "." + name] = entry.path();
    }
    return files;
}

std::string read_file(fs::path const& path) {
    std::ifstream stream(path, std::ios::binary);
    std::stringstream text;
    text << stream.rdbuf();
    return text.str();
}

class Catch final : public Sink {
  public:
    explicit Catch(std::string rule) : rule_(std::move(rule)) {}
    void found(Finding finding) override {
        Expected one{finding.span, finding.rule.empty() ? rule_ : finding.rule,
            std::string(word(finding.certainty)), {}};
        for (Fact const& fact : finding.facts) one.facts.push_back(fact.key + "=" + fact.value);
        for (std::string const& label : finding.labels) one.facts.push_back("label=" + label);
        std::sort(one.facts.begin(), one.facts.end());
        if (finding.reasons.empty()) without_reason = true;
        all.push_back(std::move(one));
    }
    void gap(Gap) override {}
    std::vector<Expected> all;
    bool without_reason = false;

  private:
    std::string rule_;
};

struct Outcome {
    std::vector<Expected> found;
    bool nominated = false;
    bool of_wrong_form = false;  // not nominated for its CodeForm alone
    bool without_reason = false;
};

enum class Blind { no, yes };
enum class Nominator { real, naive };

class Examine final : public Visitor {
  public:
    Examine(Detector const& detector, Evidence const& evidence, std::string_view text, Blind blind, Sink& sink)
        : detector_(detector), evidence_(evidence), text_(text), blind_(blind), sink_(sink) {}
    void visit(std::size_t, std::span<Candidate const> candidates) override {
        nominated = true;
        if (blind_ == Blind::no) detector_.examine({evidence_, text_, candidates}, sink_);
    }
    bool nominated = false;

  private:
    Detector const& detector_;
    Evidence const& evidence_;
    std::string_view text_;
    Blind blind_;
    Sink& sink_;
};

// Runs one detector, or with Blind::yes one that finds nothing, over a case behind `junk`.
Outcome run(Detector const& detector, Case const& one, std::string const& junk, Blind blind,
            Nominator nominator = Nominator::real) {
    std::string const text = junk + one.text;
    Evidence const evidence = evidence_of(one, text);
    Catch sink(detector.rule().id);
    Examine examine(detector, evidence, text, blind, sink);
    if (nominator == Nominator::naive) {
        Nominated const nominated = nominate(detector.triggers(), text);
        if (!nominated.candidates.empty()) examine.visit(0, nominated.candidates);
    } else {
        Detector const* const all[] = {&detector};
        auto matcher = Matcher::build(all);
        auto scratch = matcher->make_scratch();
        EXPECT_TRUE(matcher->scan(text, *scratch, examine));
    }
    for (Expected& found : sink.all) {
        found.span.begin -= junk.size();
        found.span.end -= junk.size();
    }
    std::sort(sink.all.begin(), sink.all.end(),
              [](Expected const& a, Expected const& b) { return a.span.begin < b.span.begin; });
    bool const of_wrong_form = !examine.nominated && !nominate(detector.triggers(), text).candidates.empty();
    return {std::move(sink.all), examine.nominated, of_wrong_form, sink.without_reason};
}

std::string show(std::vector<Expected> const& all, std::string const& text) {
    std::string out;
    for (Expected const& one : all) {
        out += "\n    '" + text.substr(one.span.begin, one.span.size()) + "' " + one.rule + " " + one.certainty;
        for (std::string const& fact : one.facts) out += "  " + fact;
    }
    return out.empty() ? " nothing" : out;
}

// What is wrong with `outcome`; "" where the case holds.
std::string judge(Case const& one, Outcome const& outcome) {
    if (outcome.found != one.expected) {
        return "expected" + show(one.expected, one.text) + "\n  found" + show(outcome.found, one.text);
    }
    if (outcome.without_reason) return "a finding without reasons";
    if (!one.expected.empty()) return {};
    if (one.silence == Silence::none) return "no mark: write -- nothing";
    if (one.silence == Silence::nothing && !outcome.nominated &&
        !outcome.of_wrong_form) return "nothing found because nothing ran: -- not nominated";
    if (one.silence == Silence::not_nominated &&
        outcome.nominated) return "was nominated after all: -- nothing";
    return {};
}

class Cases : public ::testing::TestWithParam<DetectorRow const*> {};

TEST_P(Cases, Hold) {
    About const& about = *GetParam()->about;
    auto const files = case_files();
    auto const file = files.find(std::string(about.id));
    ASSERT_NE(file, files.end()) << about.id << " has no .cases file";
    std::string const text = read_file(file->second);
    auto const cases = parse_cases(text);
    ASSERT_TRUE(cases) << file->second << ":" << cases.error().where << ": " << cases.error().what;
    auto const detector = GetParam()->make();
    if (std::getenv("KEEPMUM_BLESS")) {
        std::vector<std::vector<Expected>> found;
        for (Case const& one : *cases) found.push_back(run(*detector, one, "", Blind::no).found);
        std::ofstream(file->second, std::ios::binary) << bless_cases(text, *cases, found);
        return;
    }
    bool yes = false, no = false;
    std::string const junk = std::string(64, '~') + '\n';
    for (Case const& one : *cases) {
        std::string const where = file->second.string() + ":" + std::to_string(one.line) + ": " + one.title + ": ";
        std::string const fault = judge(one, run(*detector, one, "", Blind::no));
        EXPECT_EQ(fault, "") << where << fault;
        (one.expected.empty() ? no : yes) = true;
        if (!fault.empty()) continue;
        if (!one.expected.empty()) {
            EXPECT_NE(judge(one, run(*detector, one, "", Blind::yes)),
                "") << where << "holds for a blind detector";
        }
        bool const patterned = std::any_of(about.triggers.begin(), about.triggers.end(),
            [](Trigger const& trigger) {
            return trigger.what == Trigger::What::pattern;
        });
        if (!patterned) {
            EXPECT_EQ(run(*detector, one, "", Blind::no, Nominator::naive).found, one.expected)
                << where << "differs behind the naive nominator";
        }
        if (about.positional || one.kind != Kind::text) continue;
        std::string const shifted = judge(one, run(*detector, one, junk, Blind::no));
        EXPECT_EQ(shifted, "") << where << "behind 65 bytes: " << shifted;
    }
    EXPECT_TRUE(yes) << about.id << " has no case that finds something";
    EXPECT_TRUE(no) << about.id << " has no case that finds nothing";
}

std::string name_of(::testing::TestParamInfo<DetectorRow const*> const& info) {
    std::string name(info.param->about->id);
    std::replace_if(name.begin(), name.end(), [](char c) { return c == '.' || c == '-'; }, '_');
    return name;
}

std::vector<DetectorRow const*> rows() {
    std::vector<DetectorRow const*> all;
    for (DetectorRow const& row : detectors()) all.push_back(&row);
    return all;
}

INSTANTIATE_TEST_SUITE_P(Registry, Cases, ::testing::ValuesIn(rows()), name_of);

TEST(Registry, IsSortedUniqueAndFilled) {
    std::string_view last;
    std::set<std::string> paths;
    fs::path const root = fs::path(KEEPMUM_SOURCE) / "src" / "detect";
    for (auto const& entry : fs::recursive_directory_iterator(root)) {
        if (entry.path().extension() != ".cpp") continue;
        std::string name = entry.path().stem().string();
        std::replace(name.begin(), name.end(), '_', '-');
        paths.insert(fs::relative(entry.path(), root).begin()->string() + "." + name);
    }
    for (DetectorRow const& row : detectors()) {
        About const& about = *row.about;
        EXPECT_LT(last, about.id) << "detect/registry.inc is not sorted";
        last = about.id;
        EXPECT_TRUE(paths.contains(std::string(about.id))) << about.id << ": no file of that path";
        EXPECT_FALSE(about.title.en.empty() || about.title.zh.empty()) << about.id;
        EXPECT_FALSE(about.why.en.empty() || about.why.zh.empty()) << about.id;
        EXPECT_FALSE(about.defined_by.empty()) << about.id;
        EXPECT_FALSE(about.labels.empty()) << about.id;
        EXPECT_EQ(about.labels[0], about.id.substr(0, about.id.find('.'))) << about.id << ": first label";
        EXPECT_FALSE(about.triggers.empty()) << about.id;
        EXPECT_EQ(row.make()->rule().id, about.id);
    }
}

TEST(Registry, NoCasesWithoutADetector) {
    auto files = case_files();
    for (DetectorRow const& row : detectors()) files.erase(std::string(row.about->id));
    for (auto const& [id, path] : files) ADD_FAILURE() << path << " tests no detector";
}

}  // namespace
}  // namespace keepmum::testing
