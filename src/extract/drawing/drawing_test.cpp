// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/drawing/drawing.h"

#include <gtest/gtest.h>

#include "core/drawn.h"
#include "extract/collect.h"

namespace keepmum {
namespace {

Collect draw(std::string const& svg, std::string const& reason = "") {
    Evidence evidence;
    evidence.content = Blob::copy(svg);
    evidence.reason = reason;
    Collect out;
    EXPECT_TRUE(drawing_extractor()->extract(evidence, out));
    return out;
}

std::string drawing(std::string const& inside, std::string const& size = "width='20' height='10'") {
    return "<svg xmlns='http://www.w3.org/2000/svg' " + size + ">" + inside + "</svg>";
}

// Red, green, blue of a pixel of a P6 file of that size, from its head on.
std::string pixel(Evidence const& picture, std::string const& head, std::size_t index) {
    std::string_view const bytes = picture.content.view();
    EXPECT_TRUE(bytes.starts_with(head)) << bytes.substr(0, 20);
    return std::string(bytes.substr(head.size() + index * 3, 3));
}

TEST(Drawing, BecomesAPictureOverWhite) {
    Collect const drawn = draw(drawing("<rect width='10' height='10' fill='#010203'/>"));
    ASSERT_EQ(drawn.all.size(), 1u);
    EXPECT_TRUE(drawn.gaps.empty());
    EXPECT_EQ(drawn.all[0].kind, Kind::bytes);
    EXPECT_EQ(pixel(drawn.all[0], "P6\n2000 1000\n255\n", 5), "\x01\x02\x03");
    EXPECT_EQ(pixel(drawn.all[0], "P6\n2000 1000\n255\n", 1500), "\xFF\xFF\xFF");
}

TEST(Drawing, HasASizeWhereItStatesNone) {
    Collect const box = draw(drawing("<rect width='10' height='10'/>", "viewBox='0 0 40 10'"));
    ASSERT_EQ(box.all.size(), 1u);
    EXPECT_TRUE(box.all[0].content.view().starts_with("P6\n2000 500\n"));
    Collect const ink = draw(drawing("<rect x='700' y='300' width='10' height='5' fill='#000'/>", ""));
    ASSERT_EQ(ink.all.size(), 1u);
    EXPECT_EQ(pixel(ink.all[0], "P6\n2000 1000\n255\n", 5000), std::string(3, '\0'));
}

TEST(Drawing, OfAnySizeIsDrawn) {
    Collect const wide = draw(drawing("<rect width='10' height='10'/>", "width='2e10' height='1e10' viewBox='0 0 20 10'"));
    ASSERT_EQ(wide.all.size(), 1u);
    EXPECT_EQ(pixel(wide.all[0], "P6\n8000 4000\n255\n", 100), std::string(3, '\0'));
    Collect const endless = draw(drawing("<rect width='10' height='10'/>", "width='1e30' height='1e30' viewBox='0 0 20 10'"));
    EXPECT_EQ(endless.all.size() + endless.gaps.size(), 1u);
}

TEST(Drawing, ForACopyKeepsItsTransparency) {
    Collect const drawn = draw(drawing("<rect width='10' height='10'/>"), std::string(drawn_for_copy));
    ASSERT_EQ(drawn.all.size(), 1u);
    EXPECT_EQ(drawn.all[0].media, "image/png");
    EXPECT_TRUE(drawn.all[0].content.view().starts_with("\x89PNG"));
}

TEST(Drawing, ThatCannotBeDrawnIsAGap) {
    EXPECT_EQ(draw("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><g>").gaps.size(), 1u);
    EXPECT_EQ(draw("no drawing").gaps.size(), 1u);
    EXPECT_EQ(draw(drawing("", "")).gaps.size(), 0u);
    EXPECT_EQ(draw(drawing("", ""), std::string(drawn_for_copy)).gaps.size(), 1u);
    std::string laughs = "<!DOCTYPE svg [<!ENTITY a0 'haha'>";
    for (int i = 1; i < 30; ++i) laughs += "<!ENTITY a" + std::to_string(i) + " '&a" + std::to_string(i - 1) + ";&a" + std::to_string(i - 1) + ";'>";
    Collect const bomb = draw(laughs + "]><svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><text>&a29;</text></svg>");
    EXPECT_EQ(bomb.all.size() + bomb.gaps.size(), 1u);
}

}  // namespace
}  // namespace keepmum
