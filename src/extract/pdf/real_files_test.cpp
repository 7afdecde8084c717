// Real documents with known facts (ground-truth.tsv beside them). Counts only: some are court papers, and
// what they failed to hide is not repeated here.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "extract/pdf/test_document.h"

namespace keepmum::pdf::test {
namespace {

std::filesystem::path data_folder() {
    char const* given = std::getenv("KEEPMUM_DATA");
    std::filesystem::path const base = given ? given : std::string(KEEPMUM_SOURCE) + "/../shared/data";
    return base / "documents";
}

std::string read(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class RealFiles : public testing::Test {
  protected:
    void SetUp() override {
        if (!std::filesystem::exists(data_folder())) GTEST_SKIP() << "no sample documents here";
    }
};

// Characters under cover without line feeds, and places.
struct Covered {
    std::size_t characters = 0, boxes = 0;
};

Covered covered_in(std::string const& name) {
    Covered covered;
    Extracted const result = extract(read(data_folder() / name));
    for (Evidence const& item : result.out.evidence) {
        if (item.role != Role::covered) continue;
        for (char c : item.content.view()) covered.characters += c != '\n' && (c & 0xC0) != 0x80;
        covered.boxes += item.marks.size();
    }
    return covered;
}

TEST_F(RealFiles, FindTextUnderBoxes) {
    Covered const yes = covered_in("redaction/rectangles_yes.pdf");
    EXPECT_EQ(yes.boxes, 3u);
    EXPECT_EQ(yes.characters, 64u);
    EXPECT_EQ(covered_in("redaction/bad_cross_hatched_redactions.pdf").characters, 639u);
    EXPECT_EQ(covered_in("redaction/hidden_text_on_visible_text.pdf").boxes, 2u);
}

TEST_F(RealFiles, FindNothingUnderBoxesThatHideNothing) {
    for (char const* name :
         {"no_bad_redactions.2.1", "no_bad_redactions.3.2", "no_bad_redactions.4.1", "no_bad_redactions.6.2",
          "partial_intersections_ok", "rect_ordering_0.8", "rect_ordering_1.23", "rect_ordering_2.1",
          "rect_ordering_4.1"}) {
        EXPECT_EQ(covered_in(std::string("redaction/") + name + ".pdf").characters, 0u) << name;
    }
}

TEST_F(RealFiles, CountRevisions) {
    auto revisions = [](char const* name) { return extract(read(data_folder() / name)).out.text(Role::metadata); };
    // Of its four end marks the first is that of a file laid out for the web, and closes no revision.
    EXPECT_NE(revisions("pdf/testPDF_incrementalUpdates.pdf").find("Revisions:3End-of-filemarks:4"), std::string::npos);
    EXPECT_NE(revisions("pdf/qpdf-incremental-1.pdf").find("Revisions:3"), std::string::npos);
}

TEST_F(RealFiles, ReadChineseFontsThatNameNoEncoding) {
    std::string const song = extract(read(data_folder() / "pdf/pdfjs-XiaoBiaoSong.pdf")).out.text(Role::shown);
    EXPECT_NE(song.find("目录"), std::string::npos);
    EXPECT_NE(song.find("关于红军作战的原则"), std::string::npos);
    std::string const fang = extract(read(data_folder() / "pdf/pdfjs-SimFang-variant.pdf")).out.text(Role::shown);
    EXPECT_NE(fang.find("全世界无产者，联合起来"), std::string::npos);
}

// Two of the bombs are left out: only a clock ends them, and the clock is the worker's.
TEST_F(RealFiles, AllEndAndLieAboutNoByte) {
    std::size_t count = 0;
    for (char const* folder : {"pdf", "redaction", "malformed"}) {
        for (auto const& entry : std::filesystem::directory_iterator(data_folder() / folder)) {
            if (entry.path().extension() != ".pdf") continue;
            std::string const bytes = read(entry.path());
            Extracted const result = extract(bytes);
            EXPECT_LE(result.done.read, bytes.size());
            bool const whole = result.done.read == bytes.size();
            EXPECT_TRUE(whole || !result.out.gaps.empty()) << entry.path();
            ++count;
        }
    }
    EXPECT_GT(count, 100u);
}

}  // namespace
}  // namespace keepmum::pdf::test
