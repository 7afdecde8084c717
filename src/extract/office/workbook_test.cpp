// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/office/office_testing.h"
#include "extract/office/package_testing.h"

namespace keepmum {
namespace {

constexpr std::string_view space = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'";

std::string sheet(std::string_view inside) {
    return "<worksheet " + std::string(space) + ">" + std::string(inside) + "</worksheet>";
}

std::string workbook(std::string_view sheets, std::vector<TestPart> parts) {
    return office_file("xl/workbook.xml", "spreadsheetml.sheet",
                       "<workbook " + std::string(space) +
                           " xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>" +
                           std::string(sheets) + "</sheets><definedNames><definedName name='Yield'>Sheet1!$A$1</definedName>"
                           "</definedNames></workbook>",
                       parts);
}

TestPart sheet_part(std::string const& name, std::string_view inside) {
    return {"xl/worksheets/" + name + ".xml", "worksheet", "spreadsheetml.worksheet", sheet(inside), ""};
}

Extracted extract(std::string bytes) { return extract_with(package_extractor(), std::move(bytes)); }

Evidence const* records(Extracted const& got, Role role, std::string_view reason = {}) {
    for (Evidence const& one : got.outlet.kept)
        if (one.kind == Kind::records && one.role == role && one.reason == reason) return &one;
    return nullptr;
}

TEST(Workbook, ReadsCellsWithAddressesAndHeadings) {
    Extracted const got = extract(workbook(
        "<sheet name='Plan' r:id='r1'/>",
        {sheet_part("sheet1", "<sheetData><row r='1'><c r='A1' t='s'><v>0</v></c><c r='C1' t='inlineStr'><is><t>Born</t></is></c></row>"
                              "<row r='3'><c r='A3' t='s'><v>1</v></c><c r='C3' s='1'><v>45000</v><f>TODAY()-1</f></c></row></sheetData>"
                              "<headerFooter><oddHeader>&amp;CSECRET</oddHeader></headerFooter>"),
         {"xl/sharedStrings.xml", "sharedStrings", "spreadsheetml.sharedStrings",
          "<sst " + std::string(space) + "><si><t>Name</t></si><si><r><t>E</t></r><r><t>ve</t></r></si><si><t>left over</t></si></sst>", ""},
         {"xl/styles.xml", "styles", "spreadsheetml.styles",
          "<styleSheet " + std::string(space) + "><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs></styleSheet>", ""}}));
    Evidence const* const plan = records(got, Role::shown);
    ASSERT_NE(plan, nullptr);
    EXPECT_EQ(plan->content.view(), "Name\t\tBorn\nEve\t\t2023-03-15");
    EXPECT_EQ(print(plan->place), "!sheet:Plan");
    ASSERT_EQ(plan->names.size(), 3u);
    EXPECT_EQ(plan->names[2], "Born");
    ASSERT_EQ(plan->marks.size(), 4u);
    EXPECT_EQ(plan->marks[3].a, 3);
    EXPECT_EQ(plan->marks[3].b, 3);
    EXPECT_TRUE(got.outlet.says(Role::margin, "SECRET"));
    EXPECT_TRUE(got.outlet.says(Role::markup, "TODAY()-1"));
    EXPECT_TRUE(got.outlet.says(Role::hidden, "left over", "unused string"));
    EXPECT_TRUE(got.outlet.says(Role::name, "Plan"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Defined name Yield: Sheet1!$A$1"));
    EXPECT_TRUE(got.outlet.gaps.empty());
}

TEST(Workbook, FindsEachWayToHideCells) {
    auto const cell = [](std::string_view at, std::string_view text, std::string_view style = "0") {
        return "<c r='" + std::string(at) + "' s='" + std::string(style) + "' t='inlineStr'><is><t>" + std::string(text) + "</t></is></c>";
    };
    std::vector<TestPart> const parts = {
        sheet_part("sheet1", "<cols><col min='2' max='2' hidden='1'/><col min='4' max='4' width='0'/></cols><sheetData><row r='1'>" +
                                 cell("A1", "seen") + cell("B1", "in column") + cell("C1", "unformatted", "1") + cell("D1", "thin") +
                                 cell("E1", "pale", "2") + "</row><row r='2' hidden='1'>" + cell("A2", "in row") +
                                 "</row></sheetData>"),
        sheet_part("sheet2", "<sheetData><row r='1'>" + cell("A1", "behind") + "</row></sheetData>"),
        sheet_part("sheet3", "<sheetData><row r='1'>" + cell("A1", "far behind") + "</row></sheetData>"),
        {"xl/worksheets/sheet9.xml", "", "spreadsheetml.worksheet", sheet("<sheetData><row r='1'>" + cell("A1", "lost") + "</row></sheetData>"), ""},
        {"xl/styles.xml", "styles", "spreadsheetml.styles",
         "<styleSheet " + std::string(space) + "><numFmts><numFmt numFmtId='200' formatCode=';;;'/></numFmts><fonts><font/><font><color "
         "rgb='FFFFFFFF'/></font></fonts><fills><fill><patternFill patternType='none'/></fill></fills><cellXfs><xf numFmtId='0'/>"
         "<xf numFmtId='200'/><xf numFmtId='0' fontId='1'/></cellXfs></styleSheet>", ""}};
    Extracted const got = extract(workbook("<sheet name='One' r:id='r1'/><sheet name='Two' state='hidden' r:id='r2'/>"
                                           "<sheet name='Three' state='veryHidden' r:id='r3'/>", parts));
    EXPECT_EQ(got.outlet.text(Role::shown), "seen\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "column"), "in column\t\tthin\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "row"), "in row\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "format"), "unformatted\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "white"), "pale\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "sheet"), "behind\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "very-hidden"), "far behind\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "unreferenced part"), "lost\n");
}

TEST(Workbook, ReadsWhatStandsBesideTheSheets) {
    std::string const s(space);
    Extracted const got = extract(workbook(
        "<sheet name='One' r:id='r1'/>",
        {sheet_part("sheet1", "<sheetData/>"),
         {"xl/comments1.xml", "comments", "spreadsheetml.comments",
          "<comments " + s + "><authors><author>Eve</author></authors><commentList><comment ref='B2'><text><t>check this</t></text>"
          "</comment></commentList></comments>", "xl/worksheets/sheet1.xml"},
         {"xl/pivotCache/d.xml", "pivotCacheDefinition", "spreadsheetml.pivotCacheDefinition",
          "<pivotCacheDefinition " + s + "><cacheFields><cacheField name='Pay'><sharedItems><s v='cached name'/></sharedItems></cacheField>"
          "</cacheFields></pivotCacheDefinition>", ""},
         {"xl/externalLinks/e.xml", "externalLink", "spreadsheetml.externalLink",
          "<externalLink " + s + "><ddeLink ddeService='cmd' ddeTopic='calc'/><cell><v>kept value</v></cell></externalLink>", ""},
         {"xl/connections.xml", "connections", "spreadsheetml.connections",
          "<connections " + s + "><connection name='c'><dbPr connection='Server=db1;User=sa'/></connection></connections>", ""},
         {"xl/revisions/log.xml", "revisionLog", "spreadsheetml.revisionLog",
          "<revisions " + s + "><nc><is><t>before</t></is></nc></revisions>", ""}}));
    EXPECT_EQ(got.outlet.text(Role::comment), "check this\n");
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Author of a comment: Eve"));
    EXPECT_TRUE(got.outlet.says(Role::hidden, "cached name", "pivot-cache"));
    EXPECT_TRUE(got.outlet.says(Role::hidden, "kept value", "external-cache"));
    EXPECT_TRUE(got.outlet.says(Role::link, "cmd|calc"));
    EXPECT_TRUE(got.outlet.says(Role::link, "Server=db1;User=sa"));
    EXPECT_TRUE(got.outlet.says(Role::earlier, "before"));
}

TEST(Workbook, RepeatedTextsDoNotMultiply) {
    std::string rows;
    for (int i = 1; i <= 100'000; ++i) rows += "<row><c t='s'><v>0</v></c></row>";
    std::string const file = workbook("<sheet name='One' r:id='r1'/>",
        {sheet_part("sheet1", "<sheetData>" + rows + "</sheetData>"),
         {"xl/sharedStrings.xml", "sharedStrings", "spreadsheetml.sharedStrings",
          "<sst " + std::string(space) + "><si><t>" + std::string(30'000, 'x') + "</t></si></sst>", ""}});
    Extracted const whole = extract(file);
    EXPECT_LT(records(whole, Role::shown)->content.size(), 22'000'000u);
    Extracted const small = extract_with(package_extractor(), file, 4'000'000);
    EXPECT_TRUE(small.outlet.has_gap(Cause::too_big));
}

}  // namespace
}  // namespace keepmum
