// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/filter.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

constexpr std::string_view text = "first line\napi_key = \"Zk3Tq9Lw0Xb7\" # note\nlast";

FilterInput input(std::string_view path = "") {
    std::size_t const match = text.find("api_key"), secret = text.find("Zk3"), end = text.find("\" #");
    return {text, {match, end + 1}, {secret, end}, path};
}

bool drops(std::string_view source, std::string_view path = "") {
    auto const filter = Filter::parse(source);
    EXPECT_TRUE(filter) << source << ": " << (filter ? "" : filter.error().what);
    return filter && filter->drops(input(path));
}

TEST(Filter, Table) {
    struct Row {
        std::string_view source;
        bool dropped;
    };
    static constexpr Row rows[] = {
        {"true", true},
        {"!true", false},
        {"not false", true},
        {"entropy(finding[\"secret\"]) <= 3.0", false},
        {"filter.entropy(finding[\"secret\"]) < 3.6", true},
        {"entropy(finding.secret) == entropy(finding[\"secret\"])", true},
        {"len(finding[\"secret\"]) == 12", true},
        {"len(finding[\"match\"]) - 2 > 20 && len(finding[\"match\"]) + -1 < 100", true},
        {"matchesAny(finding[\"secret\"], [`^zk`, `b7$`])", true},
        {"matchesAny(finding[\"secret\"], [`^zk`, `b8$`,])", false},
        {"matchesAny(finding[\"secret\"], `(?i)^ZK`)", true},
        {"containsAny(finding[\"secret\"], [\"none\", \"tQ9\"])", true},
        {"containsAny(finding[\"secret\"], [\"none\"])", false},
        {"startsWithAny(finding[\"secret\"], ['Zk'])", true},
        {"failsTokenEfficiency(finding[\"secret\"])", false},
        {"failsTokenEfficiency(\"getUserPasswordFromStore\")", true},
        {"finding[\"line\"] == 'api_key = \"Zk3Tq9Lw0Xb7\" # note'", true},
        {"findMatch(finding[\"line\"], `#.*$`) == \"# note\"", true},
        {"findMatch(finding[\"line\"], `never`) == \"\"", true},
        {"finding[\"fragment_raw\"][:5] == \"first\"", true},
        {"finding[\"fragment_raw\"][finding[\"match_start_idx\"]:finding[\"match_start_idx\"]+3] == \"api\"",
         true},
        {"finding[\"fragment_raw\"][finding[\"match_line_start_idx\"]:finding[\"match_line_end_idx\"]] == "
         "finding[\"line\"]",
         true},
        {"finding[\"fragment_raw\"][max(finding[\"match_start_idx\"] - 500, 6):10] == \"line\"", true},
        {"min(3, 1, 2) == 1 && max(3, 1, 2) == 3", true},
        {"let a = \"x\" + \"y\"; // comment\nlet b = a + \"z\"; b == \"xyz\"", true},
        {"/* block */ true", true},
        {"false || true && false", false},
        {"(true || false) && true", true},
        {"1 - 1 - 1 == -1", true},
        {"get(attributes, \"path\", \"\") == \"\"", true},
        {"get(attributes, \"host\", \"none\") == \"none\"", true},
        {"(attributes[\"path\"] ?? \"\") == \"\"", true},
        {"(attributes[\"host\"] ?? \"h\") == \"h\"", true},
        {"\"\\x41\\n\\u0042\" == \"A\nB\"", true},
        // What cannot be computed keeps the finding.
        {"finding[\"secret\"] < 3", false},
        {"finding[\"secret\"][5:2] == \"\"", false},
        {"attributes[\"host\"] && true", false},
        {"\"text\"", false},
    };
    for (Row const& row : rows) EXPECT_EQ(drops(row.source), row.dropped) << row.source;
    EXPECT_TRUE(drops("matchesAny(get(attributes, \"path\", \"\"), [`\\.bb$`])", "x.bb"));
    EXPECT_FALSE(drops("matchesAny(get(attributes, \"path\", \"\"), [`\\.bb$`])"));
}

TEST(Filter, SaysWhatItDoesNotKnow) {
    auto const problem = [](std::string_view source) {
        auto const filter = Filter::parse(source);
        return filter ? std::string("parsed") : filter.error().what;
    };
    EXPECT_EQ(problem("fetch(finding[\"secret\"])"), "'fetch' is not known here");
    EXPECT_EQ(problem("finding[\"author\"] == \"x\""), "finding[\"author\"] is not known here");
    EXPECT_EQ(problem("matchesAny(finding[\"secret\"], [finding[\"line\"]])"),
              "lists must hold literal strings");
    EXPECT_EQ(problem("true true"), "unexpected 'true'");
    EXPECT_EQ(problem("true &&"), "the expression ends too early");
    EXPECT_EQ(problem(""), "the expression ends too early");
    EXPECT_EQ(problem("\"open"), "a string is not closed");
    EXPECT_EQ(problem("filter."), "'' is not known here");
    EXPECT_EQ(problem("finding["), "finding needs a literal key");
    EXPECT_NE(problem("matchesAny(\"a\", [`(`])"), "parsed");
    EXPECT_EQ(problem(std::string(500, '(')), "the expression is nested too deeply");
    EXPECT_EQ(problem(std::string(500, '!')), "the expression is nested too deeply");
}

TEST(Filter, LinesAround) {
    EXPECT_EQ(lines_around("ab\ncd\nef", (Span{3, 4})), (Span{3, 5}));
    EXPECT_EQ(lines_around("ab\ncd\nef", (Span{1, 4})), (Span{0, 5}));
    EXPECT_EQ(lines_around("ab", (Span{0, 2})), (Span{0, 2}));
}

}  // namespace
}  // namespace keepmum
