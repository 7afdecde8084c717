// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/office/office_testing.h"
#include "format/zip/writer.h"

namespace keepmum {
namespace {

std::string object(std::string_view text, std::string_view boundary, std::string_view more = "", std::string_view colour = "0 0 0") {
    return "<ofd:TextObject Boundary='" + std::string(boundary) + "' Size='4' " + std::string(more) + "><ofd:FillColor Value='" +
           std::string(colour) + "'/><ofd:TextCode X='0' Y='4'>" + std::string(text) + "</ofd:TextCode></ofd:TextObject>";
}

TEST(Ofd, ReadsPagesWithBoxesAndWhatIsHidden) {
    std::string const ns = " xmlns:ofd='http://www.ofdspec.org/2016'>";
    ZipWriter writer;
    writer.add("OFD.xml", "<ofd:OFD" + ns + "<ofd:DocBody><ofd:DocInfo><ofd:Author>张三</ofd:Author><ofd:CustomDatas><ofd:CustomData "
               "Name='项目'>猎鹰</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>");
    writer.add("Doc_0/Document.xml", "<ofd:Document" + ns + "<ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
               "</ofd:PageArea><ofd:TemplatePage BaseLoc='Tpls/T.xml'/></ofd:CommonData><ofd:Pages><ofd:Page BaseLoc='Pages/P/Content.xml'/>"
               "</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations></ofd:Document>");
    writer.add("Doc_0/Pages/P/Content.xml", "<ofd:Page" + ns + "<ofd:Content><ofd:Layer>" + object("绝密", "10 20 30 5") +
               object("★启用前", "40 20 30 5") + object("next", "10 40 30 5") + object("ghost", "10 50 9 5", "Visible='false'") +
               object("clear", "10 60 9 5", "Alpha='0'") + object("pale", "10 70 9 5", "", "255 255 255") + object("beside", "300 70 9 5") +
               "</ofd:Layer></ofd:Content></ofd:Page>");
    writer.add("Doc_0/Tpls/T.xml", "<ofd:Page" + ns + "<ofd:Content><ofd:Layer>" + object("INTERNAL", "1 1 9 5") + "</ofd:Layer></ofd:Content></ofd:Page>");
    writer.add("Doc_0/Annots/Annot_0.xml", "<ofd:PageAnnot" + ns + "<ofd:Annot Creator='Eve'><ofd:Remark>remark</ofd:Remark></ofd:Annot></ofd:PageAnnot>");
    writer.add("Doc_0/Pages/Old/Content.xml", "<ofd:Page" + ns + object("forgotten", "1 1 9 5") + "</ofd:Page>");
    writer.add("Doc_0/Attachs/plan.bin", "attached");
    std::string const file = writer.finish();
    Extracted const got = extract_with(package_extractor(), file);
    EXPECT_EQ(got.done.media, "application/ofd");
    EXPECT_EQ(got.outlet.text(Role::shown), "绝密★启用前\nnext\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "invisible"), "ghost\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "transparent"), "clear\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "white"), "pale\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "off-page"), "beside\n");
    EXPECT_EQ(got.outlet.text(Role::hidden, "unreferenced part"), "forgotten\n");
    EXPECT_EQ(got.outlet.text(Role::margin), "INTERNAL\n");
    EXPECT_EQ(got.outlet.text(Role::comment), "remark\n");
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Author: 张三"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "项目: 猎鹰"));
    EXPECT_NE(got.outlet.child("plan.bin"), nullptr);
    EXPECT_TRUE(got.outlet.gaps.empty());
    EXPECT_EQ(got.done.read, file.size());
    for (Evidence const& one : got.outlet.kept) {
        if (one.role != Role::shown || one.kind == Kind::bytes) continue;
        EXPECT_EQ(print(one.place), "!page:1");
        bool boxed = false;
        for (Mark const& mark : one.marks) boxed = boxed || (mark.what == Mark::What::box && mark.a == 2834);
        EXPECT_TRUE(boxed);
    }
}

}  // namespace
}  // namespace keepmum
