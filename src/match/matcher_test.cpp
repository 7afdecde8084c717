// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/matcher.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <set>

#include "match/pattern/beginnings.h"
#include "match/confirm.h"
#include "match/soundness.h"

namespace keepmum {
namespace {

using What = Trigger::What;

// Has triggers and does nothing.
class Listed final : public Detector {
  public:
    Listed(std::string id, std::vector<Trigger> triggers) : triggers_(std::move(triggers)) { rule_.id = std::move(id); }
    Rule const& rule() const override { return rule_; }
    std::span<Trigger const> triggers() const override { return triggers_; }
    void examine(Reading const&, Sink&) const override {}

  private:
    Rule rule_;
    std::vector<Trigger> triggers_;
};

struct Kept {
    std::uint32_t begin, end;
    std::uint16_t trigger;
    std::string compact;
    friend bool operator==(Kept const&, Kept const&) = default;
    friend auto operator<=>(Kept const&, Kept const&) = default;
};

class Keeper final : public Visitor {
  public:
    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        ++visits;
        EXPECT_FALSE(candidates.empty());
        for (Candidate const& one : candidates) {
            kept[detector].push_back({one.begin, one.end, one.trigger, std::string(one.compact)});
        }
        auto const first = kept[detector].end() - static_cast<std::ptrdiff_t>(candidates.size());
        EXPECT_TRUE(std::is_sorted(first, kept[detector].end()));
    }
    std::map<std::size_t, std::vector<Kept>> kept;
    std::size_t visits = 0;
};

class Bench {
  public:
    Bench& with(std::vector<Trigger> triggers) {
        detectors_.push_back(std::make_unique<Listed>("test.rule-" + std::to_string(detectors_.size()), triggers));
        return *this;
    }
    Result<Matcher> build(std::string const& cache = {}) const {
        std::vector<Detector const*> list;
        for (auto const& one : detectors_) list.push_back(one.get());
        return Matcher::build(list, cache);
    }
    Keeper scan(std::string_view text) const {
        auto matcher = build();
        EXPECT_TRUE(matcher) << (matcher ? "" : matcher.error().what);
        return scan(*matcher, text);
    }
    static Keeper scan(Matcher const& matcher, std::string_view text) {
        Keeper keeper;
        auto scratch = matcher.make_scratch();
        EXPECT_TRUE(scratch);
        EXPECT_TRUE(matcher.scan(text, *scratch, keeper));
        return keeper;
    }

