// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/exhibit.h"
#include "report/mask.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

Evidence text_evidence(std::string text) {
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.content = Blob::take(std::move(text));
    return evidence;
}

std::string joined(Exhibit const& exhibit) {
    std::string out;
    for (auto const& piece : exhibit.pieces) out += piece.finding < 0 ? piece.text : "[" + piece.text + "]";
    return out;
}

TEST(Exhibit, ShowsTheLineWithTheValueMasked) {
    std::string const text = "first line\nThe number of the person that we met is 350102199001011234 as agreed, "
                             "and more than that we do not know.\nlast";
    Highlight const highlight{{51, 69}, 0};
    auto const exhibits = make_exhibits(text_evidence(text), {&highlight, 1});
    ASSERT_EQ(exhibits.size(), 1u);
    EXPECT_EQ(joined(exhibits[0]), "The number of the person that we met is [3501••••••••••1234] as agreed, and more than that we do not know.");
    EXPECT_TRUE(exhibits[0].goes_on_before && exhibits[0].goes_on_after);
}

TEST(Exhibit, ShowsTheNeighboursOfAShortLine) {
    Highlight const highlight{{21, 39}, 0};
    auto const exhibits = make_exhibits(text_evidence("of the second office\n350102199001011234\n(home)"), {&highlight, 1});
    ASSERT_EQ(exhibits.size(), 1u);
    EXPECT_EQ(joined(exhibits[0]), "of the second office\n[3501••••••••••1234]\n(home)");
}

TEST(Exhibit, CloseFindingsShareOneAndNeverShowEachOther) {
    std::string const text = "a 6222021234567890 b hunter2hunter2 c TOP SECRET d";
    std::vector<Highlight> const highlights{{{2, 18}, 0}, {{21, 35}, 1}, {{38, 48}, 2, Masking::shown}};
    auto const exhibits = make_exhibits(text_evidence(text), highlights);
    ASSERT_EQ(exhibits.size(), 1u);
    EXPECT_EQ(joined(exhibits[0]), "a [6222••••••••7890] b [hu••••••••••r2] c [TOP SECRET] d");
}

TEST(Exhibit, OverlapsAreMaskedThroughout) {
    std::string const text = "x abcdefghijklmnopqrst y";
    std::vector<Highlight> const highlights{{{2, 12}, 0}, {{6, 22}, 1}, {{8, 10}, 2, Masking::shown}};
    auto const exhibits = make_exhibits(text_evidence(text), highlights);
    ASSERT_EQ(exhibits.size(), 1u);
    EXPECT_EQ(joined(exhibits[0]), "x [ab••••••ij][•••] y");
}

TEST(Exhibit, LongLinesAreCutAtCharacters) {
    std::string text;
    for (int i = 0; i < 400; ++i) text += "密";
    std::size_t const at = text.size();
    text += "SECRETSECRETSECRET";
    for (int i = 0; i < 400; ++i) text += "码";
    Highlight const highlight{{at, at + 18}, 0};
    auto const exhibits = make_exhibits(text_evidence(text), {&highlight, 1});
    ASSERT_EQ(exhibits.size(), 1u);
    ASSERT_EQ(exhibits[0].pieces.size(), 3u);
    EXPECT_EQ(exhibits[0].pieces[0].text.size() % 3, 0u);
    EXPECT_EQ(exhibits[0].pieces[2].text.size() % 3, 0u);
    EXPECT_LE(exhibits[0].pieces[0].text.size(), 200u);
}

TEST(Exhibit, OneLineFullOfFindingsStaysSmall) {
    std::string text;
    std::vector<Highlight> highlights;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        highlights.push_back({{text.size(), text.size() + 18}, i});
        text += "350102199001011234 ";
    }
    auto const exhibits = make_exhibits(text_evidence(text), highlights);
    EXPECT_EQ(exhibits.size(), 8u);
    for (auto const& exhibit : exhibits) EXPECT_LT(joined(exhibit).size(), 8000u);
}

