// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/office/office_testing.h"
#include "extract/office/package_testing.h"

namespace keepmum {
namespace {

std::string word_file(std::string_view body, std::vector<TestPart> more = {}) {
    std::string const document = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
                                 "xmlns:v='urn:schemas-microsoft-com:vml' "
                                 "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
                                 "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing'><w:body>" +
                                 std::string(body) + "</w:body></w:document>";
    return office_file("word/document.xml", "wordprocessingml.document", document, std::move(more));
}

Extracted extract(std::string bytes) { return extract_with(package_extractor(), std::move(bytes)); }

std::string run(std::string_view text, std::string_view look = "") {
    return "<w:r><w:rPr>" + std::string(look) + "</w:rPr><w:t>" + std::string(text) + "</w:t></w:r>";
}

TEST(Word, ReadsParagraphsTablesAndPlaces) {
    std::string const body = "<w:p>" + run("One") + run(" two") + "</w:p><w:tbl><w:tr><w:tc><w:p>" + run("a1") +
                             "</w:p></w:tc><w:tc><w:p/></w:tc><w:tc><w:p>" + run("c1") + "</w:p></w:tc></w:tr><w:tr><w:tc><w:p>" +
                             run("a2") + "</w:p></w:tc></w:tr></w:tbl><w:p>" + run("R&amp;D") + "</w:p>";
    Extracted const got = extract(word_file(body));
    EXPECT_EQ(got.outlet.text(Role::shown), "One two\na1\t\tc1\na2\nR&D\n");
    EXPECT_TRUE(got.outlet.gaps.empty());
    EXPECT_EQ(got.done.media, "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    for (Evidence const& one : got.outlet.kept) {
        if (one.role != Role::shown) continue;
        EXPECT_EQ(print(one.place), "!word/document.xml");
        std::size_t const at = one.content.view().find("a2");
        Span const span = one.map.to_source({at, at + 2});
        std::string const xml = test_part_of(word_file(body), "word/document.xml");
        EXPECT_EQ(xml.substr(span.begin, span.size()), "a2");
    }
}

TEST(Word, PartsTrackedChanges) {
    Extracted const got = extract(word_file(
        "<w:p>" + run("kept ") + "<w:ins w:author='Eve'>" + run("added") + "</w:ins><w:del w:author='Mallory'><w:r><w:delText>gone"
        "</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom></w:p>"));
    EXPECT_EQ(got.outlet.text(Role::shown), "kept added\n");
    EXPECT_EQ(got.outlet.text(Role::inserted), "added\n");
    EXPECT_EQ(got.outlet.text(Role::deleted), "gonemoved\n");
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Author of a change: Eve"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Mallory"));
}

TEST(Word, PartNumbersInAttributesAreKept) {
    Extracted const got = extract(word_file("<w:p><w:bookmarkStart w:id='0' w:name='KX-7741-Q'/><w:bookmarkStart w:id='1' w:name='AB 1203'/>"
                                            "<w:bookmarkStart w:id='2' w:name='TR7741'/>" + run("x") +
                                            "<w:shd w:fill='FFAA00' w:themeFill='00B12D47'/><w:ind w:left='1203456'/>"
                                            "<w:x w:id='521415D9-36F7-43E2-AB2F-B90AF26B5E84' r='KX7741'/></w:p>"));
    EXPECT_EQ(got.outlet.text(Role::markup), "KX-7741-Q\nAB 1203\nTR7741\n\n");
}

TEST(Word, WhatStandsOverCharactersDoesNotBreakTheirWord) {
    auto const over = [](std::string const& base, std::string const& guide) {
        return "<w:r><w:ruby><w:rt><w:r><w:t>" + guide + "</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>" + base + "</w:t></w:r></w:rubyBase></w:ruby></w:r>";
    };
    Extracted const got = extract(word_file("<w:p>" + over("蓝", "lán") + over("鹭", "lù") + run("工程") + "</w:p>"));
    EXPECT_EQ(got.outlet.text(Role::shown), "蓝鹭工程\n");
    EXPECT_EQ(got.outlet.text(Role::note), "lán\nlù\n");
}

TEST(Word, SaysWhatAnOutsideRelationshipLoads) {
    std::string const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    std::string const relations =
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='a' Type='" + type + "hyperlink' Target='http://h.example/' TargetMode='External'/>"
        "<Relationship Id='b' TargetMode='External' Target='http://t.example/t.dotm' Type='" + type + "attachedTemplate'/></Relationships>";
    Extracted const got = extract(word_file("<w:p/>", {{"word/_rels/document.xml.rels", "", "", relations, ""}}));
    EXPECT_TRUE(got.outlet.says(Role::link, "http://h.example/"));
    EXPECT_EQ(got.outlet.text(Role::link, "template"), "http://t.example/t.dotm\n");
}

