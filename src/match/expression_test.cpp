// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/expression.h"

#include <gtest/gtest.h>
#include <hs/hs.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/tree.h"
#include "match/regex.h"

namespace keepmum {
namespace {

TEST(Expression, LosesWhatMayStandBeforeIt) {
    EXPECT_EQ(nominating_expression("(?i)[\\w.-]{0,50}?(?:key)x*"), "(?i)(?:key)x*");
    EXPECT_EQ(nominating_expression("\\w*.?[]a\\]]*[[:alpha:]]{0,3}b"), "b");
    for (std::string_view kept : {"a?b", "[ab]{1,3}c", "[ab]c", "\\bkey", "\\x41?b", "(a)?b", "{0,3}", "[ab", "", "\\"}) {
        EXPECT_EQ(nominating_expression(kept), kept);
    }
}

TEST(Expression, LosesTheUpperBoundsOfLongRepetitionsOnALine) {
    EXPECT_EQ(nominating_expression("key[\\w.-]{0,20}=\\w{10,150};"), "key[\\w.-]*=\\w{10,};");
    EXPECT_EQ(nominating_expression("a.{2,80}?b[^<>\\n]{4,200}c[A-Z]{3,9}"), "a.{2,}?b[^<>\\n]{4,}c[A-Z]{3,}");
    for (std::string_view kept : {"a\\w{3,6}", "a\\w{20}", "a\\w{20,}", "a[\\s\\w]{0,99}b", "a[^<]{0,99}b", "(?s)a.{0,99}b", "a\\s{0,99}b",
                                  "a(?:b){0,99}", "a\\.{0,99}", "a[{1,99}]b", "a\\Q\\w{0,99}", "a\\w{0,9", "a\\w{,99}", "a\\w{0,99999999}"}) {
        EXPECT_EQ(nominating_expression(kept), kept);
    }
}

TEST(Expression, LosesWhatFollowsAnything) {
    EXPECT_EQ(nominating_expression("(?i)---BEGIN[ A-Z]{0,9}KEY---[\\s\\S-]{64,}?KEY---"), "(?i)---BEGIN");
    EXPECT_EQ(nominating_expression("abcdefgh?[ A-Z]{0,9}KEY---[\\s\\S-]{64,}?KEY---"), "abcdefgh?[ A-Z]*KEY---");
    EXPECT_EQ(nominating_expression("(?s)(?:kind: (a|b)x.*z|data(y|[\\d\\D]+))end|other"), "(?s)(?:kind: (a|b)x|data(y|[\\d\\D]+))|other");
    for (std::string_view kept : {"abc.*d", "abc[^x]*d", "abc[\\s\\S]{9}d", "(?:abc[\\s\\S]*d)?e", "[\\s\\S]+d", "\\Qabc[\\s\\S]*d"}) {
        EXPECT_EQ(nominating_expression(kept), kept);
    }
}

TEST(Expression, KnowsHowWideAnOccurrenceCanBe) {
    EXPECT_EQ(occurrence_width("ab{2,5}c?"), 7u);
    EXPECT_EQ(occurrence_width("\\bab$"), 2u);
    EXPECT_EQ(occurrence_width("ab*"), Regex::npos);
    EXPECT_EQ(occurrence_width("(?i)(?:key|to\\.ken|(?P<n>a[]b]|\\x41c)){2,3}?=\\d{16,256}(?:[\"\\s;]|\\\\[nr]|$)"), 18 + 1 + 256 + 2u);
    EXPECT_EQ(occurrence_width("(a{2}){3}{4}|\\bb?c??"), 24u);
    EXPECT_EQ(occurrence_width("(?:^|\\B)*a{0}"), 0u);
    EXPECT_EQ(occurrence_width("密{3}|ab"), 5u);  // bytes: what is repeated is the last one
    for (std::string_view endless : {"a{3,}", "(?:ab|c+){2}", "(a?)*", "(?:a{999}){999}+"}) EXPECT_EQ(occurrence_width(endless), Regex::npos) << endless;
    EXPECT_EQ(occurrence_width("\\Qa.b\\E|\\x{e4}"), 3u);  // told by Hyperscan
}

// Adding up must not come to less than Hyperscan, which unrolls each count: a window that is too narrow loses occurrences.
TEST(Expression, OfAPackAreAsWideAsHyperscanSays) {
    char const* const folder = std::getenv("KEEPMUM_DATA");
    std::string const data = folder ? folder : KEEPMUM_SOURCE "/../shared/data";
    std::size_t asked = 0, agreed = 0;
    for (std::string const& path : {std::string(KEEPMUM_SOURCE "/packs/credentials.toml"), data + "/scanners/gitleaks.toml"}) {
        std::ifstream file(path, std::ios::binary);
        if (!file) std::printf("skipped: %s is not there\n", path.c_str());
        std::string const text{std::istreambuf_iterator<char>(file), {}};
        auto const pack = parse_toml(text, path);
        ASSERT_TRUE(pack);
        for (char const* key : {"rule", "rules"}) {
            auto const rules = pack->tables(key);
            ASSERT_TRUE(rules);
            for (Tree const& rule : *rules) {
                std::string const pattern = rule.text("regex", "").value();
                hs_expr_info_t* info = nullptr;
                hs_compile_error_t* error = nullptr;
                if (pattern.empty() || hs_expression_info(pattern.c_str(), 0, &info, &error) != HS_SUCCESS) {
                    hs_free_compile_error(error);
                    continue;
                }
                std::uint64_t const theirs = info->max_width == 0xFFFFFFFFu ? Regex::npos : info->max_width;
                free(info);
                EXPECT_GE(occurrence_width(pattern), theirs) << pattern;
                ++asked, agreed += occurrence_width(pattern) == theirs;
            }
        }
    }
    std::printf("%zu of %zu expressions as wide as Hyperscan says, none narrower\n", agreed, asked);
    EXPECT_GT(asked, 90u);
}

TEST(Expression, KnowsHowManyLinesAnOccurrenceCanHave) {
    EXPECT_EQ(occurrence_line_feeds("key[a-z]+\\."), 0u);
    EXPECT_EQ(occurrence_line_feeds("(?i)(?:key|token)[\\s'\"]{0,3}=\\x60?[^<\\n]+([\"\\s;]|\\\\[nr]|$)"), 4u);
    EXPECT_EQ(occurrence_line_feeds("(?P<name>a\\n|b\n\nc)x+\\x0A"), 3u);
    EXPECT_EQ(occurrence_line_feeds("a.{9}[\\t-\\r]{2}[[:space:]](?:\\W\\S\\D){2}"), 7u);
    EXPECT_EQ(occurrence_line_feeds("a\\.\\[\\bx{1,3}y*?z{2,}"), 0u);
    EXPECT_EQ(occurrence_line_feeds("(?s)a.{9}b+"), 9u);
    for (std::string_view endless : {"a\\s+b", "a[^b]*", "(?:a[^b])+", "(?s)a.*", "\\D{3,}", "a\\pN", "a\\12", "\\Qa", "a\\x{a}", "[a"}) {
        EXPECT_EQ(occurrence_line_feeds(endless), Regex::npos) << endless;
    }
}

TEST(Expression, KnowsTheWordsThatMayFloodIt) {
    EXPECT_EQ(flood_words("(?i)[\\w.-]{0,50}?(?:access|(?-i:[Aa]pi|API)|credential|key|pass(?:wd)?|to\\|ken|auth)(?:[ \\t\\w.-]{0,20})="),
              (std::vector<std::string>{"access", "key", "auth"}));
    EXPECT_EQ(flood_words("(?i:key|pin|a[)|]b|c|d|e)\\w*=x"), (std::vector<std::string>{"key", "pin"}));
    for (std::string_view other : {"(?:key|pin|a|b|c|d)=\\w*", "(?:key|pin|a|b|c)\\w*", "(?:key|pinnumber|a|b|c|d)\\w*", "(key|pin|a|b|c|d)\\w*",
                                   "key|pin", "(?:key|pin|a|b|c|d", "(?:", "", "\\b(?:key|pin|a|b|c|d)\\w*"}) {
        EXPECT_TRUE(flood_words(other).empty()) << other;
    }
}

TEST(Expression, KnowsWhatIsWeak) {
    EXPECT_TRUE(is_weak("\\b[a-f0-9]{40}\\b"));
    EXPECT_TRUE(is_weak("(sgp_[a-f0-9]{16}|[a-f0-9]{40})"));
    EXPECT_TRUE(is_weak("\\d{15,16}[|%][a-z]+"));
    EXPECT_FALSE(is_weak("\\b(AKIA|ASIA)[A-Z2-7]{16}\\b"));
    EXPECT_FALSE(is_weak("(?i)[\\w.-]{0,50}(?:key|token)=[a-z]{9}"));
}

TEST(Expression, HasACost) {
    double const cheap = solo_cost("AKIA[A-Z2-7]{16}"), dear = solo_cost("[a-f0-9]+[^a-f0-9]+[a-f0-9]{3}");
    EXPECT_GT(cheap, 0);
    EXPECT_GT(dear, cheap);
}

}  // namespace
}  // namespace keepmum