  private:
    std::vector<std::unique_ptr<Listed>> detectors_;
};

TEST(Matcher, TellsEachDetectorItsOwn) {
    Keeper const keeper = Bench()
                              .with({{.what = What::literal, .text = "Key"}, {.what = What::word, .text = "key"}})
                              .with({{.what = What::always}})
                              .with({{.what = What::code, .shape = Trigger::Shape::digits, .min = 11, .max = 11}})
                              .with({{.what = What::word, .text = "absent"}})
                              .scan("a KEY, a Key, 电话13800138000转");
    using List = std::vector<Kept>;
    EXPECT_EQ(keeper.kept.at(0), (List{{2, 5, 1, ""}, {9, 12, 0, ""}, {9, 12, 1, ""}}));
    EXPECT_EQ(keeper.kept.at(1), (List{{0, 34, 0, ""}}));
    EXPECT_EQ(keeper.kept.at(2), (List{{20, 31, 0, "13800138000"}}));
    EXPECT_FALSE(keeper.kept.contains(3));
}

TEST(Matcher, OverlappingLiteralsAreAllTold) {
    EXPECT_EQ(Bench().with({{.what = What::literal, .text = "aa"}}).scan("aaaa").kept.at(0).size(), 3u);
}

TEST(Matcher, EmptyTextHasOnlyTheWholeText) {
    Keeper const keeper = Bench().with({{.what = What::always}}).with({{.what = What::word, .text = "a"}}).scan("");
    EXPECT_EQ(keeper.visits, 1u);
    EXPECT_EQ(keeper.kept.at(0).size(), 1u);
}

TEST(Matcher, AGateLetsInOnlyWhereItOccurs) {
    Bench bench;
    bench.with({{.what = What::gate, .text = "SourceGraph"}, {.what = What::pattern, .text = "[a-f0-9]{40}"}});
    bench.with({{.what = What::gate, .text = "sgp"}, {.what = What::pattern, .text = "sgp_[a-f0-9]{4}"}});
    bench.with({{.what = What::gate, .text = "other"}, {.what = What::literal, .text = "0123"}});
    std::string const hex = "0123456789012345678901234567890123456789";
    EXPECT_TRUE(bench.scan("x " + hex).kept.empty());
    Keeper const keeper = bench.scan("SOURCEGRAPH " + hex + " sgp_0123");
    EXPECT_EQ(keeper.kept.at(0), (std::vector<Kept>{{0, 61, 1, ""}}));  // too weak for the search: the whole text
    std::uint32_t const begin = search_is_sound() ? 61 : 0;
    EXPECT_EQ(keeper.kept.at(1), (std::vector<Kept>{{begin, 61, 1, ""}}));
    EXPECT_FALSE(keeper.kept.contains(2));
}

TEST(Matcher, RefusesWhatDoesNotCompile) {
    auto const matcher = Bench().with({{.what = What::always}}).with({{.what = What::pattern, .text = "(("}}).build();
    ASSERT_FALSE(matcher);
    EXPECT_EQ(matcher.error().fault, Fault::invalid);
    EXPECT_EQ(matcher.error().where, "test.rule-1");
}

// What Regex finds in the whole text, one after the other.
std::vector<std::vector<Span>> find_all(std::string_view pattern, std::string_view text) {
    auto const regex = Regex::compile(pattern);
    std::vector<std::vector<Span>> all;
    std::vector<Span> groups(static_cast<std::size_t>(regex->group_count()) + 1);
    for (std::uint64_t at = 0; at <= text.size() && regex->find(text, at, text.size(), groups);) {
        if (groups[0].size() > 0) all.push_back(groups);
        at = groups[0].end + (groups[0].size() == 0);
    }
    return all;
}

// Walks the occurrences of trigger 0 of each detector.
class Confirming final : public Visitor {
  public:
    Confirming(std::vector<Confirmer> const& confirmers, std::string_view text)
        : found(confirmers.size()), confirmers_(confirmers), text_(text) {}
    void visit(std::size_t detector, std::span<Candidate const> candidates) override {
        Evidence const evidence;
        Reading const reading{evidence, text_, candidates};
        Occurrences each(confirmers_[detector], reading, 0);
        std::vector<Span> groups(static_cast<std::size_t>(confirmers_[detector].group_count()) + 1);
        while (each.next(groups)) found[detector].push_back(groups);
    }
    std::vector<std::vector<std::vector<Span>>> found;  // by detector, each occurrence with its groups

