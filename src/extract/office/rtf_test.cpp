// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/office/office_testing.h"

namespace keepmum {
namespace {

Extracted extract(std::string bytes) { return extract_with(rtf_extractor(), std::move(bytes)); }

std::string hex(std::string_view bytes) {
    std::string out;
    for (unsigned char c : bytes) {
        out.push_back("0123456789abcdef"[c >> 4]);
        out.push_back("0123456789abcdef"[c & 15]);
    }
    return out;
}

TEST(Rtf, PartsTheTextOfADocument) {
    Extracted const got = extract(
        "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset134 SimSun;}}{\\colortbl;\\red255\\green255\\blue255;}"
        "{\\info{\\author Eve}{\\title Plan}}{\\header TOP\\par}"
        "First {\\v secret }{\\deleted gone}{\\revised new}{\\cf1 pale}{\\fs2 speck}\\par "
        "\\u20013\\'3f\\u25991 ?{\\f1\\'ce\\'c4}\\par "
        "note{\\footnote below}{\\*\\atnid MM}{\\*\\annotation remark}\\par "
        "{\\field{\\*\\fldinst HYPERLINK \"http://h.example\"}{\\fldrslt shown link}}\\par{\\*\\unknown odd words}"
        "a\\cell b\\cell\\row}");
    std::string const shown = got.outlet.text(Role::shown);
    EXPECT_NE(shown.find("First new"), std::string::npos) << shown;
    EXPECT_NE(shown.find("中文文"), std::string::npos) << shown;
    EXPECT_NE(shown.find("shown link"), std::string::npos);
    EXPECT_NE(shown.find("a\tb"), std::string::npos) << shown;
    EXPECT_EQ(got.outlet.text(Role::hidden, "vanish"), "secret \n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "white"), "pale\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "tiny"), "speck\n");
    EXPECT_EQ(got.outlet.text(Role::deleted), "gone\n");
    EXPECT_EQ(got.outlet.text(Role::inserted), "new\n");
    EXPECT_EQ(got.outlet.text(Role::margin), "TOP\n");
    EXPECT_EQ(got.outlet.text(Role::note), "below\n");
    EXPECT_EQ(got.outlet.text(Role::comment), "remark\n");
    EXPECT_TRUE(got.outlet.says(Role::link, "http://h.example"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "creator: Eve"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "MM"));
    EXPECT_TRUE(got.outlet.says(Role::markup, "odd words"));
    EXPECT_TRUE(got.outlet.gaps.empty());
}

TEST(Rtf, OffsetsLeadBackToTheFile) {
    std::string const file = "{\\rtf1 {\\b bold} and plain}";
    Extracted const got = extract(file);
    for (Evidence const& one : got.outlet.kept) {
        if (one.role != Role::shown) continue;
        std::size_t const at = one.content.view().find("plain");
        Span const span = one.map.to_source({at, at + 5});
        EXPECT_EQ(file.substr(span.begin, span.size()), "plain");
    }
}

TEST(Rtf, GivesPicturesObjectsAndBinaries) {
    std::string package("\2\0", 2);
    package += std::string("plan.txt\0C:\\Users\\eve\\plan.txt\0", 31) + std::string("\0\0\3\0\2\0\0\0t\0\4\0\0\0DATA", 18);
    std::string object("\1\5\0\0\2\0\0\0\x08\0\0\0Package\0\0\0\0\0\0\0\0\0", 28);
    std::string size(4, '\0');
    size[0] = static_cast<char>(package.size());
    object += size + package;
    Extracted const got = extract("{\\rtf1{\\pict\\pngblip 89504e47}{\\object{\\*\\objdata " + hex(object) + "}}{\\pict\\bin4 {}{}}}");
    ASSERT_NE(got.outlet.child("picture-1"), nullptr);
    EXPECT_EQ(got.outlet.child("picture-1")->content.view(), "\x89PNG");
    ASSERT_NE(got.outlet.child("object-1"), nullptr);
    EXPECT_EQ(got.outlet.child("object-1")->content.view(), "DATA");
    EXPECT_TRUE(got.outlet.says(Role::metadata, "plan.txt"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "C:\\Users\\eve\\plan.txt"));
    ASSERT_NE(got.outlet.child("picture-2"), nullptr);
    EXPECT_EQ(got.outlet.child("picture-2")->content.view(), "{}{}");
    EXPECT_TRUE(got.outlet.gaps.empty());
}

TEST(Rtf, GivesWhatStandsBeforeAndBehind) {
    Extracted const got = extract("junk{\\rtf1 text}trailing secret");
    EXPECT_EQ(got.outlet.child("tail:0")->content.view(), "junk");
    EXPECT_NE(got.outlet.everything().find("trailing secret"), std::string::npos);
}

TEST(Rtf, AMillionGroupsNeedNoStack) {
    std::string deep = "{\\rtf1 ";
    deep.append(1'000'000, '{').append("core");
    EXPECT_TRUE(extract(deep).outlet.has_gap(Cause::malformed));
    EXPECT_TRUE(extract(deep).outlet.says(Role::shown, "core"));
    deep.append(1'000'001, '}');
    EXPECT_TRUE(extract(deep).outlet.gaps.empty());
}

TEST(Rtf, CutAnywhereIsAPrefixWithAGap) {
    std::string const file = "{\\rtf1 one two three {\\*\\annotation four} \\u20013? {\\pict 00112233}five six seven}";
    for (std::size_t i = 1; i < 16; ++i) {
        Extracted const got = extract(file.substr(0, file.size() * i / 16));
        EXPECT_FALSE(got.outlet.gaps.empty()) << i;
    }
}

}  // namespace
}  // namespace keepmum
