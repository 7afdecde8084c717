// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/overlap.h"

#include <gtest/gtest.h>

#include "engine/views.h"

namespace keepmum {
namespace {

Rule rule(std::string id, bool generic = false) {
    Rule rule;
    rule.id = std::move(id);
    if (generic) rule.labels.push_back("generic");
    return rule;
}

StatedSpot sighting(Rule const& rule, Span span, Certainty certainty, std::size_t decodes = 0) {
    StatedSpot sighting;
    sighting.rule = &rule;
    sighting.finding.span = span;
    sighting.finding.certainty = certainty;
    sighting.decodes.assign(decodes, "base64");
    return sighting;
}

TEST(Overlap, RawTextBeforeAViewOfIt) {
    Rule const iban = rule("identity.iban");
    std::vector<StatedSpot> all{sighting(iban, {10, 30}, Certainty::certain, 1), sighting(iban, {10, 30}, Certainty::certain)};
    keep_best(all);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_TRUE(all[0].decodes.empty());
}

TEST(Overlap, TheSpecificBeforeTheGeneric) {
    Rule const github = rule("secret.github"), generic = rule("secret.password", true);
    std::vector<StatedSpot> all{sighting(generic, {0, 40}, Certainty::likely), sighting(github, {4, 40}, Certainty::certain)};
    keep_best(all);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].rule, &github);
}

TEST(Overlap, OfTwoGeneralRulesOneStays) {
    Rule const a = rule("secret.a", true), b = rule("secret.b", true);
    std::vector<StatedSpot> all{sighting(b, {0, 9}, Certainty::likely), sighting(a, {0, 9}, Certainty::likely)};
    keep_best(all);
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(all[0].rule, &a);
}

TEST(Overlap, AnotherFamilyIsNoneOfItsBusiness) {
    Rule const word = rule("word.house"), id = rule("identity.iban");
    std::vector<StatedSpot> all{sighting(word, {0, 9}, Certainty::hint), sighting(id, {0, 9}, Certainty::certain)};
    keep_best(all);
    EXPECT_EQ(all.size(), 2u);
}

TEST(Positions, LinesColumnsCellsAndParagraphs) {
    Evidence text;
    text.content = Blob::copy("ab\n密cd\n");
    Positions lines(text);
    EXPECT_EQ(lines.at(0), "1:1");
    EXPECT_EQ(lines.at(6), "2:2");
    EXPECT_EQ(lines.at(1), "1:2");
    text.marks = {{0, Mark::What::cell, 1, 1}, {3, Mark::What::cell, 2, 28}};
    Positions cells(text);
    EXPECT_EQ(cells.at(4), "AB2");
    text.marks = {{0, Mark::What::paragraph, 7}};
    EXPECT_EQ(Positions(text).at(5), "§7");
}

TEST(Views, MarksFollowTheText) {
    View whole, view;
    whole.text = Blob::copy("\xEF\xBC\xA1\xEF\xBC\xA2 tail");  // full-width AB
    view.text = Blob::copy("AB tail");
    view.map.add(0, 0, 1, 3);
    view.map.add(2, 6);
    view.parent = &whole;
    std::vector<Mark> const marks = marks_in(view, {{0, Mark::What::paragraph, 1}, {7, Mark::What::paragraph, 2}});
    ASSERT_EQ(marks.size(), 2u);
    EXPECT_EQ(marks[0].at, 0u);
    EXPECT_EQ(marks[1].at, 3u);
}

TEST(Views, NestedEncodingsLeadBackToTheText) {
    View whole;
    whole.text = Blob::copy("x VUd4bFlYTmxJSEJoZVNCMGJ5QkVSVGc1SURNM01EUWdNREEwTkNBd05UTXlJREF4TXpBZ01EQT0= y");
    DeriveBudget budget;
    std::vector<View> const first = derive(whole, budget);
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].decoded, "base64");
    std::vector<View> const second = derive(first[0], budget);
    ASSERT_EQ(second.size(), 1u);
    EXPECT_EQ(second[0].text.view(), "Please pay to DE89 3704 0044 0532 0130 00");
    Span const span = second[0].to_whole({14, 41});
    EXPECT_GE(span.begin, 2u);
    EXPECT_LE(span.end, whole.text.size() - 2);
    EXPECT_EQ(budget.too_deep + budget.too_much, 0u);
}

TEST(Views, WhatIsNotUndoneIsTold) {
    View nested;
    nested.text = Blob::copy("x VUd4bFlYTmxJSEJoZVNCMGJ5QkVSVGc1SURNM01EUWdNREEwTkNBd05UTXlJREF4TXpBZ01EQT0= y");
    nested.depth = 6;
    DeriveBudget deep;
    EXPECT_TRUE(derive(nested, deep).empty());
    EXPECT_EQ(deep.too_deep, 76u);
    DeriveBudget spent{10, true};
    nested.depth = 0;
    EXPECT_TRUE(derive(nested, spent).empty());
    EXPECT_EQ(spent.too_much, 76u);
}

}  // namespace
}  // namespace keepmum