  private:
    std::vector<Confirmer> const& confirmers_;
    std::string_view text_;
};

std::vector<std::string> const expressions = {
    "ab{2,5}c",          "(?i)[\\w.-]{0,5}?(?:key|pw)[ =]{1,3}([a-c]{2,9})(?:[;\\s]|$)",
    "\\bab\\b",           "a.*?c",
    "(?s)a.{3,}b",       "^k",
    "c$",                "[a-c]{4}",
    "k[^a]+a|c{3}",      "\\Bcc\\B",
    "(?m)^ab?$",         "a*",
    "\\x{e4}\\xbd",      "(a|ab)(c|bcd)?",
    "[[:digit:]]?\\.?ab", "\\w*pw",
    "(?i)(?:key|pw)[ \\s]{0,2}=?[a-c]+(?:\\s|$)", "a[b ]*\\n{1,2}[^\\n]*c+;?",
    "k?[a-c]{16,30}[ ;\n]",  "(?:key|PW)[ =]{0,3}([ab]{17,})c",  // these need a long run
    "(?i)key[=\\s]?[\\s\\S-]{4,}?c", "k(?:(a[ab]{17,})b?.a|b[ab]{16,}[ ;]+[^c]*c)",  // these nominate by how they begin
    "(?i)[\\w.-]{0,5}?(?:access|api|cred|key|pw|to\\.ken|auth)(?:[ \\w.-]{0,9})[=:]([a-c]{2,9})",  // left out of the search in a flood
    // What they may begin with is read backwards, what they count is first looked for uncounted.
    "(?i)[\\w.-]{0,5}?(?:key|PW)[ =]{0,3}([a-c=]{3,12})(?:[;\\s]|$)", "[ab]*?key|[ab]??c{3}", "(?i)[a-c ]*?(?:key|pw)\\b([=;]{0,7})",
    ".??[ab]{2,9}c", "(?s).{0,3}?(k)?e[^=]{1,7}?=", "\\w{0,9}?[.]{0,4}?[a-c]{3,9}(;?)$", "(?U)[ab]{0,5}?c", "[ab]{0,3}?",
    "(key=?){1,9}[a-cky=e]{2,8}",  "[^;]{0,70}?\\Bb[a-c]{2,6}(?:;|\\n)", "(?m)[a-c]{0,4}?^k[a-z=]{2,20}",
};

TEST(Occurrences, AreThoseOfASearchOfTheWholeText) {
    Bench bench;
    std::vector<Confirmer> confirmers;
    for (std::string const& one : expressions) {
        bench.with({{.what = What::pattern, .text = one}});
        confirmers.emplace_back(one);
    }
    auto const matcher = bench.build();
    ASSERT_TRUE(matcher) << matcher.error().what;
    auto scratch = matcher->make_scratch();
    std::mt19937 random(3);
    std::vector<std::string> const pieces = {"a", "b", "c", "ab", "abbc", "key", "PW", "=", " ", "\n", ";", "你", ".", "1", "ccc"};
    std::size_t total = 0;
    for (int round = 0; round < 1200; ++round) {
        std::string text;
        bool const floods = round % 4 == 0;
        for (std::size_t count = random() % (floods ? 400 : 120); count > 0; --count) {
            if (floods && random() % 3) text += random() % 2 ? "key" : "pw";
            else text += random() % 20 ? pieces[random() % pieces.size()] : std::string(random() % 150, "ab c"[random() % 4]);
        }
        Confirming confirming(confirmers, text);
        ASSERT_TRUE(matcher->scan(text, *scratch, confirming));
        for (std::size_t i = 0; i < expressions.size(); ++i) {
            ASSERT_EQ(confirming.found[i], find_all(expressions[i], text)) << expressions[i] << " in [" << text << "]";
            total += confirming.found[i].size();
        }
    }
    EXPECT_GT(total, 5000u);
}

TEST(Beginnings, NothingBeginsWhereTheyTellOfNothing) {
    std::mt19937 random(5);
    std::vector<std::string> const pieces = {"a", "b", "c", "abbc", "key", "PW", "=", " ", "\n", ";", "你", ".", "k", "api", "token", "\"", "-"};
    std::vector<std::string> const patterns = {
        "(?i:key|token)[\\w.-]{0,20}=[^\\s]{16,256}", "(?i)(?:key|PW)[ =]{0,3}([a-c=]{3,12})(?:[;\\s]|$)", "a[bc]{2,}?;|(?s)k.{3,}b", "\\bab{2}c+\\b",
        "(?:key=?){1,9}[a-c]?", "\\x61(?:b|\\.|(?P<n>c))*\\n"};
    std::size_t told = 0, begun = 0, places = 0;
    for (std::string const& pattern : patterns) {
        auto const beginnings = Beginnings::make(pattern);
        ASSERT_TRUE(beginnings) << pattern;
        auto const regex = Regex::compile(pattern);
        for (int round = 0; round < 60; ++round) {
            std::string text;
            for (std::size_t count = random() % 200 + 1; count > 0; --count) text += pieces[random() % pieces.size()];
            std::uint64_t const from = random() % text.size(), to = from + random() % (text.size() - from + 1);
            Beginnings::Walk walk;
            for (std::uint64_t at = from; at < to; ++at, ++places) {
                bool const may_begin = beginnings->find(text, {at, to}, walk) == at;
                Span found;
                bool const begins = regex->find(text, at, to, {&found, 1}, Regex::Anchor::start);
                ASSERT_TRUE(may_begin || !begins) << pattern << " at " << at << " in [" << text << "]";
                auto const reach = beginnings->reach(text, at, to, Beginnings::Know::of_each);
                ASSERT_TRUE(!begins || (reach.occurs && reach.end >= found.end)) << pattern << " at " << at << " in [" << text << "]";
                told += may_begin, begun += begins;
            }
        }
    }
    EXPECT_GT(begun, 200u);
    EXPECT_LT(told, begun + begun / 2);
    EXPECT_LT(told, places / 8);
}

// The groups of each occurrence, as a search by RE2 has them; what is not told is for others to tell, but that must be rare.
TEST(Beginnings, TraceWhatASearchWouldFind) {
    std::mt19937 random(7);
    std::vector<std::string> const pieces = {"a", "b", "c", "abbc", "key", "PW", "=", " ", "\n", ";", "你", ".", "k", "api", "token", "\"", "aaaaaaaaaaaa"};
    std::vector<std::string> patterns = {
        "(?i:key|token)[\\w.-]{0,20}(=|:=)(?:\"([^\\s\"]{4,40})\"|([^\\s]{6,36}))", "(a|ab)(c|bcd)?", "(k)?(?:(e)|(y))+?=?", "(?:(a)|(b)|(c)){2,5}?(;)?",
        "key((?:a|b){40,50})(b*)(;)?", "k(?:e(y){0,3}){1,2}(?:\\b|=)(a{3,5}?)?", "(?:\\b|^)(key)(?:;|$)", "(?U)k(.*)(a+);?", "\\B(b+?)(bc)?$", "(?m)^(.+?)(;|$)"};
    std::size_t told = 0, begun = 0;
    for (std::string const& pattern : patterns) {
        auto const beginnings = Beginnings::make(pattern);
        ASSERT_TRUE(beginnings) << pattern;
        auto const regex = Regex::compile(pattern);
        for (int round = 0; round < 120; ++round) {
            std::string text;
            for (std::size_t count = random() % 60 + 1; count > 0; --count) text += pieces[random() % pieces.size()];
            std::uint64_t const to = random() % 2 ? text.size() : random() % text.size();
            Beginnings::Walk walk;
            std::vector<Span> groups(static_cast<std::size_t>(regex->group_count()) + 1);
            for (std::uint64_t at = random() % 4; (at = beginnings->find(text, {at, to}, walk)) < to; ++at) {
                bool const begins = regex->find(text, at, to, groups, Regex::Anchor::start);
                beginnings->trace(text, at, regex->group_count(), walk);
                begun += begins, told += !walk.groups.empty();
                bool const same = walk.groups.empty() || (begins && groups == walk.groups);
                ASSERT_TRUE(same) << pattern << " at " << at << " to " << to << " in [" << text << "]";
            }
        }
    }
    EXPECT_GT(begun, 5000u);
    EXPECT_GT(told, begun - begun / 5);
}

TEST(Beginnings, AreToldOverLongStretchesToo) {
    auto const beginnings = Beginnings::make("key=[a-c]{16,40};");
    ASSERT_TRUE(beginnings);
    std::string text(5 << 20, 'x');
    std::vector<std::uint64_t> put, got;
    for (std::uint64_t border = 1 << 20; border < text.size(); border += 1 << 20) {
        put.push_back(border - 7);
        text.replace(put.back(), 25, "key=" + std::string(20, 'a') + ";");
    }
    Beginnings::Walk walk;
    for (std::uint64_t at = 3; (at = beginnings->find(text, {at, text.size()}, walk)) < text.size(); ++at) got.push_back(at);
    EXPECT_EQ(got, put);
}

TEST(Beginnings, ToKnowOfOneOccurrenceItsFirstEndIsEnough) {
    auto const beginnings = Beginnings::make("k[^e]{3,}");
    ASSERT_TRUE(beginnings);
    std::string const text = "k" + std::string(500, 'a') + "e";
    auto const one = beginnings->reach(text, 0, text.size(), Beginnings::Know::of_one);
    auto const each = beginnings->reach(text, 0, text.size(), Beginnings::Know::of_each);
    EXPECT_TRUE(one.occurs && each.occurs);
    EXPECT_EQ(one.end, 4u);
    EXPECT_EQ(each.end, text.size());
}

TEST(Beginnings, WhatIsNotUnderstoodHasNone) {
    for (char const* pattern : {"a*", "\\pL{3}", "\\Qab\\E", "(?:ab|)", "[[:alpha:]&&b", "\\x{e4}b"}) {
        EXPECT_FALSE(Beginnings::make(pattern)) << pattern;
    }
    EXPECT_FALSE(Beginnings::make(std::string(600, 'a')));  // too many positions
}

TEST(Matcher, ALargeTextIsSearchedInStretchesWithTheSameResult) {
    Bench bench;
    std::vector<Confirmer> confirmers;
    std::vector<std::string> const patterns = {"\\bkey_[0-9a-f]{8,16}\\b", "(?s)BEGIN.{20,}?END", "[^x]end$", "^start"};
    for (std::string const& one : patterns) {
        bench.with({{.what = What::pattern, .text = one}});
        confirmers.emplace_back(one);
    }
    bench.with({{.what = What::literal, .text = "a rather long literal that crosses"}});
    bench.with({{.what = What::code, .shape = Trigger::Shape::digits, .min = 11, .max = 11}});
    std::string text = "start ";
    std::mt19937 random(9);
    std::vector<std::uint32_t> literals, codes;
    for (std::size_t border = 1 << 20; border < (17u << 20); border += 1 << 20) {
        text.resize(border - random() % 30, ' ');
        if (random() % 2) {
            literals.push_back(static_cast<std::uint32_t>(text.size()));
            text += "a rather long literal that crosses";
        } else {
            text += "key_0123456789 138 0013 8000";
            codes.push_back(static_cast<std::uint32_t>(text.size()));
        }
        text += " BEGIN" + std::string(border / 8, '-') + "END";
    }
    text += " the end";
    auto const matcher = bench.build();
    confirmers.emplace_back("none");
    confirmers.emplace_back("none");
    Confirming confirming(confirmers, text);
    auto scratch = matcher->make_scratch();
    ASSERT_TRUE(matcher->scan(text, *scratch, confirming));
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        EXPECT_EQ(confirming.found[i], find_all(patterns[i], text)) << patterns[i];
        EXPECT_FALSE(confirming.found[i].empty());
    }
    Keeper const keeper = Bench::scan(*matcher, text);
    std::vector<std::uint32_t> got;
    for (Kept const& one : keeper.kept.at(4)) got.push_back(one.begin);
    EXPECT_EQ(got, literals);
    got.clear();
    for (Kept const& one : keeper.kept.at(5)) got.push_back(one.end);
    EXPECT_EQ(got, codes);
}

