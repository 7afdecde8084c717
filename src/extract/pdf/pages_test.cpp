// What a page shows and what it hides, on pages drawn here.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/pdf/test_document.h"

namespace keepmum::pdf::test {
namespace {

std::string const secret = "BT /F1 12 Tf 40 100 Td (Falcon) Tj ET\n";
std::string const open = "BT /F1 12 Tf 40 150 Td (Weather) Tj ET\n";

struct Hidden {
    char const* name;
    std::string drawing;
    Role role;
    char const* reason;
};

void PrintTo(Hidden const& hidden, std::ostream* out) { *out << hidden.name; }

class HidesText : public testing::TestWithParam<Hidden> {};

TEST_P(HidesText, PutApart) {
    Hidden const& hidden = GetParam();
    Extracted const result = extract(page_with(open + hidden.drawing));
    EXPECT_EQ(result.out.text(Role::shown), "Weather");
    EXPECT_EQ(result.out.text(hidden.role, hidden.reason), "Falcon");
    EXPECT_TRUE(result.out.gaps.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Ways, HidesText,
    testing::Values(
        Hidden{"black box", secret + "0 g 38 95 60 16 re f", Role::covered, "box"},
        Hidden{"white box", secret + "1 g 38 95 60 16 re f", Role::covered, "box"},
        Hidden{"even-odd box", secret + "0 g 38 95 60 16 re f*", Role::covered, "box"},
        Hidden{"box of two halves", secret + "0 g 38 95 30 16 re f 68 95 30 16 re f", Role::covered, "box"},
        Hidden{"thick line", secret + "16 w 36 104 m 100 104 l S", Role::covered, "box"},
        Hidden{"hatched box", secret + "0 g 38 95 60 16 re f 0.4 G 38 95 m 54 111 l 60 95 m 76 111 l S",
               Role::covered, "box"},
        Hidden{"box with a word on it", secret + "0 g 38 95 60 16 re f", Role::covered, "box"},
        Hidden{"two boxes", secret + "0 g 38 95 60 16 re f 0.5 g 38 95 60 16 re f", Role::covered, "box"},
        Hidden{"shading", secret + "q 38 95 60 16 re W n /S1 sh Q", Role::covered, "box"},
        Hidden{"black on a black box", "0 g 38 95 60 16 re f " + secret, Role::covered, "box"},
        Hidden{"white on paper", "1 g " + secret, Role::hidden, "white"},
        Hidden{"white in a triangle", "q 0 0 m 299 0 l 299 199 l h W n 1 g BT /F1 12 Tf 200 40 Td (Falcon) Tj ET Q",
               Role::hidden, "white"},
        Hidden{"near white on paper", "0.97 g " + secret, Role::hidden, "white"},
        Hidden{"yellow on yellow", "1 1 0 rg 20 80 100 60 re f " + secret, Role::hidden, "white"},
        Hidden{"invisible mode", "3 Tr " + secret, Role::hidden, "invisible"},
        Hidden{"tiny", "BT /F1 0.4 Tf 40 100 Td (Falcon) Tj ET", Role::hidden, "tiny"},
        Hidden{"tiny by matrix", "q 0.05 0 0 0.05 40 100 cm BT /F1 12 Tf (Falcon) Tj ET Q", Role::hidden, "tiny"},
        Hidden{"off the page", "BT /F1 12 Tf 400 100 Td (Falcon) Tj ET", Role::hidden, "off-page"},
        Hidden{"clipped by a rectangle", "q 200 20 50 50 re W n " + secret + " Q", Role::hidden, "clipped"},
        Hidden{"clipped by a triangle", "q 0 0 m 299 0 l 299 199 l h W n BT /F1 12 Tf 10 170 Td (Falcon) Tj ET Q",
               Role::hidden, "clipped"}));

std::string seams(std::string const& drawing) {
    for (Evidence const& one : extract(page_with(drawing)).out.evidence) {
        if (one.reason == "line-below") return std::string(one.content.view());
    }
    return {};
}

TEST(Pages, ACellGoesOnInTheLineBelow) {
    std::string const table = "BT /F1 12 Tf 40 150 Td (Blue) Tj 36 0 Td (tells of a bird) Tj -36 -14 Td (Heron) Tj ET";
    EXPECT_NE(seams(table).find("Blue\nHeron\n"), std::string::npos) << seams(table);
    // Where it points to is the page's text.
    for (Evidence const& one : extract(page_with(table)).out.evidence) {
        if (one.reason != "line-below") continue;
        std::size_t const at = one.content.view().find("Heron");
        Span const span = one.map.to_source({at, at + 5});
        EXPECT_EQ(extract(page_with(table)).out.evidence.front().content.view().substr(span.begin, span.size()), "Heron");
    }
    EXPECT_EQ(seams("BT /F1 12 Tf 14 TL 40 150 Td (A heron is blue) Tj T* (and stands in rivers) Tj ET"), "");
    EXPECT_EQ(seams("BT /F1 12 Tf 40 150 Td (4111) Tj 36 0 Td (1111) Tj -36 -14 Td (1111) Tj ET"), "");
}

TEST(Pages, ALargeFirstLetterBelongsToItsWord) {
    EXPECT_NE(seams("BT /F1 40 Tf 40 100 Td (H) Tj ET BT /F1 12 Tf 70 118 Td (eron stands) Tj 0 -14 Td (in rivers) Tj ET").find("Heron"), std::string::npos);
}

TEST(Pages, NumbersOfGlyphsAreNoCharacters) {
    auto const with_font = [](std::string const& told) {
        OnePage page;
        int const descendant = page.file.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Made /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
                                             "/Supplement 0 >> /DW 600 /FontDescriptor << /Type /FontDescriptor /FontName /Made /Flags 4 >> >>");
        int const map = page.file.add(FileWriter::stream("", "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0020> <007E> <0041> endbfrange"));
        int const font = page.file.add("<< /Type /Font /Subtype /Type0 /BaseFont /Made /Encoding /Identity-H /DescendantFonts [" + page.reference(descendant) + "] " +
                                       (told.empty() ? "" : told + page.reference(map)) + " >>");
        page.resources_extra = "/Font << /F2 " + page.reference(font) + " >>";
        std::string codes;
        for (int i = 0; i < 30; ++i) codes += "0041";
        page.write("BT /F2 6 Tf 40 100 Td <" + codes + "> Tj ET");
        std::string bytes = page.finish();
        // One dictionary of fonts: the second is the one that is used.
        std::size_t const first = bytes.find("/Font << /F1");
        bytes.replace(first, 5, "/Fone");
        return extract(bytes);
    };
    EXPECT_TRUE(with_font("").out.has(Cause::unreadable));
    EXPECT_FALSE(with_font("/ToUnicode ").out.has(Cause::unreadable));
}

struct Clean {
    char const* name;
    std::string drawing;
};

void PrintTo(Clean const& clean, std::ostream* out) { *out << clean.name; }

class ShowsText : public testing::TestWithParam<Clean> {};

TEST_P(ShowsText, NothingApart) {
    Extracted const result = extract(page_with(GetParam().drawing));
    EXPECT_EQ(result.out.text(Role::shown), "Falcon");
    EXPECT_EQ(result.out.text(Role::covered) + result.out.text(Role::hidden), "");
    EXPECT_TRUE(result.out.gaps.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Ways, ShowsText,
    testing::Values(
        Clean{"plain", secret}, Clean{"box beneath", "0.8 g 38 95 60 16 re f 0 g " + secret},
        Clean{"white on a black box", "0 g 38 95 60 16 re f 1 g " + secret},
        Clean{"table rows shaded first", "0.9 g 0 90 300 20 re f 0 90 300 20 re f 0 g " + secret},
        Clean{"frame around", secret + "1 w 38 95 60 16 re S"},
        Clean{"table rules after", secret + "0.5 w 0 95 m 300 95 l 0 112 m 300 112 l 38 0 m 38 200 l S"},
        Clean{"underline", secret + "1 w 40 98 m 80 98 l S"},
        Clean{"struck through", secret + "1 w 40 104 m 80 104 l S"},
        Clean{"underline as a box", secret + "40 97 40 0.6 re f"},
        Clean{"box beside", secret + "120 95 60 16 re f"},
        Clean{"box over the line above", secret + "38 114 60 14 re f"},
        Clean{"ring around by even-odd", secret + "20 80 200 60 re 30 90 180 40 re f*"},
        Clean{"frame as a ring by winding", secret + "20 80 200 60 re 30 90 m 30 130 l 210 130 l 210 90 l h f"},
        Clean{"box that is clipped away", secret + "q 200 10 20 20 re W n 38 95 60 16 re f Q"},
        Clean{"triangle whose bounds cover it", secret + "0 0 m 299 0 l 299 199 l h f "},
        Clean{"transparent box", secret + "q /Clear gs 38 95 60 16 re f Q"},
        Clean{"half transparent box", secret + "q /Half gs 1 1 0 rg 38 95 60 16 re f Q"},
        Clean{"highlighter by multiply", secret + "q /Multiply gs 1 1 0 rg 38 95 60 16 re f Q"},
        Clean{"dark text on dark blue", "0 0 0.4 rg 0 0 300 200 re f 0.9 g " + secret},
        Clean{"grey on white", "0.6 g " + secret}, Clean{"outlined", "1 Tr " + secret},
        Clean{"drawn twice", secret + "0 g 38 95 60 16 re f 1 g " + secret},
        Clean{"shadow drawn first", "1 g BT /F1 12 Tf 40.5 99.5 Td (Falcon) Tj ET 0 g " + secret + "0 0 m 299 0 l 299 199 l h f "},
        Clean{"rotated", "BT /F1 12 Tf 0 1 -1 0 140 60 Tm (Falcon) Tj ET"},
        Clean{"upside down", "BT /F1 12 Tf -1 0 0 -1 140 60 Tm (Falcon) Tj ET"},
        Clean{"from corner to corner", "BT /F1 30 Tf 0.7 0.7 -0.7 0.7 40 40 Tm (Falcon) Tj ET"},
        Clean{"downwards, letter by letter", "BT /F1 12 Tf 0.5 -0.87 0.87 0.5 40 140 Tm (F) Tj (a) Tj (l) Tj (c) Tj (o) Tj (n) Tj ET"},
        Clean{"mirrored", "BT /F1 12 Tf -1 0 0 1 140 60 Tm (Falcon) Tj ET"},
        Clean{"kerned by hand", "BT /F1 12 Tf 40 100 Td [(Fa) -30 (l) -70 (c) 20 (on)] TJ ET"},
        Clean{"small print", "BT /F1 4 Tf 40 100 Td (Falcon) Tj ET"},
        Clean{"at the page's edge", "BT /F1 12 Tf 1 1 Td (Falcon) Tj ET"}));

// An image of one colour over the place of the word, and nothing else.
std::string const black_image = "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8";

TEST(Images, CoverText) {
    OnePage page;
    int const image = page.file.add_stream(black_image, std::string(4, '\0'));
    page.resources_extra = "/XObject << /I " + page.reference(image) + " >>";
    page.write(open + secret + "q 60 0 0 16 38 95 cm /I Do Q");
    Extracted const result = extract(page.finish());
    EXPECT_EQ(result.out.text(Role::shown), "Weather");
    EXPECT_EQ(result.out.text(Role::covered, "box"), "Falcon");
}

TEST(Images, UnderTextGiveItsBackground) {
    OnePage page;
    int const image = page.file.add_stream(black_image, std::string(4, '\0'));
    page.resources_extra = "/XObject << /I " + page.reference(image) + " >>";
    page.write(open + "q 60 0 0 16 38 95 cm /I Do Q 1 g " + secret);
    Extracted const result = extract(page.finish());
    EXPECT_EQ(result.out.text(Role::shown), "WeatherFalcon");
    EXPECT_EQ(result.out.text(Role::hidden), "");
}

// The page's own text may call itself an image, and be named among the page's images.
TEST(Images, ThatAreThePagesTextAreRead) {
    OnePage page;
    page.resources_extra = "/XObject << /I " + page.reference(page.content) + " >>";
    page.write(open);
    page.file.set(page.content, FileWriter::stream(black_image, open));
    EXPECT_EQ(extract(page.finish()).out.text(Role::shown), "Weather");
}

TEST(Images, ThatArePatternsAreRead) {
    OnePage page;
    int const tile = page.file.add_stream(black_image + " /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 90 20] "
        "/XStep 400 /YStep 400 /Resources << /Font << /F1 " + page.reference(page.font) + " >> >>",
        "BT /F1 12 Tf 4 4 Td (Falcon) Tj ET");
    page.resources_extra = "/XObject << /I " + page.reference(tile) + " >> /Pattern << /P " + page.reference(tile) + " >>";
    page.write(open + "/Pattern cs /P scn 0 0 90 20 re f");
    EXPECT_EQ(extract(page.finish()).out.text(Role::shown), "WeatherFalcon");
}

// A group is painted apart, on a sheet that begins where the group does.
TEST(Groups, ShowTextWhereverTheyStand) {
    OnePage page;
    int const group = page.file.add_stream(
        "/Type /XObject /Subtype /Form /BBox [100 60 260 140] /Group << /S /Transparency >> "
        "/Resources << /Font << /F1 " + page.reference(page.font) + " >> >>",
        "BT /F1 12 Tf 140 100 Td (Falcon) Tj ET 105 65 150 70 re 115 75 130 50 re f*");
    page.resources_extra = "/XObject << /G " + page.reference(group) + " >> /ExtGState << /Half << /ca 0.4 >> >>";
    page.write(open + "30 140 100 40 re 36 146 88 28 re f* /Half gs /G Do");
    Extracted const result = extract(page.finish());
    EXPECT_EQ(result.out.text(Role::shown), "WeatherFalcon");
    EXPECT_EQ(result.out.text(Role::hidden) + result.out.text(Role::covered), "");
}

}  // namespace
}  // namespace keepmum::pdf::test
