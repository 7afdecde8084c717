// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/matcher.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <random>
#include <sstream>

#include "match/confirm.h"

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
        EXPECT_TRUE(std::is_sorted(kept[detector].begin(), kept[detector].end()));
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
    EXPECT_EQ(keeper.kept.at(1), (std::vector<Kept>{{61, 61, 1, ""}}));
    EXPECT_FALSE(keeper.kept.contains(2));
}

TEST(Matcher, RefusesWhatDoesNotCompile) {
    auto const matcher = Bench().with({{.what = What::always}}).with({{.what = What::pattern, .text = "(("}}).build();
    ASSERT_FALSE(matcher);
    EXPECT_EQ(matcher.error().fault, Fault::invalid);
    EXPECT_EQ(matcher.error().where, "test.rule-1");
}

}  // namespace
}  // namespace keepmum
