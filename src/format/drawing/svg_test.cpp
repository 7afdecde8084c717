// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/drawing/svg.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

using What = SvgPart::What;

std::string drawing(std::string const& inside, std::string const& attributes = "") {
    return "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 100 50' " + attributes + ">" + inside + "</svg>";
}

std::string list(std::string const& svg) {
    std::string out;
    for (SvgPart const& part : survey_svg(svg).parts) {
        out += std::to_string(static_cast<int>(part.what)) + " " + part.name + (part.how.empty() ? "" : " " + std::string(part.how)) + ": " +
               svg.substr(part.whole.begin, part.whole.size()) + "\n";
    }
    return out;
}

TEST(Svg, IsKnownByItsFirstElement) {
    EXPECT_TRUE(is_svg(drawing("")));
    EXPECT_TRUE(is_svg("\xEF\xBB\xBF<?xml version='1.0'?><!-- <html> --><!DOCTYPE svg [<!ENTITY a '<b>'>]>\n<s:svg xmlns:s='http://www.w3.org/2000/svg'/>"));
    EXPECT_FALSE(is_svg("<html><svg></svg></html>"));
    EXPECT_FALSE(is_svg("words <svg></svg>"));
    EXPECT_FALSE(is_svg(""));
}

TEST(Svg, WhatIsSaidAboutItIsNoDrawing) {
    EXPECT_EQ(list(drawing("<!-- a --><title>t</title><rect inkscape:label='x &amp; y'/><script>f()</script><circle r='1' onclick='g()'/>")),
              "0 Comment: <!-- a -->\n1 title: <title>t</title>\n2 inkscape:label: inkscape:label='x &amp; y'\n3 script: <script>f()</script>\n3 onclick: onclick='g()'\n");
    EXPECT_EQ(list(drawing("<metadata><r:RDF><dc:creator><c:Agent><dc:title>Li</dc:title></c:Agent></dc:creator></r:RDF></metadata>")),
              "1 metadata: <metadata><r:RDF><dc:creator><c:Agent><dc:title>Li</dc:title></c:Agent></dc:creator></r:RDF></metadata>\n1 creator: Li\n");
}

TEST(Svg, WhatIsNotDrawnIsUnseen) {
    for (char const* const hidden : {"<g display='none'><text>a</text></g>", "<text style='fill:red; visibility: hidden'>a</text>", "<g opacity='0'><g><text>a</text></g></g>"})
        EXPECT_TRUE(list(drawing(hidden)).starts_with("4 ")) << hidden;
    EXPECT_EQ(list(drawing("<style>.x { display: none }</style><text class='y x'>a</text>")), "4 text display-none: <text class='y x'>a</text>\n");
    EXPECT_EQ(list(drawing("<text x='500' y='9'>a</text><rect x='1' y='60' width='2' height='2'/><circle cx='-9' cy='0' r='3'/>")),
              "4 text off-page: <text x='500' y='9'>a</text>\n4 rect off-page: <rect x='1' y='60' width='2' height='2'/>\n4 circle off-page: <circle cx='-9' cy='0' r='3'/>\n");
    EXPECT_EQ(list(drawing("<text x='5' y='9' font-size='0.3'>a</text><g transform='scale(9)'><rect x='0' y='60' width='2' height='2'/></g>"
                           "<defs><rect x='500' y='0' width='1' height='1' display='none'/></defs><rect width='100%' height='100%' opacity='.5'/>")), "");
}

TEST(Svg, WhatIsNotDrawnCanBeShown) {
    std::string const svg = drawing("<g style='display:none' fill='red'><text x='1' y='9'>a</text></g>", "inkscape:version='1'");
    SvgSurvey const survey = survey_svg(svg);
    ASSERT_EQ(survey.parts.size(), 2u);
    std::string const shown = show_unseen(svg, survey, survey.parts[1]);
    EXPECT_NE(shown.find("<g  fill='red'><text x='1' y='9'>a</text></g></svg>"), std::string::npos) << shown;
    EXPECT_EQ(list(shown), "");
}

TEST(Svg, TargetsElsewhereAndEmbeddedFiles) {
    EXPECT_EQ(list(drawing("<image href='https://a.example/b.png'/><use xlink:href='#c'/><a href='https://d.example'><path fill='url(#e)'/></a><path style='fill:url(\"http://f.example/g\")'/>"
                           "<style>@import 'h.css';</style><image href='data:image/webp;base64,AAAA'/>")),
              "5 image: href='https://a.example/b.png'\n5 path: style='fill:url(\"http://f.example/g\")'\n5 style: @import 'h.css';\n6 image/webp: href='data:image/webp;base64,AAAA'\n");
}

TEST(Svg, EveryCutIsReadWithoutHarm) {
    std::string const svg = "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]>" +
        drawing("<g display='none'><text data-x='1'>a</text></g><metadata><dc:title>t</dc:title></metadata>"
                "<image href='data:image/png,x'/>");
    for (std::size_t size = 0; size <= svg.size(); ++size) {
        SvgSurvey const survey = survey_svg(std::string_view(svg).substr(0, size));
        EXPECT_EQ(survey.closed, size == svg.size());
        for (SvgPart const& part : survey.parts) {
            EXPECT_LE(part.whole.begin, part.value.begin);
            EXPECT_LE(part.value.end, part.whole.end);
            EXPECT_LE(part.whole.end, size);
            EXPECT_TRUE(part.what != What::unseen || !show_unseen(std::string_view(svg).substr(0, size), survey, part).empty());
        }
    }
    EXPECT_TRUE(survey_svg(svg).entities);
}

TEST(Svg, ProgramsNameThemselves) {
    EXPECT_EQ(names_program(" Created with Inkscape (http://www.inkscape.org/) "), "Inkscape (http://www.inkscape.org/) ");
    EXPECT_EQ(names_program(" Generator: Adobe Illustrator 27.0 "), "Adobe Illustrator 27.0 ");
    EXPECT_EQ(names_program(" the old version was created by Li, do not send "), "");
}

}  // namespace
}  // namespace keepmum
