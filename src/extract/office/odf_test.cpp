// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/office/office_testing.h"
#include "format/zip/writer.h"

namespace keepmum {
namespace {

constexpr std::string_view spaces =
    "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
    "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "
    "xmlns:fo='urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0' xmlns:dc='http://purl.org/dc/elements/1.1/' "
    "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' xmlns:xlink='http://www.w3.org/1999/xlink' "
    "xmlns:presentation='urn:oasis:names:tc:opendocument:xmlns:presentation:1.0' "
    "xmlns:meta='urn:oasis:names:tc:opendocument:xmlns:meta:1.0' xmlns:svg='urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0'";

std::string content(std::string_view kind, std::string_view body, std::string_view styles = "") {
    return "<office:document-content " + std::string(spaces) + "><office:automatic-styles>" + std::string(styles) +
           "</office:automatic-styles><office:body><office:" + std::string(kind) + ">" + std::string(body) + "</office:" +
           std::string(kind) + "></office:body></office:document-content>";
}

std::string document(std::string_view kind, std::string const& content_xml, std::vector<std::pair<std::string, std::string>> more = {}) {
    ZipWriter writer;
    std::string const mimetype = "application/vnd.oasis.opendocument." + std::string(kind);
    writer.add({.name = "mimetype", .bytes = mimetype, .method = ZipMethod::store});
    writer.add("content.xml", content_xml);
    for (auto const& [name, bytes] : more) writer.add(name, bytes);
    return writer.finish();
}

Extracted extract(std::string bytes) { return extract_with(package_extractor(), std::move(bytes)); }

TEST(Odf, PartsTheTextOfADocument) {
    std::string const styles = "<style:style style:name='H' style:family='text'><style:text-properties text:display='none'/></style:style>"
                               "<style:style style:name='W' style:family='text'><style:text-properties fo:color='#ffffff'/></style:style>"
                               "<style:style style:name='C' style:family='text' style:parent-style-name='H'/>";
    Extracted const got = extract(document("text", content("text",
        "<text:tracked-changes><text:changed-region text:id='i1'><text:insertion><office:change-info><dc:creator>Eve</dc:creator>"
        "</office:change-info></text:insertion></text:changed-region><text:changed-region text:id='d1'><text:deletion><text:p>gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>One<text:s text:c='2'/>two <text:change-start text:change-id='i1'/>new<text:change-end text:change-id='i1'/></text:p>"
        "<text:p><text:span text:style-name='H'>hidden</text:span><text:span text:style-name='C'>by heritage</text:span>"
        "<text:span text:style-name='W'>pale</text:span></text:p>"
        "<text:p>A<office:annotation><dc:creator>Mallory</dc:creator><text:p>remark</text:p></office:annotation>B<text:note><text:note-body>"
        "<text:p>below</text:p></text:note-body></text:note></text:p>"
        "<text:section text:display='none'><text:p>closed</text:p></text:section>"
        "<text:p><text:a xlink:href='file:///srv/plan.odt'>link</text:a><draw:frame><svg:desc>a map</svg:desc></draw:frame></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p>"
        "</table:table-cell></table:table-row></table:table>", styles),
        {{"Pictures/1.png", "no picture"}, {"Object 1/content.xml", content("chart", "<text:p>in the chart</text:p>")}}));
    EXPECT_TRUE(got.outlet.says(Role::shown, "One  two new"));
    EXPECT_TRUE(got.outlet.says(Role::shown, "AB\n"));
    EXPECT_TRUE(got.outlet.says(Role::shown, "in the chart"));
    EXPECT_EQ(got.outlet.text(Role::inserted), "new\n");
    EXPECT_EQ(got.outlet.text(Role::deleted), "gone\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "vanish"), "hiddenby heritage\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "white"), "pale\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "section"), "closed\n");
    EXPECT_EQ(got.outlet.text(Role::comment), "remark\n");
    EXPECT_EQ(got.outlet.text(Role::note), "below\n");
    EXPECT_TRUE(got.outlet.says(Role::link, "file:///srv/plan.odt"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "creator: Eve"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "creator: Mallory"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Alternative text: a map"));
    EXPECT_NE(got.outlet.child("Pictures/1.png"), nullptr);
    EXPECT_EQ(got.done.media, "application/vnd.oasis.opendocument.text");
    EXPECT_TRUE(got.outlet.gaps.empty());
}

TEST(Odf, WhatStandsOverCharactersDoesNotBreakTheirWord) {
    auto const over = [](std::string const& base, std::string const& guide) {
        return "<text:ruby><text:ruby-base>" + base + "</text:ruby-base><text:ruby-text>" + guide + "</text:ruby-text></text:ruby>";
    };
    Extracted const got = extract(document("text", content("text", "<text:p>" + over("蓝", "lán") + over("鹭", "lù") + "工程</text:p>")));
    EXPECT_EQ(got.outlet.text(Role::shown), "蓝鹭工程\n");
    EXPECT_EQ(got.outlet.text(Role::note), "lán\nlù\n");
}

TEST(Odf, ReadsSheetsWithWhatIsHiddenInThem) {
    std::string const styles = "<style:style style:name='T2' style:family='table'><style:table-properties table:display='false'/></style:style>";
    Extracted const got = extract(document("spreadsheet", content("spreadsheet",
        "<table:table table:name='Plan'><table:table-column/><table:table-column table:visibility='collapse'/>"
        "<table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell><table:table-cell><text:p>inner</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='2'/><table:table-cell><text:p>Pay</text:p><office:annotation><text:p>high</text:p>"
        "</office:annotation></table:table-cell></table:table-row>"
        "<table:table-row table:visibility='collapse'><table:table-cell><text:p>Eve</text:p></table:table-cell></table:table-row></table:table>"
        "<table:table table:name='Back' table:style-name='T2'><table:table-row><table:table-cell><text:p>behind</text:p></table:table-cell>"
        "</table:table-row></table:table>", styles)));
    EXPECT_EQ(got.outlet.text(Role::shown), "Name\t\t\t\tPay\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "column"), "inner\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "row"), "Eve\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "sheet"), "behind\n");
    EXPECT_EQ(got.outlet.text(Role::comment), "high\n");
    for (Evidence const& one : got.outlet.kept) {
        if (one.role != Role::shown) continue;
        EXPECT_EQ(print(one.place), "!content.xml!sheet:Plan");
        EXPECT_EQ(one.marks.back().b, 5);
    }
}

TEST(Odf, ReadsHeadersMetaSlidesAndFlatFiles) {
    Extracted const got = extract(document("presentation", content("presentation",
        "<draw:page draw:name='p1'><text:p>first</text:p><presentation:notes><text:p>say</text:p></presentation:notes></draw:page>"
        "<draw:page draw:style-name='D'><text:p>skipped</text:p></draw:page>",
        "<style:style style:name='D' style:family='drawing-page'><style:drawing-page-properties presentation:visibility='hidden'/></style:style>"),
        {{"styles.xml", "<office:document-styles " + std::string(spaces) + "><office:master-styles><style:master-page><style:header><text:p>TOP"
          "</text:p></style:header></style:master-page></office:master-styles></office:document-styles>"},
         {"meta.xml", "<office:document-meta " + std::string(spaces) + "><office:meta><meta:user-defined meta:name='Project'>Falcon"
          "</meta:user-defined></office:meta></office:document-meta>"}}));
    EXPECT_EQ(got.outlet.text(Role::shown), "first\n");
    EXPECT_EQ(got.outlet.text(Role::note), "say\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "slide"), "skipped\n");
    EXPECT_EQ(got.outlet.text(Role::margin), "TOP\n");
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Project: Falcon"));

    std::string const flat = "<?xml version='1.0'?><office:document " + std::string(spaces) +
                             " office:mimetype='application/vnd.oasis.opendocument.text'><office:body><office:text><text:p>flat</text:p>"
                             "</office:text></office:body></office:document>";
    Extracted const one = extract(flat);
    EXPECT_EQ(one.outlet.text(Role::shown), "flat\n");
    EXPECT_EQ(one.done.media, "application/vnd.oasis.opendocument.text");
    EXPECT_EQ(one.done.read, flat.size());
}

TEST(Odf, SaysWhichMembersAreEncrypted) {
    Extracted const got = extract(document("text", "ciphertext", {{"META-INF/manifest.xml",
        "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'><manifest:file-entry "
        "manifest:full-path='content.xml'><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"}}));
    ASSERT_EQ(got.outlet.gaps.size(), 1u);
    EXPECT_EQ(got.outlet.gaps[0].cause, Cause::encrypted);
    EXPECT_EQ(print(got.outlet.gaps[0].place), "!content.xml");
}

}  // namespace
}  // namespace keepmum
