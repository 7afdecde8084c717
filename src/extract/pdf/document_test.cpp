// What a document holds besides its pages, and what it no longer shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/pdf/test_document.h"

namespace keepmum::pdf::test {
namespace {

std::string const weather = "BT /F1 12 Tf 40 150 Td (Weather) Tj ET\n";

std::string one_page(std::string const& page_extra, std::string const& catalog_extra = "",
                     std::string const& trailer = "") {
    OnePage page;
    page.page_extra = page_extra;
    page.catalog_extra = catalog_extra;
    page.write(weather);
    return page.finish(trailer);
}

Evidence const* find(Extracted const& result, std::string_view place) {
    for (Evidence const& item : result.out.evidence) {
        if (print(item.place) == place) return &item;
    }
    return nullptr;
}

TEST(Document, AccountsForEveryByteOfASoundFile) {
    std::string const bytes = one_page("");
    Extracted const result = extract(bytes);
    EXPECT_EQ(result.done.read, bytes.size());
    EXPECT_EQ(result.done.media, "application/pdf");
    EXPECT_TRUE(result.out.gaps.empty());
    EXPECT_EQ(result.out.evidence.size(), 1u);
    EXPECT_FALSE(result.out.evidence[0].marks.empty());
}

TEST(Document, GivesPropertiesInAllEncodings) {
    Extracted const result = extract(one_page(
        "", "", "/Info << /Author (Falcon) /Title <FEFF7EDD5BC6> /Subject <D0D0B9D8> /Keywords (\xE7\xBB\x9D\xE5\xAF\x86) >>"));
    Evidence const* fields = find(result, "!part:properties");
    ASSERT_TRUE(fields);
    EXPECT_EQ(fields->kind, Kind::fields);
    EXPECT_EQ(fields->role, Role::metadata);
    EXPECT_EQ(fields->content.view(), "Author: Falcon\nKeywords: 绝密\nSubject: 行关\nTitle: 绝密\n");
    EXPECT_EQ(fields->names.size(), 4u);
}

TEST(Document, GivesRemarksByPageAndHiddenOnesApart) {
    Extracted const result = extract(one_page(
        "/Annots [<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /T (Ann) /Contents (Falcon) >> "
        "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] /F 2 /Contents (Kestrel) >>]"));
    EXPECT_EQ(result.out.text(Role::comment), "FalconAuthor:Ann");
    EXPECT_EQ(result.out.text(Role::hidden, "not-displayed"), "Kestrel");
    EXPECT_TRUE(find(result, "!page:1!part:annotations"));
}

TEST(Document, GivesTextThatIsOnlyMarkedForRedaction) {
    Extracted const result = extract(one_page(
        "/Annots [<< /Type /Annot /Subtype /Redact /Rect [30 140 200 170] >>]"));
    EXPECT_EQ(result.out.text(Role::covered, "redact"), "Weather");
    EXPECT_EQ(result.out.text(Role::shown), "");
}

TEST(Document, GivesFormsLinksScriptsAndBookmarks) {
    Extracted const result = extract(one_page(
        "/Annots [<< /Subtype /Widget /Rect [0 0 1 1] /F 2 /FT /Tx /T (code) /V (Falcon) >> "
        "<< /Subtype /Link /Rect [0 0 1 1] /A << /S /URI /URI (https://falcon.example/) >> >> "
        "<< /Subtype /Link /Rect [0 0 1 1] /A << /S /GoToR /F (//server/plan.pdf) >> >>]",
        "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "
        "/Outlines << /First << /Title (Kestrel) /Parent 1 0 R >> >>"));
    EXPECT_EQ(result.out.text(Role::hidden, "not-displayed"), "T:codeV:Falcon");
    EXPECT_EQ(result.out.text(Role::link), "https://falcon.example///server/plan.pdf");
    EXPECT_EQ(result.out.text(Role::markup), "app.alert(1)");
    EXPECT_EQ(result.out.text(Role::note), "Kestrel");
}

TEST(Document, GivesAttachmentsAsFiles) {
    OnePage page;
    int const file = page.file.add_stream("/Type /EmbeddedFile", "Falcon flies");
    int const spec = page.file.add("<< /Type /Filespec /F (plan.txt) /EF << /F " + page.reference(file) + " >> >>");
    page.catalog_extra = "/Names << /EmbeddedFiles << /Names [(x) " + page.reference(spec) + "] >> >>";
    page.write(weather);
    Extracted const result = extract(page.finish());
    Evidence const* found = find(result, "!plan.txt");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->kind, Kind::bytes);
    EXPECT_EQ(found->content.view(), "Falcon flies");
    EXPECT_EQ(found->stored, 12u);
    EXPECT_EQ(result.out.text(Role::name), "plan.txt");
}

TEST(Document, GivesPicturesOfAnySizeThatShowsSomething) {
    OnePage page;
    std::string const image = "/Subtype /Image /ColorSpace /DeviceGray /BitsPerComponent 8 ";
    int const large = page.file.add_stream(image + "/Width 20 /Height 20", std::string(400, 'x'));
    int const small = page.file.add_stream(image + "/Width 20 /Height 1", std::string(20, 'x'));
    page.resources_extra = "/XObject << /A " + page.reference(large) + " /B " + page.reference(small) + " >>";
    page.write(weather);
    Extracted const result = extract(page.finish());
    EXPECT_TRUE(find(result, "!page:1!part:image-" + std::to_string(large)));
    EXPECT_FALSE(find(result, "!page:1!part:image-" + std::to_string(small)));
}

TEST(Document, GivesWhatEarlierRevisionsSaid) {
    OnePage page;
    page.write("BT /F1 12 Tf 40 150 Td (Weather) Tj 0 -30 Td (Falcon) Tj ET\n");
    page.finish("/Info << /Author (Kestrel) >>");
    page.file.set(page.content, FileWriter::stream("", weather));
    Extracted const result = extract(page.finish());
    EXPECT_EQ(result.out.text(Role::shown), "Weather");
    EXPECT_EQ(result.out.text(Role::earlier), "FalconAuthor:Kestrel");
    EXPECT_TRUE(find(result, "!revision:1!page:1"));
    EXPECT_EQ(result.out.text(Role::metadata), "Revisions:2End-of-filemarks:2");
    EXPECT_EQ(result.out.text(Role::residue), "");
}

TEST(Document, GivesObjectsThatNothingRefersTo) {
    OnePage page;
    page.file.add("<< /Note (Falcon) >>");
    page.file.add_stream("", "Kestrel");
    page.write(weather);
    page.file.raw("77 0 obj\n<< /Note (Merlin) >>\nendobj\n");
    Extracted const result = extract(page.finish());
    EXPECT_EQ(result.out.text(Role::residue), "Note:FalconKestrelNote:Merlin");
}

TEST(Document, GivesLooseBytesAsFiles) {
    for (std::string const where : {"front", "between", "behind"}) {
        OnePage page;
        page.write(weather);
        if (where == "between") page.file.raw("Falcon flies\n");
        std::string bytes = page.finish();
        if (where == "behind") bytes += "Falcon flies\n";
        if (where == "front") bytes = "Falcon flies\n" + bytes;
        Extracted const result = extract(bytes);
        std::size_t const at = bytes.find("Falcon");
        Evidence const* loose = find(result, "!tail:" + std::to_string(at));
        ASSERT_TRUE(loose) << where;
        EXPECT_NE(loose->content.view().find("Falcon flies"), std::string_view::npos);
        EXPECT_EQ(result.out.text(Role::shown).substr(0, 7), "Weather") << where;
        EXPECT_EQ(result.done.read, bytes.size());
    }
}

TEST(Document, GivesRemarksInTheSource) {
    OnePage page;
    page.file.raw("% Falcon flies\n");
    page.write(weather);
    EXPECT_EQ(extract(page.finish()).out.text(Role::markup), "%Falconflies");
}

TEST(Document, MissesNoPageThatTheTreeHides) {
    OnePage page;
    page.write(weather);
    page.file.set(page.pages, "<< /Type /Pages /Kids [" + page.reference(page.page) + "] /Count 0 >>");
    Extracted const result = extract(page.finish());
    EXPECT_NE((result.out.text(Role::shown) + result.out.text(Role::residue)).find("Weather"), std::string::npos);
}

TEST(Document, BoundsAStreamThatUnpacksToTooMuch) {
    OnePage page;
    std::string runs;
    for (int i = 0; i < 4000; ++i) runs += std::string("\x81") + "x";
    int const file = page.file.add_stream("/Type /EmbeddedFile /Filter /RunLengthDecode", runs + "\x80");
    page.catalog_extra = "/AF [<< /Type /Filespec /F (big) /EF << /F " + page.reference(file) + " >> >>]";
    page.write(weather);
    Extracted result;
    result.out.left = 100'000;
    Evidence evidence;
    evidence.content = Blob::take(page.finish());
    auto const done = extractors_pdf()[0].instance()->extract(evidence, result.out);
    ASSERT_TRUE(done);
    EXPECT_TRUE(result.out.has(Cause::too_big));
    EXPECT_LT(done->read, evidence.content.size());
}

TEST(Document, AnyCutGivesAGap) {
    OnePage page;
    page.file.add("<< /Note (Falcon) >>");
    page.write(weather);
    std::string const bytes = page.finish("/Info << /Author (Ann) >>");
    for (int sixteenth = 1; sixteenth < 16; ++sixteenth) {
        Extracted const result = extract(bytes.substr(0, bytes.size() * sixteenth / 16));
        EXPECT_TRUE(result.out.has(Cause::malformed)) << sixteenth;
    }
    EXPECT_FALSE(extract(bytes).out.has(Cause::malformed));
}

TEST(Document, ReadsChineseBytesThatNameNoEncoding) {
    std::string const words = "\xB9\xD8\xD3\xDA\xBA\xEC\xBE\xFC\xD7\xF7\xD5\xBD\xB5\xC4\xD4\xAD\xD4\xF2";
    EXPECT_EQ(extract(page_with("BT /F1 12 Tf 40 150 Td (" + words + ") Tj ET")).out.text(Role::shown, "gb18030"),
              "关于红军作战的原则");
    std::string const french = "BT /F1 12 Tf 40 150 Td (\xE9t\xE9 \xE0 No\xEBl) Tj ET";
    EXPECT_EQ(extract(page_with(french)).out.text(Role::shown), "étéàNoël");
}

TEST(Document, GivesTextOfLayersThatAreOff) {
    OnePage page;
    int const layer = page.file.add("<< /Type /OCG /Name (draft) >>");
    page.catalog_extra = "/OCProperties << /OCGs [" + page.reference(layer) + "] /D << /OFF [" +
                         page.reference(layer) + "] >> >>";
    page.resources_extra = "/Properties << /L1 " + page.reference(layer) + " >>";
    page.write(weather + "/OC /L1 BDC BT /F1 12 Tf 40 100 Td (Falcon) Tj ET EMC\n");
    Extracted const result = extract(page.finish());
    EXPECT_EQ(result.out.text(Role::shown), "Weather");
    EXPECT_EQ(result.out.text(Role::hidden, "layer"), "Falcon");
}

}  // namespace
}  // namespace keepmum::pdf::test
