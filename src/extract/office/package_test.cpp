// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "extract/office/office_testing.h"
#include "format/zip/writer.h"

namespace keepmum {
namespace {

Extracted extract(std::string bytes, std::uint64_t budget = 1u << 26) {
    return extract_with(package_extractor(), std::move(bytes), budget);
}

TEST(Package, GivesMembersNamesAndComments) {
    ZipWriter writer;
    writer.add({.name = "folder/a.txt", .bytes = "alpha", .comment = "ask Eve"});
    writer.add({.name = "folder/", .bytes = "", .method = ZipMethod::store});
    std::string const file = writer.finish("for Mallory");
    Extracted const got = extract(file);
    ASSERT_NE(got.outlet.child("folder/a.txt"), nullptr);
    EXPECT_EQ(got.outlet.child("folder/a.txt")->content.view(), "alpha");
    EXPECT_TRUE(got.outlet.says(Role::name, "folder/a.txt"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Comment: for Mallory"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "ask Eve"));
    EXPECT_EQ(got.done.read, file.size());
    EXPECT_TRUE(got.outlet.gaps.empty());
    Evidence const& names = got.outlet.kept[0];
    Span const span = names.map.to_source({0, 12});
    EXPECT_EQ(file.substr(span.begin, span.size()), "folder/a.txt");
}

TEST(Package, GivesWhatNobodyOwns) {
    ZipWriter writer;
    writer.add("a", "1");
    writer.add_raw("in the gap");
    writer.add("b", "2");
    std::string const file = "in front" + writer.finish() + "behind";
    Extracted const got = extract(file);
    EXPECT_EQ(got.outlet.child("tail:0")->content.view(), "in front");
    std::string const all = got.outlet.everything();
    EXPECT_NE(all.find("in the gap"), std::string::npos);
    EXPECT_NE(all.find("behind"), std::string::npos);
    EXPECT_EQ(got.done.read, file.size());
}

TEST(Package, SaysWhatItCannotUnpack) {
    ZipWriter writer;
    writer.add({.name = "locked.txt", .bytes = "123456789012", .method = ZipMethod::store, .flags = 1});
    writer.add({.name = "odd.txt", .bytes = "123456789012", .declared_method = 14});
    writer.add({.name = "bad.txt", .bytes = "still read", .crc_error = 1});
    Extracted const got = extract(writer.finish());
    ASSERT_EQ(got.outlet.gaps.size(), 3u);
    EXPECT_EQ(got.outlet.gaps[0].cause, Cause::encrypted);
    EXPECT_EQ(print(got.outlet.gaps[0].place), "!locked.txt");
    EXPECT_EQ(got.outlet.gaps[0].bytes, 12u);
    EXPECT_EQ(got.outlet.gaps[1].cause, Cause::unsupported);
    EXPECT_NE(got.outlet.gaps[1].detail.find("lzma"), std::string::npos);
    EXPECT_EQ(got.outlet.gaps[2].cause, Cause::malformed);
    EXPECT_EQ(got.outlet.child("bad.txt")->content.view(), "still read");
    EXPECT_TRUE(got.outlet.says(Role::name, "locked.txt"));
}

TEST(Package, StopsABombAtTheBudget) {
    ZipWriter writer;
    writer.add("zeros", std::string(1 << 20, '0'));
    writer.add("more", std::string(1 << 20, '1'));
    Extracted const got = extract(writer.finish(), 100'000);
    EXPECT_TRUE(got.outlet.has_gap(Cause::too_big));
    std::uint64_t total = 0;
    for (Evidence const& one : got.outlet.kept) total += one.content.size();
    EXPECT_LE(total, 100'000u + 100);
    EXPECT_LT(got.done.read, 4000u);
}

TEST(Package, GivesSlackBehindAStream) {
    // The stored size of the member is made to cover bytes behind the end of its deflate stream.
    ZipWriter writer;
    writer.add("a.txt", "alpha");
    writer.add_raw("HIDDEN");
    std::string file = writer.finish();
    std::size_t const central = file.find("PK\1\2");
    file[18] = static_cast<char>(file[18] + 6);
    file[central + 20] = static_cast<char>(file[central + 20] + 6);
    Extracted const got = extract(file);
    EXPECT_EQ(got.outlet.child("a.txt")->content.view(), "alpha");
    EXPECT_NE(got.outlet.everything().find("HIDDEN"), std::string::npos);
    EXPECT_TRUE(got.outlet.has_gap(Cause::malformed));
}

TEST(Package, NamesLinksPathsAndExtraFields) {
    ZipWriter writer;
    writer.add({.name = "link", .bytes = "/etc/shadow", .method = ZipMethod::store, .attributes = 0xA1FFu << 16});
    writer.add({.name = "../up.txt", .bytes = "x", .extra = std::string_view("\x34\x12\x06\0secret", 10)});
    writer.add({.name = "jar", .bytes = "x", .extra = std::string_view("\xFE\xCA\x0A\0hush money", 14)});
    writer.add({.name = "seen.txt", .bytes = "x", .local_name = "real.txt"});
    Extracted const got = extract(writer.finish());
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Symbolic link link: /etc/shadow"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "Path out of its folder: ../up.txt"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "secret"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "real.txt"));
    EXPECT_TRUE(got.outlet.says(Role::metadata, "hush money"));
}

TEST(Package, CutAnywhereIsNeverSilent) {
    ZipWriter writer;
    writer.add("a.txt", "alpha alpha alpha");
    writer.add("b.txt", "beta");
    std::string const file = writer.finish();
    for (int i = 1; i < 16; ++i) {
        std::string const part = file.substr(0, file.size() * i / 16);
        Extracted const got = extract(part);
        EXPECT_FALSE(got.outlet.gaps.empty()) << i;
    }
}

}  // namespace
}  // namespace keepmum
