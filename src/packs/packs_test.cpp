// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/packs.h"

#include <gtest/gtest.h>

#include "io/file.h"
#include "match/matcher.h"

namespace keepmum {
namespace {

Result<PackSet> load(std::vector<PackText> texts) { return load_packs({.texts = std::move(texts)}); }

std::string const frame = R"(pack = 'house'
[[rule]]
id = 'secret.badge'
title = { en = 'Badge', zh = '工牌' }
why = { en = 'Opens doors.', zh = '可以开门。' }
regex = 'badge=(\w+)'
)";

std::string complaint(std::string const& text) {
    auto const set = load({{"p.toml", text, PackLayer::local}});
    return set ? "loaded" : set.error().where + ": " + set.error().what;
}

TEST(Packs, BrokenPacksGetOnePlainSentence) {
    EXPECT_EQ(complaint(frame), "loaded");
    EXPECT_EQ(complaint(frame + "colour = 1\n"), "p.toml:7: 'colour' is not a known key here");
    EXPECT_EQ(complaint(frame + "yes = ['badge=«abc»', 'nothing']\n"),
              "p.toml:7: 'yes' is not found: example 2 of rule secret.badge");
    EXPECT_EQ(complaint(frame + "yes = ['«badge=abc»']\n"),
              "p.toml:7: 'yes' is found, but not exactly between « and »: example 1 of rule secret.badge");
    EXPECT_EQ(complaint(frame + "no = ['x', 'badge=abc']\n"),
              "p.toml:7: 'no' is found though it must not be: example 2 of rule secret.badge");
    EXPECT_EQ(complaint(frame + "yes = ['badge={{runes:3}}']\n"),
              "p.toml:7: 'yes' {{runes:3}} is no known kind of letters (example 1 of rule secret.badge)");
    EXPECT_EQ(complaint(frame + "certainty = 'maybe'\n"),
              "p.toml:7: 'certainty' must be \"hint\", \"likely\" or \"certain\"");
    EXPECT_EQ(complaint(frame + "validator = 'luck'\n"), "p.toml:7: 'validator' names no known check: luck");
    EXPECT_EQ(complaint(frame + "filter = 'luck()'\n"),
              "p.toml:7: 'filter' cannot be read: 'luck' is not known here");
    EXPECT_EQ(complaint(frame + "requires = [{ rule = 'secret.none' }]\n"),
              "p.toml:7: 'requires' names no known rule: secret.none");
    EXPECT_EQ(complaint(frame + "entropy = 'high'\n"), "p.toml:7: 'entropy' must be a number, not a string");
    EXPECT_EQ(complaint(frame + "allow = [{ target = 'line' }]\n"), "p.toml:7: 'allow' states no condition");
    EXPECT_EQ(complaint("pack = 'x'\n[[rule]]\nid = 'secret.a'\nregex = 'x'\n"),
              "p.toml:2: 'title' is missing");
    EXPECT_EQ(complaint("pack = 'x'\n[[rule]]\nid = 'Badge'\n"),
              "p.toml:3: 'id' must read family.name, in small letters, digits and hyphens: Badge");
    EXPECT_EQ(complaint(frame.substr(frame.find('\n') + 1)), "p.toml:1: 'pack' is missing");
    std::string const twice = frame + frame.substr(frame.find('\n') + 1);
    EXPECT_EQ(complaint(twice), "p.toml:7: 'secret.badge' is also defined in line 2");
    std::string bad = frame;
    bad.replace(bad.find("(\\w+)"), 5, "(\\w+");
    EXPECT_EQ(complaint(bad).substr(0, 61), "p.toml:6: 'regex' of rule secret.badge does not compile: miss");
    EXPECT_EQ(complaint("pack = \n").substr(0, 9), "p.toml:1:");
}

TEST(Packs, LocalMergesFieldByFieldAndReplacingReplaces) {
    PackText const shipped{"s.toml", frame + "certainty = 'hint'\n", PackLayer::shipped};
    PackText const local{"l.toml", "pack = 'mine'\n[[rule]]\nid = 'secret.badge'\ncertainty = 'certain'\n",
                         PackLayer::local};
    auto const both = load({local, shipped});
    ASSERT_TRUE(both) << both.error().what;
    ASSERT_EQ(both->list().size(), 1u);
    EXPECT_EQ(both->list()[0]->rule.certainty, Certainty::certain);
    EXPECT_EQ(both->list()[0]->regex, "badge=(\\w+)");
    EXPECT_EQ(both->list()[0]->rule.origin.pack, "house");
    auto const lines = both->explain("secret.badge");
    ASSERT_TRUE(lines);
    EXPECT_EQ(lines->at(3), "regex = 'badge=(\\w+)'    # s.toml:6");
    EXPECT_EQ(lines->at(4), "certainty = 'certain'    # l.toml:4");
    EXPECT_EQ(both->explain("secret.none").error().fault, Fault::not_found);

    std::string other = frame;
    other.replace(other.find("badge=("), 6, "pass =");
    auto const replaced = load({{"r.toml", other, PackLayer::replacing}, shipped, local});
    ASSERT_TRUE(replaced);
    EXPECT_EQ(replaced->list()[0]->regex, "pass =(\\w+)");
    EXPECT_EQ(replaced->list()[0]->rule.certainty, Certainty::likely);

    PackText const off{"l.toml", "pack = 'mine'\n[[rule]]\nid = 'secret.badge'\nenabled = false\n",
                       PackLayer::local};
    EXPECT_EQ(load({shipped, off})->list().size(), 0u);
    EXPECT_EQ(load({shipped, {"t.toml", frame, PackLayer::shipped}}).error().what,
              "'secret.badge' is also defined at s.toml:2");
}

class Collected final : public Sink {
  public:
    void found(Finding finding) override { findings.push_back(std::move(finding)); }
    void gap(Gap) override {}
    std::vector<Finding> findings;
};

std::vector<Finding> examine(PackSet const& set, std::string const& text) {
    Evidence evidence;
    evidence.kind = Kind::text;
    Collected sink;
    Candidate const all{0, static_cast<std::uint32_t>(text.size()), 0, {}};
    for (Detector const* detector : set.detectors()) detector->examine({evidence, text, {&all, 1}}, sink);
    return sink.findings;
}

TEST(Packs, NearbyWordsCountAsWholeWords) {
    auto const set =
        load({{"p.toml", frame + "nearby = { words = ['Lic', '门禁'], within = 20, without = 'hint' }\n",
               PackLayer::local}});
    ASSERT_TRUE(set) << set.error().what;
    auto const near = [&](std::string const& text) { return examine(*set, text).at(0).certainty; };
    EXPECT_EQ(near("lic badge=abc"), Certainty::likely);
    EXPECT_EQ(near("badge=abc my-LIC"), Certainty::likely);
    EXPECT_EQ(near("门禁badge=abc"), Certainty::likely);
    EXPECT_EQ(near("public badge=abc"), Certainty::hint);
    EXPECT_EQ(near("lic and twenty more letters badge=abc"), Certainty::hint);
    EXPECT_EQ(near("badge=lic"), Certainty::hint);  // the secret does not vouch for itself
    auto const strict = load({{"p.toml", frame + "nearby = { words = ['lic'] }\n", PackLayer::local}});
    EXPECT_EQ(examine(*strict, "badge=abc").size(), 0u);
    EXPECT_EQ(examine(*strict, "lic badge=abc").size(), 1u);
}

TEST(Packs, FilesNarrowARule) {
    auto const set = load({{"p.toml", frame + "files = ['*.conf', 'door?']\n", PackLayer::local}});
    ASSERT_TRUE(set) << set.error().what;
    auto const count = [&](std::string source) {
        Evidence evidence;
        evidence.place.source = std::move(source);
        Collected sink;
        std::string const text = "badge=abc";
        Candidate const all{0, 9, 0, {}};
        set->detectors()[0]->examine({evidence, text, {&all, 1}}, sink);
        return sink.findings.size();
    };
    EXPECT_EQ(count("a/b.CONF"), 1u);
    EXPECT_EQ(count("a/door1"), 1u);
    EXPECT_EQ(count("a/door12"), 0u);
    EXPECT_EQ(count("a.conf/b"), 0u);
}

// Linear work on a text that is nothing but candidates.
TEST(Packs, ManyOccurrencesStayCheap) {
    auto const set =
        load({{"p.toml",
               frame + "requires = [{ rule = 'secret.badge', lines = 3 }]\nkeywords = ['badge']\n"
                       "filter = 'finding[\"line\"] == \"x\"'\n",
               PackLayer::local}});
    ASSERT_TRUE(set) << set.error().what;
    std::string text;
    for (int i = 0; i < 20000; ++i) text += "badge=a" + std::to_string(i) + " ";
    EXPECT_EQ(examine(*set, text).size(), 20000u);
}

TEST(ShippedPacks, EveryExampleHolds) {
    std::string const path = KEEPMUM_SOURCE "/packs/credentials.toml";
    auto text = read_file(path);
    ASSERT_TRUE(text);
    auto const set = load({{"credentials.toml", *text, PackLayer::shipped}});
    ASSERT_TRUE(set) << set.error().where << ": " << set.error().what;
    EXPECT_GE(set->list().size(), 60u);
    for (Error const& failure : set->failing_examples())
        ADD_FAILURE() << failure.where << ": " << failure.what;
    for (PackRule const* rule : set->list()) {
        EXPECT_TRUE(rule->rule.id.starts_with("secret.")) << rule->rule.id;
        EXPECT_FALSE(rule->yes.empty() || rule->no.empty()) << rule->rule.id;
    }
}

// What is judged like the occurrence before must stand in the same words, the allow-list's line included.
TEST(Packs, ARuleJudgesTheSameWordsAlikeAndOthersAnew) {
    auto const set = load({{"p.toml", frame + "allow = [{ target = 'line', regexes = ['nosec'] }]\n", PackLayer::local}});
    ASSERT_TRUE(set) << set.error().what;
    std::string const line = std::string(70, '-') + " badge=abc123 " + std::string(20, '-') + "\n", spared = "badge=abc123 nosec\n";
    std::string text;
    std::vector<Span> wanted, spans;
    for (std::string const& one : {line, line, spared, line, spared, spared, line, line, "x " + line, line.substr(1)}) {
        if (one != spared) wanted.push_back({text.size() + one.find("abc123"), text.size() + one.find("abc123") + 6});
        text += one;
    }
    for (Finding const& finding : examine(*set, text)) spans.push_back(finding.span);
    EXPECT_EQ(spans, wanted);
}

}  // namespace
}  // namespace keepmum
