// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/long_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>

#include "base/utf8.h"

namespace keepmum {
namespace {

TEST(LongRun, IsNeededByWhatCannotDoWithoutOne) {
    for (std::string_view needs : {"AKIA[A-Z0-9]{12}", "\\b([a-f0-9]{40})\\b", "(?i)[\\w.-]{0,50}?(?:key|token)[ \\t]{0,9}=([a-z0-9]{16,90})(?:[;\\s]|$)",
                                   "(?:ab|cd)[0-9]{4}[A-F]{10}x", "glpat-[\\w-]{34}", "a[0-9]{16}b|c:[a-z]{16,200}\\.", "k (?P<name>[A-Z]{8}){2}",
                                   "(?:0x)?-?[a-f]{9}(?:b?c{7})", "[^a-z][a-z]{16}"}) {
        EXPECT_TRUE(reach_beside_long_run(needs)) << needs;
    }
    for (std::string_view may_do_without : {"AKIA[A-Z0-9]{11}", "[a-f0-9]{0,40}", "([a-f0-9]{40})?x", "[a-f0-9]{40}|key", "[^\\s]{40}", ".{40}",
                                           "[a-z/]{40}", "[a-z]{8} [a-z]{8}", "glpat-[\\w-]{20}", "[a-z]{8}(?:-|x)[a-z]{8}", "[a-z]{8}\\x41[a-z]{8}",
                                           "(?:[a-z]{40}|\\d+)x", "[[:alpha:]é]{20}", "[a-z]{16}[^\\n]{300}", "[a-z]{16}.*", "\\Q[a-z]{16}", ""}) {
        EXPECT_FALSE(reach_beside_long_run(may_do_without)) << may_do_without;
    }
}

TEST(LongRun, ReachesAsFarAsAnOccurrenceGoesBesideIt) {
    EXPECT_EQ(reach_beside_long_run("key[ ]{0,5}=([a-z]{16,90});"), 26u);
    EXPECT_EQ(reach_beside_long_run("[\\w.]{0,50}?key=[\\w.]{40,}"), 44u);
}

TEST(LongRun, IsWhereABeginningEnds) {
    EXPECT_EQ(beginning_to_long_run("\\b(ey[a-zA-Z0-9]{17,}\\.ey[a-z/]{9,})(?:;|$)"), "\\b(ey[a-zA-Z0-9]{17})");
    EXPECT_EQ(beginning_to_long_run("[ab]?(?:x(?:y|[a-z]{16,}?q|z)p|c)r|d"), "(?:x(?:y|[a-z]{16}|z)|c)|d");
    for (std::string_view other : {"ey[a-z]{15,}/", "ey[a-z]{16}/", "ey[a-z/]{99,}", "(?:[a-z]{16,}/)?x", "(?:[a-z]{16,}/){2}"}) {
        EXPECT_FALSE(beginning_to_long_run(other)) << other;
    }
}

// What around_long_runs() is to give, byte by byte.
std::vector<Span> naive(std::string_view text, std::uint64_t from, std::uint64_t to, std::uint64_t reach) {
    std::vector<bool> near(text.size());
    auto const mark = [&](auto const& is_in, std::uint64_t least) {
        for (std::uint64_t at = from; at < to;) {
            std::uint64_t end = at;
            while (end < to && is_in(text[end])) ++end;
            for (std::uint64_t i = at > from + reach ? at - reach : from; end - at >= least && i < std::min(to, end + reach); ++i) near[i] = true;
            at = end + 1;
        }
    };
    mark([](char c) { return is_alnum(c); }, long_plain_run);
    mark([](char c) { return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == '='; }, long_token_run);
    std::vector<Span> spans;
    for (std::uint64_t at = from; at < to; ++at) {
        if (!near[at]) continue;
        if (spans.empty() || spans.back().end < at) spans.push_back({at, at});
        spans.back().end = at + 1;
    }
    return spans;
}

TEST(LongRun, IsFoundWhereverItStands) {
    std::mt19937 random(7);
    for (int round = 0; round < 3000; ++round) {
        std::string text;
        for (std::size_t count = random() % 12; count > 0; --count) {
            text += std::string(random() % (random() % 3 ? 40 : 200), "aZ5"[random() % 3]) + "_ -.;=/@[`{:\xB0"[random() % 13];
            if (random() % 3 == 0) text += std::string(random() % 90, ' ');
        }
        std::uint64_t const from = text.empty() ? 0 : random() % text.size() / 2, to = text.size() - (text.size() - from) / (1 + random() % 9) / 2;
        std::uint64_t const reach = random() % 40;
        std::vector<Span> const spans = around_long_runs(text, from, to, reach);
        // What lies between may be given too; all that is wanted must be, and nothing before the first or behind the last.
        std::vector<Span> const wanted = naive(text, from, to, reach), given = around_long_runs(text, from, to, reach);
        ASSERT_EQ(given.empty(), wanted.empty()) << text << " " << from << " " << to << " " << reach;
        for (Span const span : wanted) {
            EXPECT_TRUE(std::any_of(given.begin(), given.end(), [&](Span one) { return one.begin <= span.begin && span.end <= one.end; }))
                << text << " " << from << " " << to << " " << reach;
        }
        for (Span const span : given) {
            auto const begins = [&](Span one) { return one.begin == span.begin; };
            auto const ends = [&](Span one) { return one.end == span.end; };
            EXPECT_TRUE(std::any_of(wanted.begin(), wanted.end(), begins) && std::any_of(wanted.begin(), wanted.end(), ends));
        }
        for (std::size_t i = 1; i < given.size(); ++i) EXPECT_LT(given[i - 1].end, given[i].begin);
    }
}

}  // namespace
}  // namespace keepmum
