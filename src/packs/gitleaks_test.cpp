// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/gitleaks.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "io/file.h"

namespace keepmum {
namespace {

class Collected final : public Sink {
  public:
    void found(Finding finding) override { findings.push_back(std::move(finding)); }
    void gap(Gap) override {}
    std::vector<Finding> findings;
};

Result<PackSet> load(std::string text, PathUse paths = PathUse::ignored) {
    return load_packs({.texts = {{"g.toml", std::move(text), PackLayer::local}}, .paths = paths});
}

// The secrets that the pack finds in `text`, each as "rule=secret".
std::vector<std::string> secrets(PackSet const& set, std::string const& text, std::string source = "") {
    std::vector<std::string> found;
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.place.source = std::move(source);
    for (Detector const* detector : set.detectors()) {
        Collected sink;
        Candidate const all{0, static_cast<std::uint32_t>(text.size()), 0, {}};
        detector->examine({evidence, text, {&all, 1}}, sink);
        for (Finding const& finding : sink.findings) {
            found.push_back(detector->rule().id + "=" + text.substr(finding.span.begin, finding.span.size()));
        }
    }
    return found;
}
using List = std::vector<std::string>;

TEST(Gitleaks, SecretGroupFirstGroupOrAll) {
    auto const set = load(R"(
[[rules]]
id = "a"
regex = '(x)?k=(\w+);(\w+)'
secretGroup = 3
[[rules]]
id = "b"
regex = '(x)?m=(\w+)'
[[rules]]
id = "c"
regex = 'n=\w+'
)");
    ASSERT_TRUE(set) << set.error().what;
    EXPECT_EQ(secrets(*set, "k=one;two m=three n=four\n"),
              (List{"secret.a=two", "secret.b=three", "secret.c=n=four"}));
}

TEST(Gitleaks, KeywordsEntropyAndStopwords) {
    auto const set = load(R"(
[[rules]]
id = "a"
regex = 'v=(\w+)'
keywords = ["MAGIC"]
[[rules]]
id = "e"
regex = 'v=(\w+)'
entropy = 2.0
[[rules]]
id = "s"
regex = 'v=(\w+)'
[[rules.allowlists]]
stopwords = ["Stop"]
)");
    ASSERT_TRUE(set) << set.error().what;
    EXPECT_EQ(secrets(*set, "v=abcd"), (List{"secret.s=abcd"}));  // entropy of exactly 2 is too little
    EXPECT_EQ(secrets(*set, "v=abcde"), (List{"secret.e=abcde", "secret.s=abcde"}));
    EXPECT_EQ(secrets(*set, "Magic far away ... v=aaaa"), (List{"secret.a=aaaa", "secret.s=aaaa"}));
    EXPECT_EQ(secrets(*set, "v=abcdeSTOPxyz"), (List{"secret.e=abcdeSTOPxyz"}));
}

TEST(Gitleaks, AllowListsByTargetAndCondition) {
    std::string const rules = R"(
[allowlist]
regexes = ['^global$']
[[allowlists]]
targetRules = ["a"]
regexes = ['^onlya$']
[[rules]]
id = "a"
regex = 'v=(\w+)'
[[rules.allowlists]]
regexTarget = "match"
regexes = ['v=m']
[[rules.allowlists]]
regexTarget = "line"
regexes = ['# ok$']
[[rules.allowlists]]
condition = "AND"
paths = ['\.bb$']
regexTarget = "line"
regexes = ['SRC']
[[rules]]
id = "b"
regex = 'v=(\w+)'
)";
    auto const set = load(rules);
    ASSERT_TRUE(set) << set.error().what << set.error().where;
    EXPECT_EQ(secrets(*set, "v=global"), List{});
    EXPECT_EQ(secrets(*set, "v=onlya"), (List{"secret.b=onlya"}));
    EXPECT_EQ(secrets(*set, "v=mine"), (List{"secret.b=mine"}));
    EXPECT_EQ(secrets(*set, "v=x # ok"), (List{"secret.b=x"}));
    EXPECT_EQ(secrets(*set, "v=x\n# ok"), (List{"secret.a=x", "secret.b=x"}));
    EXPECT_EQ(secrets(*set, "SRC v=x", "f.bb"), (List{"secret.a=x", "secret.b=x"}));
    auto const honouring = load(rules, PathUse::honoured);
    EXPECT_EQ(secrets(*honouring, "SRC v=x", "f.bb"), (List{"secret.b=x"}));
    EXPECT_EQ(secrets(*honouring, "SRC v=x", "f.cc"), (List{"secret.a=x", "secret.b=x"}));
    EXPECT_EQ(secrets(*honouring, "v=x", "f.bb"), (List{"secret.a=x", "secret.b=x"}));
}

TEST(Gitleaks, RequiredWithinLinesAndColumns) {
    auto const set = load(R"(
[[rules]]
id = "id"
regex = 'id=(\w+)'
skipReport = true
required = [{id = "key"}]
[[rules]]
id = "key"
regex = 'key=(\w+)'
required = [{id = "id", withinLines = 1}]
[[rules]]
id = "far"
regex = 'far=(\w+)'
required = [{id = "id"}]
[[rules]]
id = "col"
regex = 'col=(\w+)'
required = [{id = "id", withinLines = 1, withinColumns = 3}]
)");
    ASSERT_TRUE(set) << set.error().what;
    EXPECT_EQ(secrets(*set, "key=x far=y"), List{});
    EXPECT_EQ(secrets(*set, "id=1\nkey=x"), (List{"secret.key=x"}));
    EXPECT_EQ(secrets(*set, "id=1\n\nkey=x\nfar=y"), (List{"secret.far=y"}));
    EXPECT_EQ(secrets(*set, "key=x\nid=1"), (List{"secret.key=x"}));
    EXPECT_EQ(secrets(*set, "col=z\n id=1"), (List{"secret.col=z"}));
    EXPECT_EQ(secrets(*set, "col=z\n           id=1"), List{});
}

TEST(Gitleaks, PathRules) {
    auto const set = load(R"(
[[rules]]
id = "store"
path = '(?i)\.p12$'
[[rules]]
id = "php"
regex = 'k=(\w+)'
path = '\.php$'
)");
    ASSERT_TRUE(set) << set.error().what;
    EXPECT_EQ(secrets(*set, "k=abc", "a.txt"), List{});
    EXPECT_EQ(secrets(*set, "k=abc", "a.php"), (List{"secret.php=abc"}));
    Evidence name;
    name.role = Role::name;
    std::string const text = "dir/My.P12";
    Collected sink;
    Candidate const end{10, 10, 0, {}};
    set->detectors()[1]->examine({name, text, {&end, 1}}, sink);
    EXPECT_EQ(sink.findings.size(), 1u);
    name.role = Role::shown;
    set->detectors()[1]->examine({name, text, {&end, 1}}, sink);
    EXPECT_EQ(sink.findings.size(), 1u);
}

TEST(Gitleaks, NotesWhatItDoesNotTakeOver) {
    auto const set = load(R"(
prefilter = 'true'
[extend]
useDefault = true
[[rules]]
id = "a"
regex = 'v=(\w+)'
validate = 'http'
novelty = 1
[[rules.allowlists]]
commits = ["abc"]
)");
    ASSERT_TRUE(set) << set.error().what;
    std::string notes;
    for (ImportNote const& note : set->notes())
        notes += note.rule + ":" + note.field + "@" + note.where + " ";
    EXPECT_EQ(notes,
              ":prefilter@g.toml:2 :extend@g.toml:3 a:validate@g.toml:8 a:novelty@g.toml:9 "
              "a:allowlist.commits@g.toml:11 ");
}

TEST(Gitleaks, OurRulesKeepTheirNames) {
    std::string const words = "title = { en = 'A', zh = '甲' }\nwhy = { en = 'B', zh = '乙' }\n";
    PackText const ours{"o.toml",
                        "pack = 'ours'\n[[rule]]\nid = 'secret.a'\n" + words + "regex = 'ours=(\\w+)'\n",
                        PackLayer::shipped};
    PackText const theirs{
        "g.toml",
        "[[rules]]\nid = 'a'\nregex = 'theirs=(\\w+)'\n[[rules]]\nid = 'b'\nregex = 'b=(\\w+)'\n"
        "required = [{id = 'a'}]\n",
        PackLayer::local};
    PackText const local{"l.toml", "pack = 'l'\n[[rule]]\nid = 'secret.b'\ncertainty = 'hint'\n",
                         PackLayer::local};
    auto const set = load_packs({.texts = {local, theirs, ours}});
    ASSERT_TRUE(set) << set.error().where << set.error().what;
    EXPECT_EQ(secrets(*set, "ours=1 theirs=2"), (List{"secret.a=1", "secret.a-imported=2"}));
    EXPECT_EQ(secrets(*set, "ours=1 b=2"), (List{"secret.a=1"}));
    EXPECT_EQ(secrets(*set, "theirs=1 b=2"), (List{"secret.a-imported=1", "secret.b=2"}));
    EXPECT_EQ(set->list().back()->rule.certainty, Certainty::hint);
    EXPECT_EQ(set->list().back()->rule.origin.file, "l.toml");
}

// What Go's regexp and RE2 over bytes do alike, and where keepmum means the one and not the other.
TEST(Gitleaks, RegexMeansWhatGoMeans) {
    auto const set = load(R"(
[[rules]]
id = "end"
regex = 'v=(\w+)$'
[[rules]]
id = "border"
regex = '\bb=(\w+)\b'
[[rules]]
id = "dot"
regex = 'd=(.{3})'
)");
    ASSERT_TRUE(set) << set.error().what;
    EXPECT_EQ(secrets(*set, "v=one\nv=two"), (List{"secret.end=two"}));  // $ is the end of the text alone
    EXPECT_EQ(secrets(*set, "v=one\n"), List{});                         // not before a last line feed
    EXPECT_EQ(secrets(*set, "ab=x"), List{});
    EXPECT_EQ(secrets(*set, "密b=x"), (List{"secret.border=x"}));   // \b knows ASCII letters only
    EXPECT_EQ(secrets(*set, "d=密码口"), (List{"secret.dot=密"}));  // . is a byte, in Go a code point
}

// The whole public files. `rules` with a regex, as the files' own text counts them.
struct Whole {
    char const* file;
    std::size_t rules, reported;
};

class GitleaksFiles : public testing::TestWithParam<Whole> {};

TEST_P(GitleaksFiles, EveryRuleLoads) {
    char const* const folder = std::getenv("KEEPMUM_DATA");
    std::string const path =
        (folder ? std::string(folder) : KEEPMUM_SOURCE "/../shared/data") + "/scanners/" + GetParam().file;
    auto text = read_file(path);
    if (!text) GTEST_SKIP() << path << " is not there";
    auto const set = load_packs({.texts = {{path, *text, PackLayer::local}}, .examples = ExampleCheck::all});
    ASSERT_TRUE(set) << set.error().where << ": " << set.error().what;
    EXPECT_EQ(set->list().size(), GetParam().rules);
    EXPECT_EQ(set->detectors().size(), GetParam().reported);
    std::map<std::string, int> kinds;
    for (ImportNote const& note : set->notes()) ++kinds[note.field];
    for (auto const& [field, count] : kinds) RecordProperty(field, count);
    EXPECT_EQ(kinds["filter"] + kinds["validate"] + kinds["prefilter"] + kinds["allowlist.paths"],
              static_cast<int>(set->notes().size()));
}

INSTANTIATE_TEST_SUITE_P(Public, GitleaksFiles,
                         testing::Values(Whole{"gitleaks.toml", 222, 222},
                                         Whole{"betterleaks.toml", 412, 382}));

}  // namespace
}  // namespace keepmum
