// Readers that are begun before their turn, with a worker program that misbehaves (tests/workers/failing.cpp).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ahead.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

namespace keepmum {
namespace {

class Lines final : public Outlet {
  public:
    void put(Evidence evidence) override {
        left -= std::min<std::uint64_t>(left, evidence.size());
        all.push_back("put " + std::string(evidence.content.view()));
    }
    void gap(Gap gap) override { all.push_back("gap " + std::string(word(gap.cause))); }
    void progress() override {}
    bool enough() const override { return all.size() >= most; }
    std::uint64_t allowance() const override { return left; }

    std::vector<std::string> all;
    std::size_t most = 1000;
    std::uint64_t left = 1 << 20;
};

constexpr FileType reader(std::string_view extractor) { return {"text/plain", {"text", "文本"}, extractor, "failing", nullptr}; }

constexpr FileType good = reader("good"), abort_type = reader("abort"), exits = reader("exit-3");

struct Bench {
    Bench() { evidence.content = Blob::take("some words of a file"); }
    Limits limits;
    Broker broker{KEEPMUM_BUILD "/test-workers", limits};
    Evidence evidence;
    std::atomic<bool> interrupted = false;
    std::vector<FileType const*> const readers = {&good, &abort_type, &exits};

    // What all of them give, in their order.
    std::vector<std::string> read(std::atomic<int>* spare, std::uint64_t allowance = 1 << 20) {
        Lines lines;
        lines.left = allowance;
        Ahead ahead(broker, evidence);
        ahead.begin(readers, spare, allowance, interrupted);
        for (FileType const* one : readers) {
            Done const done = ahead.run(one->worker, one->extractor, lines);
            lines.all.push_back(std::string(one->extractor) + " read " + std::to_string(done.read));
        }
        return lines.all;
    }
};

TEST(Ahead, GivesTheSameAsOneAfterTheOther) {
    Bench bench;
    std::vector<std::string> const in_turn = bench.read(nullptr);
    ASSERT_GT(in_turn.size(), 5u);
    EXPECT_EQ(in_turn[2], "good read 20");
    EXPECT_EQ(std::count(in_turn.begin(), in_turn.end(), "gap killed"), 2);
    for (int threads : {0, 1, 5}) {
        std::atomic<int> spare = threads;
        EXPECT_EQ(bench.read(&spare), in_turn) << threads;
        EXPECT_EQ(spare, threads) << "a thread that was lent comes back";
    }
}

TEST(Ahead, GivesTheSameWhereALimitCutsItShort) {
    Bench bench;
    for (std::uint64_t const allowance : {0, 10, 19, 20, 21, 26, 27, 32, 40}) {
        std::vector<std::string> const in_turn = bench.read(nullptr, allowance);
        std::atomic<int> spare = 1;
        EXPECT_EQ(bench.read(&spare, allowance), in_turn) << allowance;
    }
}

TEST(Ahead, WhatNobodyAsksForIsLetGo) {
    Bench bench;
    std::atomic<int> spare = 1;
    {
        Ahead ahead(bench.broker, bench.evidence);
        ahead.begin(bench.readers, &spare, 1 << 20, bench.interrupted);
    }
    EXPECT_EQ(spare, 1);
}

TEST(Ahead, PutsNoMoreThanIsWanted) {
    Bench bench;
    std::atomic<int> spare = 1;
    Lines lines;
    lines.most = 1;
    Ahead ahead(bench.broker, bench.evidence);
    ahead.begin(bench.readers, &spare, 1 << 20, bench.interrupted);
    ahead.run("failing", "good", lines);
    EXPECT_EQ(lines.all.size(), 1u);
}

}  // namespace
}  // namespace keepmum
