// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pdf/byte_map.h"

#include <gtest/gtest.h>

#include <string>

namespace keepmum {
namespace {

using What = PdfPiece::What;

std::string const tail = "xref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 3 /Note (a > b) >>\nstartxref\n9\n%%EOF\n";
std::string const file = "%PDF-1.4\n1 0 obj\n<< /A (text \\) endobj) /B <0A> >>\nendobj\n"
                         "2 0 obj\n<< /Length 16 >>\nstream\nabc endstream xy\nendstream\nendobj\n" + tail;

std::string view_of(PdfByteMap const& map, std::string const& bytes, What what) {
    std::string out;
    for (PdfPiece const& piece : map.pieces) {
        if (piece.what == what) out += "[" + bytes.substr(piece.begin, piece.size()) + "]";
    }
    return out;
}

// The pieces are the whole file, without gap or overlap.
void expect_whole(PdfByteMap const& map, std::string const& bytes) {
    std::uint64_t at = 0;
    for (PdfPiece const& piece : map.pieces) {
        EXPECT_EQ(piece.begin, at);
        EXPECT_GT(piece.end, piece.begin);
        EXPECT_LE(piece.stream_end, piece.end);
        EXPECT_LE(piece.stream_begin, piece.stream_end);
        at = piece.end;
    }
    EXPECT_EQ(at, bytes.size());
}

TEST(PdfByteMap, OwnsEveryByteOfASoundFile) {
    PdfByteMap const map = map_pdf_bytes(file);
    expect_whole(map, file);
    EXPECT_EQ(view_of(map, file, What::stray), "");
    EXPECT_TRUE(map.closed);
    ASSERT_EQ(map.cuts.size(), 1u);
    EXPECT_EQ(map.cuts[0], file.size() - 1);
    std::vector<PdfPiece> objects;
    for (PdfPiece const& piece : map.pieces) {
        if (piece.what == What::object) objects.push_back(piece);
    }
    ASSERT_EQ(objects.size(), 2u);
    EXPECT_EQ(objects[1].number, 2u);
    EXPECT_EQ(file.substr(objects[1].stream_begin, objects[1].stream_end - objects[1].stream_begin),
              "abc endstream xy");
}

TEST(PdfByteMap, NamesBytesThatNothingOwns) {
    for (std::string const where : {"front", "between", "behind"}) {
        std::string const junk = "Falcon flies at dawn\n";
        std::string bytes = file;
        if (where == "front") bytes = junk + bytes;
        if (where == "between") bytes.insert(bytes.find("2 0 obj"), junk);
        if (where == "behind") bytes += junk;
        PdfByteMap const map = map_pdf_bytes(bytes);
        expect_whole(map, bytes);
        EXPECT_EQ(view_of(map, bytes, What::stray), "[Falcon flies at dawn]") << where;
    }
}

TEST(PdfByteMap, FollowsAnIndirectLength) {
    std::string const bytes = "%PDF-1.4\n1 0 obj\n<< /Length 2 0 R >>\nstream\nendstream endobj!\nendstream\nendobj\n"
                              "2 0 obj\n17\nendobj\n" + tail;
    PdfByteMap const map = map_pdf_bytes(bytes);
    EXPECT_EQ(view_of(map, bytes, What::stray), "");
    EXPECT_EQ(map.pieces[2].stream_end - map.pieces[2].stream_begin, 17u);
}

TEST(PdfByteMap, CutsAtEachRevision) {
    std::string const update = "1 0 obj\n<< >>\nendobj\n" + tail;
    std::string const bytes = file + update + update;
    EXPECT_EQ(map_pdf_bytes(bytes).cuts.size(), 3u);
    std::string const linear = "%PDF-1.4\n9 0 obj\n<< /Linearized 1 >>\nendobj\nxref\n0 1\ntrailer\n<< >>\n"
                               "startxref\n0\n%%EOF\n" + update;
    EXPECT_EQ(map_pdf_bytes(linear).cuts.size(), 1u);
}

TEST(PdfByteMap, AnyCutIsWholeAndNotClosed) {
    for (std::size_t size = 0; size < file.size() - 2; ++size) {
        std::string const bytes = file.substr(0, size);
        PdfByteMap const map = map_pdf_bytes(bytes);
        expect_whole(map, bytes);
        EXPECT_FALSE(map.closed) << size;
    }
}

TEST(PdfByteMap, StaysLinearOnNests) {
    std::string bytes = "%PDF-1.4\n";
    for (int i = 0; i < 40000; ++i) bytes += "1 0 obj (";
    expect_whole(map_pdf_bytes(bytes), bytes);
    bytes = "%PDF-1.4\n";
    for (int i = 0; i < 40000; ++i) bytes += "1 0 obj << ";
    expect_whole(map_pdf_bytes(bytes), bytes);
    bytes = "%PDF-1.4\n";
    for (int i = 0; i < 40000; ++i) bytes += "trailer<<(";
    expect_whole(map_pdf_bytes(bytes), bytes);
}

TEST(PdfByteMap, GivesCommentsInAndBetweenObjects) {
    std::string const bytes = "%PDF-1.4\n% one\n1 0 obj\n<< % two\n/A (% no) >>\nendobj\n";
    PdfByteMap const map = map_pdf_bytes(bytes);
    ASSERT_EQ(map.comments.size(), 2u);
    EXPECT_EQ(bytes.substr(map.comments[1].begin, map.comments[1].size()), "% two");
}

}  // namespace
}  // namespace keepmum
