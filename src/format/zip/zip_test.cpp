// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "format/zip/inflate.h"
#include "format/zip/layout.h"
#include "format/zip/writer.h"

namespace keepmum {
namespace {

std::string plain_zip() {
    ZipWriter writer;
    writer.add("a.txt", "alpha alpha alpha alpha");
    writer.add({.name = "b.txt", .bytes = "beta", .method = ZipMethod::store});
    return writer.finish("bye");
}

std::string unpack(std::string_view file, ZipMember const& member) {
    std::string_view const packed = file.substr(member.data.begin, member.data.size());
    return member.method == 0 ? std::string(packed) : inflate_raw(packed, 1 << 20).bytes;
}

TEST(ZipLayout, OwnsEveryByteOfAPlainFile) {
    std::string const file = plain_zip();
    ZipLayout const layout = read_zip_layout(file);
    ASSERT_EQ(layout.members.size(), 2u);
    EXPECT_EQ(layout.members[0].name, "a.txt");
    EXPECT_EQ(unpack(file, layout.members[0]), "alpha alpha alpha alpha");
    EXPECT_EQ(unpack(file, layout.members[1]), "beta");
    EXPECT_TRUE(layout.unowned.empty());
    EXPECT_EQ(layout.comment, "bye");
    EXPECT_FALSE(layout.directory_damaged);
    EXPECT_FALSE(layout.members[0].differs);
}

TEST(ZipLayout, FindsJunkBeforeBetweenAndAfter) {
    ZipWriter writer;
    writer.add("a", "1");
    writer.add_raw("between");
    writer.add("b", "2");
    std::string const file = "before" + writer.finish() + "after";
    ZipLayout const layout = read_zip_layout(file);
    ASSERT_EQ(layout.unowned.size(), 3u);
    EXPECT_EQ(layout.unowned[0], (Span{0, 6}));
    EXPECT_EQ(file.substr(layout.unowned[1].begin, layout.unowned[1].size()), "between");
    EXPECT_EQ(file.substr(layout.unowned[2].begin), "after");
    EXPECT_EQ(layout.bias, 6);
    EXPECT_EQ(layout.members.size(), 2u);
}

TEST(ZipLayout, FindsMembersThatTheDirectoryForgets) {
    ZipWriter writer;
    writer.add("a", "1");
    writer.add({.name = "secret", .bytes = "not listed", .unlisted = true});
    writer.add("b", "2");
    std::string const file = writer.finish();
    ZipLayout const layout = read_zip_layout(file);
    ASSERT_EQ(layout.members.size(), 3u);
    EXPECT_EQ(layout.members[1].name, "secret");
    EXPECT_FALSE(layout.members[1].in_directory);
    EXPECT_EQ(unpack(file, layout.members[1]), "not listed");
    EXPECT_TRUE(layout.unowned.empty());
}

TEST(ZipLayout, ReadsAFileWithoutDirectory) {
    std::string file = plain_zip();
    file.resize(file.find("PK\1\2"));
    ZipLayout const layout = read_zip_layout(file);
    ASSERT_EQ(layout.members.size(), 2u);
    EXPECT_EQ(unpack(file, layout.members[1]), "beta");
}

TEST(ZipLayout, ReadsDescriptorsWithAndWithoutDirectory) {
    ZipWriter writer;
    writer.add({.name = "a", .bytes = "streamed", .flags = 8});
    writer.add({.name = "b", .bytes = "also", .flags = 8});
    std::string file = writer.finish();
    ZipLayout layout = read_zip_layout(file);
    ASSERT_EQ(layout.members.size(), 2u);
    EXPECT_EQ(layout.members[0].descriptor.size(), 16u);
    EXPECT_TRUE(layout.unowned.empty());
    file.resize(file.find("PK\1\2"));
    layout = read_zip_layout(file);
    ASSERT_EQ(layout.members.size(), 2u);
    EXPECT_EQ(unpack(file, layout.members[0]), "streamed");
    EXPECT_EQ(layout.members[0].size, 8u);
    EXPECT_EQ(unpack(file, layout.members[1]), "also");
}

TEST(ZipLayout, RefusesOverlappingMembers) {
    // Two entries of the directory point to the same local header.
    std::string file = plain_zip();
    std::size_t const first = file.find("PK\1\2");
    std::size_t const second = file.find("PK\1\2", first + 1);
    for (int i = 0; i < 4; ++i) file[second + 42 + i] = 0;
    ZipLayout const layout = read_zip_layout(file);
    int refused = 0;
    for (ZipMember const& member : layout.members) refused += member.overlaps;
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(layout.members.size(), 3u) << "b.txt is found again by its local header";
}

TEST(ZipLayout, SeesWhereTheListsDisagree) {
    ZipWriter writer;
    writer.add({.name = "harmless.txt", .bytes = "x", .local_name = "secret.txt"});
    std::string file = writer.finish();
    ZipLayout layout = read_zip_layout(file);
    ASSERT_EQ(layout.members.size(), 1u);
    EXPECT_EQ(layout.members[0].local_name, "secret.txt");
    file[22] = 77;  // unpacked size in the local header
    layout = read_zip_layout(file);
    EXPECT_TRUE(layout.members[0].differs);
}

TEST(ZipLayout, TruncatedAnywhereNeverOwnsMoreThanIsThere) {
    std::string const file = plain_zip();
    for (std::size_t cut = 0; cut < file.size(); ++cut) {
        std::string const part = file.substr(0, cut);
        ZipLayout const layout = read_zip_layout(part);
        std::uint64_t owned = layout.directory.size() + layout.end.size();
        for (ZipMember const& member : layout.members) {
            owned += member.header.size() + member.data.size() + member.descriptor.size();
            EXPECT_LE(member.data.end, cut);
        }
        for (Span const& span : layout.unowned) owned += span.size();
        EXPECT_EQ(owned, cut);
    }
}

TEST(Inflate, StopsAtItsLimitAndSaysSo) {
    std::string const packed = deflate_raw(std::string(1000, 'x'));
    EXPECT_EQ(inflate_raw(packed, 1000).end, InflateEnd::complete);
    EXPECT_EQ(inflate_raw(packed, 999).end, InflateEnd::limit);
    EXPECT_EQ(inflate_raw(packed, 999).bytes.size(), 999u);
    EXPECT_EQ(inflate_raw(packed.substr(0, packed.size() - 3), 5000).end, InflateEnd::cut);
    EXPECT_EQ(inflate_raw("\xff\xff\xff", 10).end, InflateEnd::corrupt);
    EXPECT_EQ(inflate_raw("", 10).end, InflateEnd::cut);
    Inflated const over = inflate_raw(packed + "slack", 5000);
    EXPECT_EQ(over.consumed, packed.size());
}

TEST(ZipExtra, SplitsFieldsAndKeepsTheRest) {
    std::vector<ZipExtra> const fields = split_extra(std::string_view("\x55\x54\2\0ab\1", 7));
    ASSERT_EQ(fields.size(), 2u);
    EXPECT_EQ(fields[0].id, 0x5455);
    EXPECT_EQ(fields[0].data, "ab");
    EXPECT_EQ(fields[1].data, "\1");
}

}  // namespace
}  // namespace keepmum