// What made seven seconds of processor a megabyte: at nearly every byte other counts are open than ever before.
TEST(Occurrences, OfTextsThatOpenCountsAtRandomCostLittle) {
    std::string const expression = R"re((?i:secret|token|key)[\w.-]{0,20}[=:]{1,3}(?:"([^"'\s]{16,256})"|([^\s"'<>]{16,256})))re";
    std::vector<Confirmer> confirmers;
    confirmers.emplace_back(expression);
    Bench bench;
    bench.with({{.what = What::pattern, .text = expression}});
    auto const matcher = bench.build();
    auto scratch = matcher->make_scratch();
    std::vector<std::string> const pieces = {"key", "token", "=", ":", "x", "y", "z", "<", "1", "_", "-", "a"};
    std::mt19937 random(4);
    std::string text;
    while (text.size() < 1 << 20) text += pieces[random() % pieces.size()];
    Confirming confirming(confirmers, text);
    std::clock_t const start = std::clock();
    ASSERT_TRUE(matcher->scan(text, *scratch, confirming));
    EXPECT_LT(std::clock() - start, 2 * CLOCKS_PER_SEC);
    text.resize(1 << 14);
    Confirming few(confirmers, text);
    ASSERT_TRUE(matcher->scan(text, *scratch, few));
    EXPECT_EQ(few.found[0], find_all(expression, text));
}

TEST(Matcher, MillionsOfCandidatesComeInSeveralVisits) {
    std::string text;
    for (int i = 0; i < 700'000; ++i) text += "key ";
    Keeper const keeper = Bench().with({{.what = What::word, .text = "key"}, {.what = What::always}}).scan(text);
    EXPECT_GT(keeper.visits, 1u);
    ASSERT_EQ(keeper.kept.at(0).size(), 700'001u);
    std::set<std::uint32_t> begins;
    for (Kept const& one : keeper.kept.at(0)) begins.insert(one.begin);
    EXPECT_EQ(begins.size(), 700'000u);
}

class Cache : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() / ("keepmum-cache-" + std::to_string(::getpid()));
        std::filesystem::create_directory(folder_);
        bench_.with({{.what = What::word, .text = "key"}, {.what = What::gate, .text = "sgp"}});
        bench_.with({{.what = What::gate, .text = "sgp"}, {.what = What::pattern, .text = "[a-f0-9]{40}"}});
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }
    std::vector<std::filesystem::path> files() const {
        std::vector<std::filesystem::path> all;
        for (auto const& one : std::filesystem::directory_iterator(folder_)) all.push_back(one.path());
        return all;
    }
    // Builds, checks that the result works, and says whether it came from the cache.
    bool was_cached(Bench const& bench) const {
        auto const matcher = bench.build(folder_.string());
        EXPECT_TRUE(matcher);
        Keeper const keeper = Bench::scan(*matcher, "a key, sgp");
        EXPECT_EQ(keeper.kept.at(0), (std::vector<Kept>{{2, 5, 0, ""}}));
        EXPECT_EQ(keeper.kept.at(1), (std::vector<Kept>{{0, 10, 1, ""}}));
        return matcher->was_cached();
    }

    std::filesystem::path folder_;
    Bench bench_;
};

TEST_F(Cache, IsUsedTheSecondTime) {
    EXPECT_FALSE(was_cached(bench_));
    EXPECT_TRUE(was_cached(bench_));
    EXPECT_EQ(files().size(), 1u);
    bench_.with({{.what = What::word, .text = "other"}});
    EXPECT_FALSE(was_cached(bench_));
    EXPECT_EQ(files().size(), 2u);
}

TEST_F(Cache, DamageIsNoticed) {
    EXPECT_FALSE(was_cached(bench_));
    std::filesystem::path const file = files().at(0);
    auto const size = std::filesystem::file_size(file);
    for (std::size_t at = 0; at < size; at += 1 + size / 37) {
        {
            std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
            bytes.seekg(static_cast<std::streamoff>(at));
            char const old = static_cast<char>(bytes.get());
            bytes.seekp(static_cast<std::streamoff>(at));
            bytes.put(static_cast<char>(old ^ 0x40));
        }
        EXPECT_FALSE(was_cached(bench_)) << at;
        EXPECT_TRUE(was_cached(bench_)) << at;
    }
    std::filesystem::resize_file(file, size / 2);
    EXPECT_FALSE(was_cached(bench_));
    std::filesystem::resize_file(file, 0);
    EXPECT_FALSE(was_cached(bench_));
}

TEST_F(Cache, AFileThatOthersMayWriteIsNotRead) {
    EXPECT_FALSE(was_cached(bench_));
    std::filesystem::permissions(files().at(0), std::filesystem::perms::others_write, std::filesystem::perm_options::add);
    EXPECT_FALSE(was_cached(bench_));
}

TEST_F(Cache, AMissingFolderIsNoMatter) {
    std::filesystem::remove_all(folder_);
    EXPECT_FALSE(was_cached(bench_));
    EXPECT_FALSE(was_cached(bench_));
}

}  // namespace
}  // namespace keepmum
