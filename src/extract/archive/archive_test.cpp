// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/archive/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "extract/collect.h"

namespace keepmum {
namespace {

struct Member {
    std::string name, content;
};

std::string archive_of(int format, int filter, std::vector<Member> const& members) {
    std::string out(1u << 20, '\0');
    std::size_t used = 0;
    archive* const writing = archive_write_new();
    archive_write_set_format(writing, format);
    archive_write_add_filter(writing, filter);
    archive_write_set_bytes_in_last_block(writing, 1);
    EXPECT_EQ(archive_write_open_memory(writing, out.data(), out.size(), &used), ARCHIVE_OK);
    for (Member const& member : members) {
        archive_entry* const entry = archive_entry_new();
        archive_entry_set_pathname(entry, member.name.c_str());
        archive_entry_set_size(entry, static_cast<la_int64_t>(member.content.size()));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        EXPECT_EQ(archive_write_header(writing, entry), ARCHIVE_OK);
        archive_write_data(writing, member.content.data(), member.content.size());
        archive_entry_free(entry);
    }
    archive_write_close(writing);
    archive_write_free(writing);
    out.resize(used);
    return out;
}

std::string noise(std::size_t size) {
    std::string out;
    std::uint64_t state = 7;
    while (out.size() < size) out += static_cast<char>((state = state * 6364136223846793005ull + 1442695040888963407ull) >> 56);
    return out;
}

Collect read(std::string const& bytes) {
    Collect out;
    Result<Done> const done = archive_extractor()->extract(input_of(bytes), out);
    EXPECT_TRUE(done && (done->read == bytes.size() || !out.gaps.empty()));
    return out;
}

bool holds(Collect const& out, std::string_view words) {
    return std::any_of(out.all.begin(), out.all.end(), [&](Evidence const& evidence) { return evidence.content.view().find(words) != std::string_view::npos; });
}

std::vector<Member> const two = {{"a.txt", "hunter one"}, {"b.txt", noise(20'000) + "hunter two"}};
constexpr int archives[] = {ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FORMAT_CPIO_SVR4_NOCRC, ARCHIVE_FORMAT_7ZIP, ARCHIVE_FORMAT_ISO9660};
constexpr int filters[] = {ARCHIVE_FILTER_GZIP, ARCHIVE_FILTER_BZIP2, ARCHIVE_FILTER_XZ, ARCHIVE_FILTER_ZSTD, ARCHIVE_FILTER_LZ4};

TEST(Archive, MembersNamesAndWhatIsAppended) {
    for (int const format : archives) {
        std::string const bytes = archive_of(format, ARCHIVE_FILTER_NONE, two);
        Collect const out = read(bytes);
        EXPECT_TRUE(holds(out, "hunter one") && holds(out, "hunter two") && holds(out, "a.txt")) << format;
        EXPECT_TRUE(out.gaps.empty()) << format;
        EXPECT_TRUE(holds(read(bytes + "appended words"), "appended words")) << format;
    }
}

TEST(Archive, StreamsAndWhatIsAppended) {
    for (int const filter : filters) {
        std::string const bytes = archive_of(ARCHIVE_FORMAT_TAR_USTAR, filter, two);
        EXPECT_TRUE(holds(read(bytes), "hunter two")) << filter;
        Collect const more = read(bytes + "appended words");
        EXPECT_TRUE(holds(more, "appended words") || !more.gaps.empty()) << filter;
        std::string const single = archive_of(ARCHIVE_FORMAT_RAW, filter, {{"x", "hunter three"}});
        EXPECT_TRUE(holds(read(single), "hunter three")) << filter;
    }
}

TEST(Archive, CutAnywhereItSaysSo) {
    for (int const filter : filters) {
        std::string const whole = archive_of(ARCHIVE_FORMAT_TAR_USTAR, filter, two);
        for (std::size_t i = 1; i < 16; ++i) EXPECT_FALSE(read(whole.substr(0, whole.size() * i / 16)).gaps.empty()) << filter << " " << i;
    }
    for (int const format : {ARCHIVE_FORMAT_7ZIP, ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FORMAT_CPIO_SVR4_NOCRC}) {
        std::string const whole = archive_of(format, ARCHIVE_FILTER_NONE, two);
        for (std::size_t i = 1; i < 14; ++i) EXPECT_FALSE(read(whole.substr(0, whole.size() * i / 16)).gaps.empty()) << format << " " << i;
    }
}

TEST(Archive, DirectoriesMayHoldBytesToo) {
    std::string bytes = archive_of(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, {{"a", "hunter one"}});
    bytes[156] = '5';
    bytes.replace(148, 8, 8, ' ');
    unsigned sum = 0;
    for (std::size_t i = 0; i < 512; ++i) sum += static_cast<unsigned char>(bytes[i]);
    char field[8];
    std::snprintf(field, sizeof field, "%06o", sum);
    bytes.replace(148, 7, std::string(field, 7));
    EXPECT_TRUE(holds(read(bytes), "hunter one"));
}

TEST(Archive, PaddingHeadersAndComments) {
    std::string tar = archive_of(ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_NONE, {{"a", "x"}});
    tar.replace(512 + 100, 12, "hunter words");
    EXPECT_TRUE(holds(read(tar), "hunter words"));
    std::string gzip = archive_of(ARCHIVE_FORMAT_RAW, ARCHIVE_FILTER_GZIP, {{"x", "content"}});
    gzip[3] = static_cast<char>(gzip[3] | 16);
    gzip.insert(10, std::string("hunter comment\0", 15));
    EXPECT_TRUE(holds(read(gzip), "hunter comment"));
    EXPECT_TRUE(holds(read(gzip), "content"));
}

}  // namespace
}  // namespace keepmum