TEST(Exhibit, DrawsThePage) {
    auto evidence = text_evidence("grey words 350102199001011234");
    evidence.marks = {{0, Mark::What::box, 100, 200, 300, 50}, {5, Mark::What::box, 500, 200, 300, 50}, {11, Mark::What::box, 900, 200, 900, 50}};
    Highlight const highlight{{11, 29}, 4};
    auto const exhibits = make_exhibits(evidence, {&highlight, 1});
    ASSERT_EQ(exhibits.size(), 1u);
    ASSERT_EQ(exhibits[0].boxes.size(), 3u);
    EXPECT_EQ(exhibits[0].boxes[1].finding, -1);
    EXPECT_EQ(exhibits[0].boxes[2].finding, 4);
    EXPECT_EQ(exhibits[0].page_width, 59528);
    EXPECT_EQ(exhibits[0].page_height, 84189);
}

TEST(Exhibit, DrawsWhatReachesBeyondThePagesEdge) {
    auto evidence = text_evidence("grey words 350102199001011234");
    evidence.marks = {{0, Mark::What::box, -400, 200, 300, 50}, {5, Mark::What::box, 500, -20, 300, 50}, {11, Mark::What::box, -100, -10, 900, 50}};
    Highlight const highlight{{11, 29}, 4};
    auto const exhibits = make_exhibits(evidence, {&highlight, 1});
    ASSERT_EQ(exhibits.size(), 1u);
    ASSERT_EQ(exhibits[0].boxes.size(), 2u);  // the first lies beside the page
    EXPECT_EQ(exhibits[0].boxes[0].height, 30);
    Exhibit::Box const& found = exhibits[0].boxes[1];
    EXPECT_TRUE(found.masked);
    EXPECT_EQ(found.left, 0);
    EXPECT_EQ(found.top, 0);
    EXPECT_EQ(found.width, 800);
    EXPECT_EQ(found.height, 40);
}

TEST(Exhibit, RefusesSpansOutsideTheText) {
    Highlight const highlight{{4, 99}, 0};
    EXPECT_TRUE(make_exhibits(text_evidence("short"), {&highlight, 1}).empty());
}

TEST(Passage, IsShownAsItsShapeAlone) {
    EXPECT_EQ(mask_passage("The valve opens at 9.5 bar, no sooner.\nAsk Ann."),
              "\u2022\u2022\u2022 \u2022\u2022\u2022 \u2022\u2022\u2022 \u2022\u2022\u2022 \u2022\u2022\u2022.\u2022\u2022\u2022 "
              "\u2022\u2022\u2022, \u2022\u2022\u2022 \u2022\u2022\u2022.\n\u2022\u2022\u2022 \u2022\u2022\u2022.");
    EXPECT_EQ(mask_passage("阀门在九巴时开启，不得提前。"), "\u2022\u2022\u2022\u2022，\u2022\u2022\u2022\u2022。");
    EXPECT_EQ(mask_passage("well-known it's"), "\u2022\u2022\u2022 \u2022\u2022\u2022");
    std::string const longer = mask_passage(std::string(5000, 'a') + " b c d e f g h i j k l m n o p q r s t u v w x y z");
    EXPECT_LT(longer.size(), 300u);
    EXPECT_TRUE(longer.ends_with("…"));
}

TEST(Passage, HidesAValueThatReachesIntoIt) {
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.content = Blob::copy("before the valve opens at nine bar after");
    std::vector<Highlight> const highlights{{{7, 34}, 0, Masking::passage}, {{11, 16}, 1, Masking::shown}};
    std::vector<Exhibit> const exhibits = make_exhibits(evidence, highlights);
    ASSERT_EQ(exhibits.size(), 1u);
    std::string shown;
    for (Exhibit::Piece const& piece : exhibits[0].pieces) shown += piece.text;
    EXPECT_EQ(shown.find("valve"), std::string::npos);
    EXPECT_NE(shown.find("before"), std::string::npos);
    EXPECT_NE(shown.find("after"), std::string::npos);
}

}  // namespace
}  // namespace keepmum
