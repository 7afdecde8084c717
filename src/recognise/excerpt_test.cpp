// SPDX-License-Identifier: GPL-3.0-or-later
#include "recognise/excerpt.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

std::string fact(Finding const& finding, std::string_view key) {
    for (Fact const& fact : finding.facts) {
        if (fact.key == key) return fact.value;
    }
    return "(none)";
}

Passage passage(std::uint32_t text, Span span, std::uint32_t letters, std::uint32_t first, std::uint32_t last) {
    Passage passage;
    passage.text = text;
    passage.span = span;
    passage.letters = letters;
    passage.first = {0, first};
    passage.last = {0, last};
    return passage;
}

Overlap overlap_of(std::vector<Passage> passages) {
    Overlap overlap;
    overlap.document.name = "Report 12";
    overlap.document.level = "secret";
    overlap.document.letters = 1000;
    overlap.certainty = Certainty::certain;
    for (Passage const& passage : passages) overlap.letters += passage.letters;
    overlap.passages = std::move(passages);
    overlap.parts = {""};
    return overlap;
}

TEST(Excerpts, NameDocumentLevelHowMuchAndWhichParagraphs) {
    auto const statements = state_overlaps({overlap_of({passage(0, {10, 90}, 70, 4, 6), passage(0, {200, 260}, 50, 9, 9)})}, {0}, {Role::shown}, "2026-01-01");
    ASSERT_EQ(statements.size(), 1u);
    Finding const& finding = statements[0].finding;
    EXPECT_EQ(finding.rule, "excerpt.document");
    EXPECT_EQ(finding.certainty, Certainty::certain);
    EXPECT_EQ(fact(finding, "document"), "Report 12");
    EXPECT_EQ(fact(finding, "level"), "secret");
    EXPECT_EQ(fact(finding, "letters"), "120");
    EXPECT_EQ(fact(finding, "share"), "12%");
    EXPECT_EQ(fact(finding, "paragraphs"), "4-6, 9");
    EXPECT_EQ(finding.labels, std::vector<std::string>{"protected-secret"});
    EXPECT_EQ(statements[0].stretches.size(), 2u);
}

TEST(Excerpts, AreToldForEachFileInsideTheSource) {
    auto const statements = state_overlaps({overlap_of({passage(0, {0, 9}, 40, 1, 1), passage(1, {0, 9}, 60, 2, 2), passage(2, {5, 9}, 30, 3, 3)})},
                                           {0, 1, 1}, {Role::shown, Role::shown, Role::shown}, "2026-01-01");
    ASSERT_EQ(statements.size(), 2u);
    EXPECT_EQ(statements[0].look, 0u);
    EXPECT_EQ(fact(statements[0].finding, "letters"), "40");
    EXPECT_EQ(statements[1].look, 1u);  // where most of it stands
    EXPECT_EQ(fact(statements[1].finding, "letters"), "90");
    EXPECT_EQ(fact(statements[1].finding, "paragraphs"), "2, 3");
}

TEST(Excerpts, StandWherePeopleReadThem) {
    auto const statements = state_overlaps({overlap_of({passage(0, {0, 90}, 90, 1, 1), passage(1, {0, 80}, 80, 1, 1)})}, {0, 0}, {Role::markup, Role::shown}, "2026-01-01");
    ASSERT_EQ(statements.size(), 1u);
    EXPECT_EQ(statements[0].look, 1u);
}

TEST(Excerpts, OfWhatIsNoLongerProtectedAreHints) {
    Overlap overlap = overlap_of({passage(0, {10, 90}, 70, 4, 6)});
    overlap.document.until = "2025-12-31";
    auto const expired = state_overlaps({overlap}, {0}, {Role::shown}, "2026-01-01");
    EXPECT_EQ(expired[0].finding.certainty, Certainty::hint);
    EXPECT_EQ(fact(expired[0].finding, "until"), "2025-12-31");
    EXPECT_EQ(state_overlaps({overlap}, {0}, {Role::shown}, "2025-12-31")[0].finding.certainty, Certainty::certain);
}

}  // namespace
}  // namespace keepmum