TEST(Word, FindsHiddenTextByEachWay) {
    std::string const styles =
        "<w:styles xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
        "<w:style w:type='character' w:styleId='Base'><w:rPr><w:vanish/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='Child'><w:basedOn w:val='Base'/></w:style></w:styles>";
    Extracted const got = extract(word_file(
        "<w:p>" + run("direct", "<w:vanish/>") + run("inherited", "<w:rStyle w:val='Child'/>") +
            run("back", "<w:rStyle w:val='Child'/><w:vanish w:val='0'/>") + run("pale", "<w:color w:val='FFFFFF'/>") +
            run("header", "<w:color w:val='FFFFFF'/><w:shd w:val='clear' w:fill='000000'/>") +
            run("blue", "<w:color w:val='0000FF'/><w:shd w:val='clear' w:fill='0000ff'/>") + run("speck", "<w:sz w:val='2'/>") +
            "</w:p><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("seen") + "</w:p>",
        {{"word/styles.xml", "styles", "wordprocessingml.styles", styles}}));
    EXPECT_EQ(got.outlet.text(Role::hidden, "vanish"), "directinherited\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "white"), "pale\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "same-colour"), "blue\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "tiny"), "speck\n");
    EXPECT_EQ(got.outlet.text(Role::shown), "backheader\nseen\n");
}

TEST(Word, ReadsWhatStandsAroundTheBody) {
    auto const part = [](std::string_view root, std::string_view text) {
        return "<w:" + std::string(root) + " xmlns:w='http://purl.oclc.org/ooxml/wordprocessingml/main'><w:p><w:r><w:t>" +
               std::string(text) + "</w:t></w:r></w:p></w:" + std::string(root) + ">";
    };
    Extracted const got = extract(word_file(
        "<w:p>" + run("body") + "</w:p>",
        {{"word/header1.xml", "header", "wordprocessingml.header", part("hdr", "on top")},
         {"word/footnotes.xml", "footnotes", "wordprocessingml.footnotes", part("footnotes", "below")},
         {"word/comments.xml", "comments", "wordprocessingml.comments",
          "<w:comments xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:comment w:author='Eve'><w:p><w:r>"
          "<w:t>aside</w:t></w:r></w:p></w:comment></w:comments>"},
         {"word/lost.xml", "", "wordprocessingml.header", part("hdr", "forgotten")},
         {"word/settings.xml", "settings", "wordprocessingml.settings",
          "<w:settings xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:docVars><w:docVar w:name='k' "
          "w:val='variable'/></w:docVars></w:settings>"},
         {"docProps/custom.xml", "", "custom-properties",
          "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/custom-properties'><property name='MSIP_Label'>"
          "<vt:lpwstr xmlns:vt='x'>Secret</vt:lpwstr></property></Properties>"},
         {"word/media/image1.png", "image", "", "not really a picture"},
         {"word/oddity.xml", "strange", "strange", "<a b='attribute words'>odd words</a>"}}));
    EXPECT_EQ(got.outlet.text(Role::margin), "on top\n");
    EXPECT_EQ(got.outlet.text(Role::note), "below\n");
    EXPECT_EQ(got.outlet.text(Role::comment), "aside\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "unreferenced part"), "forgotten\n");
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Author of a comment: Eve"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Document variable k: variable"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "MSIP_Label: Secret"));
    EXPECT_NE(got.outlet.child("image1.png"), nullptr);
    EXPECT_TRUE(got.outlet.says(Role::markup, "odd words"));
    EXPECT_TRUE(got.outlet.says(Role::markup, "attribute words"));
}

TEST(Word, ReadsFieldsLinksBoxesAndWatermarks) {
    Extracted const got = extract(word_file(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>INCLUDETEXT </w:instrText></w:r><w:r><w:instrText>"
        "\"C:\\\\x\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r></w:p><w:p><w:r><mc:AlternateContent>"
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        "<w:p><w:r><w:t>other</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:p><w:r><w:pict><v:shape alt='picture of site'><v:textpath string='DRAFT'/></v:shape></w:pict></w:r></w:p><w:p>stray</w:p>"
        "<!-- remark -->"));
    EXPECT_TRUE(got.outlet.says(Role::link, "INCLUDETEXT \"C:\\\\x\""));
    EXPECT_TRUE(got.outlet.says(Role::shown, "boxed"));
    EXPECT_FALSE(got.outlet.says(Role::shown, "other"));
    EXPECT_TRUE(got.outlet.says(Role::markup, "other"));
    EXPECT_TRUE(got.outlet.says(Role::shown, "DRAFT"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "picture of site"));
    EXPECT_TRUE(got.outlet.says(Role::markup, "stray"));
    EXPECT_TRUE(got.outlet.says(Role::markup, "remark"));
}

TEST(Word, DamageIsSaidAndTheRestGiven) {
    std::string const bad = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:p><w:r><w:t>early"
                            "</w:t></w:r></w:p><w:p></w:q>late words</w:document>";
    Extracted const got = extract(office_file("word/document.xml", "wordprocessingml.document", bad, {}));
    EXPECT_TRUE(got.outlet.says(Role::shown, "early"));
    EXPECT_TRUE(got.outlet.has_gap(Cause::malformed));
    ASSERT_NE(got.outlet.child("tail:"), nullptr);
    EXPECT_NE(got.outlet.child("tail:")->content.view().find("late words"), std::string_view::npos);
}

TEST(Word, EntitiesAndDepthEndInGaps) {
    std::string const space = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";
    Extracted const laughs = extract(office_file("word/document.xml", "wordprocessingml.document",
        "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><w:document " + space + "><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>", {}));
    EXPECT_TRUE(laughs.outlet.has_gap(Cause::malformed));
    std::string deep = "<w:document " + space + ">";
    for (int i = 0; i < 100'000; ++i) deep += "<w:p>";
    Extracted const abyss = extract(office_file("word/document.xml", "wordprocessingml.document", deep, {}));
    EXPECT_TRUE(abyss.outlet.has_gap(Cause::too_deep));
}

}  // namespace
}  // namespace keepmum
