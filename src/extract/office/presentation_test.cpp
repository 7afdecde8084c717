// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/office/office_testing.h"
#include "extract/office/package_testing.h"

namespace keepmum {
namespace {

constexpr std::string_view spaces = "xmlns:p='http://schemas.openxmlformats.org/presentationml/2006/main' "
                                    "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' "
                                    "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";

std::string shape(std::string_view text, std::string_view about = "", std::string_view where = "") {
    return "<p:sp><p:nvSpPr><p:cNvPr " + std::string(about) + "/></p:nvSpPr><p:spPr>" + std::string(where) +
           "</p:spPr><p:txBody><a:p><a:r><a:t>" + std::string(text) + "</a:t></a:r></a:p></p:txBody></p:sp>";
}

TestPart slide(std::string const& name, std::string const& relation, std::string_view inside, std::string_view attributes = "") {
    return {"ppt/slides/" + name + ".xml", relation, "presentationml.slide",
            "<p:sld " + std::string(spaces) + " " + std::string(attributes) + ">" + std::string(inside) + "</p:sld>", ""};
}

TEST(Presentation, PartsWhatIsShownFromWhatIsNot) {
    std::string const main = "<p:presentation " + std::string(spaces) + "><p:sldIdLst><p:sldId r:id='r2'/><p:sldId r:id='r1'/></p:sldIdLst>"
                             "<p:sldSz cx='1000' cy='500'/></p:presentation>";
    std::string const off = "<a:xfrm><a:off x='1200' y='10'/><a:ext cx='100' cy='100'/></a:xfrm>";
    std::string const on = "<a:xfrm><a:off x='900' y='10'/><a:ext cx='400' cy='100'/></a:xfrm>";
    Extracted const got = extract_with(package_extractor(), office_file("ppt/presentation.xml", "presentationml.presentation", main, {
        slide("slide1", "slide", shape("second"), "show='0'"),
        slide("slide2", "slide", shape("first", "", on) + shape("beside", "", off) + shape("ghost", "hidden='1' descr='a map'")),
        slide("slide3", "", shape("dropped")),
        {"ppt/notesSlides/n.xml", "notesSlide", "presentationml.notesSlide",
         "<p:notes " + std::string(spaces) + ">" + shape("say this") + "</p:notes>", "ppt/slides/slide2.xml"},
        {"ppt/comments/c.xml", "comments", "presentationml.comments",
         "<p:cmLst " + std::string(spaces) + "><p:cm><p:text>remark</p:text></p:cm></p:cmLst>", "ppt/slides/slide2.xml"},
        {"ppt/slideMasters/m.xml", "slideMaster", "presentationml.slideMaster",
         "<p:sldMaster " + std::string(spaces) + ">" + shape("INTERNAL") + "</p:sldMaster>", ""},
    }));
    EXPECT_EQ(got.outlet.text(Role::shown), "first\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "off-page"), "beside\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "shape"), "ghost\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "slide"), "second\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "unreferenced part"), "dropped\n");
    EXPECT_EQ(got.outlet.text(Role::note), "say this\n");
    EXPECT_EQ(got.outlet.text(Role::comment), "remark\n");
    EXPECT_TRUE(got.outlet.says(Role::margin, "INTERNAL"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Alternative text: a map"));
    for (Evidence const& one : got.outlet.kept)
        if (one.role == Role::note) {
            EXPECT_EQ(print(one.place), "!slide:1!part:notes");
        }
    EXPECT_TRUE(got.outlet.gaps.empty());
}

}  // namespace
}  // namespace keepmum
