// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/by_lines.h"

#include <gtest/gtest.h>

#include "extract/collect.h"
#include "extract/ocr/page.h"
#include "extract/ocr/writing_test.h"

namespace keepmum::ocr {
namespace {

Grey grey_of(Pixels const& pixels) {
    Grey out{pixels.width, pixels.height, {}};
    for (std::size_t i = 0; i < pixels.rgb.size(); i += 3) out.values.push_back(pixels.rgb[i]);
    return out;
}

constexpr float pitch = 75;
Pixels page_of(int lines, Look const& look = {}) {
    Pixels page = blank(1000, static_cast<std::uint32_t>(80 + pitch * static_cast<float>(lines)), look.paper);
    for (int i = 0; i < lines; ++i) write_on(page, "RESTRICTED REPORT", 60, 40 + pitch * static_cast<float>(i), look);
    return page;
}

std::string text_of(ReadPicture const& read) {
    std::string text;
    for (ReadLine const& line : read.lines) {
        for (Word const& word : line.words) text += word.text + ' ';
    }
    return text;
}

TEST(Page, IsWhereLevelLinesAre) {
    Grey const page = grey_of(page_of(8));
    std::optional<PagePart> const part = find_page(page, find_lines(page, 100).lines);
    ASSERT_TRUE(part);
    EXPECT_EQ(part->left, 0u);
    EXPECT_NEAR(part->dots, 280, 20);
    EXPECT_TRUE(std::equal(part->grey.row(60), part->grey.row(60) + part->grey.width, page.row(60)));  // its light is even already
    for (Pixels const& other : {page_of(4), page_of(8, {20, 245, 5, 0.15F}), draw_texture(2, 900, 700)}) {
        Grey const grey = grey_of(other);
        EXPECT_FALSE(find_page(grey, find_lines(grey, 100).lines));
    }
}

TEST(Page, HasNoShadowAndDarkLetters) {
    for (Look const look : {Look{20, 245, 5, 0}, Look{245, 40, 5, 0}}) {
        Grey page = grey_of(page_of(10, look));
        for (std::uint32_t y = 0; y < page.height; ++y) {
            for (std::uint32_t x = 0; x < page.width; ++x)
                page.row(y)[x] = static_cast<std::uint8_t>(page.row(y)[x] * (1 - 0.6F * static_cast<float>(x) / static_cast<float>(page.width)));
        }
        std::optional<PagePart> const part = find_page(page, find_lines(page, 100).lines);
        ASSERT_TRUE(part) << int(look.ink);
        std::size_t dark = 0, light = 0;
        for (std::uint8_t value : part->grey.values) value < 90 ? ++dark : light += value > 200;
        EXPECT_GT(light, part->grey.values.size() * 3 / 4) << int(look.ink);
        EXPECT_GT(dark, part->grey.values.size() / 30) << int(look.ink);
    }
}

// Reads the same in whatever it is given.
class SureReader final : public Reader {
  public:
    std::string_view name() const override { return "sure"; }
    std::string full_name() const override { return "sure"; }
    std::uint32_t strip_height() const override { return 48; }
    std::vector<Word> read(Grey const& strip) override {
        return {{"write", 0, static_cast<float>(strip.width), lines_read++ % one_of == 0 ? sure : 20}};
    }
    std::vector<ReadLine> read_page(Grey const&, Script, std::uint32_t, Outlet&) override { return page; }
    float sure = 95;
    int one_of = 1, lines_read = 0;  // it is as sure of one of so many only
    std::vector<ReadLine> page;
};

TEST(ByLines, AllShortOnesOfATableAreRead) {
    Pixels table = blank(1000, 900);
    for (int i = 0; i < 40; ++i)
        write_on(table, "TON", 40.0F + 240.0F * static_cast<float>(i % 4), 30.0F + 85.0F * static_cast<float>(i / 4), {});
    SureReader reader;
    Collect outlet;
    EXPECT_EQ(read_by_lines(grey_of(table), reader, 100, outlet).lines.size(), 40u);
    EXPECT_FALSE(read_by_lines(grey_of(table), reader, 100, outlet).more);
    EXPECT_TRUE(read_by_lines(grey_of(table), reader, 30, outlet).more);
    reader.sure = 20;  // things that stand side by side
    EXPECT_TRUE(read_by_lines(grey_of(table), reader, 30, outlet).lines.empty());
    EXPECT_FALSE(read_by_lines(grey_of(table), reader, 30, outlet).more);
    reader.sure = 95;
    reader.one_of = 4;
    EXPECT_TRUE(read_by_lines(grey_of(table), reader, 100, outlet).more);
    reader.one_of = 12;
    EXPECT_FALSE(read_by_lines(grey_of(table), reader, 100, outlet).more);
}

TEST(ByLines, WhatIsLeftOutOfATurnedPageIsTold) {
    std::unique_ptr<Reader> const reader = make_tesseract();
    if (!reader) GTEST_SKIP() << "tesseract-ocr-eng is not installed";
    Pixels page = blank(700, 700);
    for (int i = 0; i < 8; ++i) write_on(page, "RESTRICTED", 60, 40.0F + 75.0F * static_cast<float>(i), {});
    Grey const sideways = turn(grey_of(page), 6);
    EXPECT_FALSE(find_lines(sideways, 5).more);
    Collect outlet;
    ReadPicture const read = read_by_lines(sideways, *reader, 5, outlet);
    EXPECT_GE(read.lines.size(), 5u);
    EXPECT_LT(read.lines.size(), 8u);
    EXPECT_TRUE(read.more);
}

// A line of a page as a reader gives it, `number` from above.
ReadLine line_of_page(int number, std::string text, float sure) {
    Line line{60, 40 + 17 + pitch * static_cast<float>(number), 1, 0, 505, 35, 0, 0, 1, 0};
    return {line, {{std::move(text), 0, 690, sure}}};
}

TEST(ByLines, APageIsReadAsAWhole) {
    Grey const page = grey_of(page_of(8));
    SureReader reader;
    Collect outlet;
    for (int i = 0; i < 8; ++i) reader.page.push_back(line_of_page(i, "whole" + std::to_string(i), 90));
    EXPECT_EQ(text_of(read_by_lines(page, reader, 100, outlet)), "whole0 whole1 whole2 whole3 whole4 whole5 whole6 whole7 ");
    // What it left out is read by itself, and so is what it read badly, which is kept where that is no better.
    reader.page.erase(reader.page.begin() + 2);
    reader.page[4].words[0].confidence = 10;
    EXPECT_EQ(text_of(read_by_lines(page, reader, 100, outlet)), "whole0 whole1 write whole3 whole4 write whole6 whole7 ");
    reader.sure = 20;
    EXPECT_EQ(text_of(read_by_lines(page, reader, 100, outlet)), "whole0 whole1 whole3 whole4 whole5 whole6 whole7 ");
    reader.sure = 95;
    for (ReadLine& line : reader.page) line.words[0].confidence = 30;
    EXPECT_EQ(text_of(read_by_lines(page, reader, 100, outlet)), "write write write write write write write write ");
}

TEST(ByLines, WhatAPageLeftOutOfALineIsRead) {
    Grey const page = grey_of(page_of(8));
    SureReader reader;
    Collect outlet;
    for (int i = 0; i < 8; ++i) reader.page.push_back(line_of_page(i, "whole" + std::to_string(i), 90));
    for (int i : {3, 5}) {  // the first word of two
        reader.page[static_cast<std::size_t>(i)].line.length = 295;
        reader.page[static_cast<std::size_t>(i)].words[0].right = 295 * 48.0F / 35;
    }
    ReadLine& end = reader.page[5];  // the second
    end.line.x += 330;
    end.line.length = 175;
    end.words[0].right = 175 * 48.0F / 35;
    EXPECT_EQ(text_of(read_by_lines(page, reader, 100, outlet)),
              "whole0 whole1 whole2 whole3 write whole4 write whole5 whole6 whole7 ");
}

// Reads single lines as Chinese where it is told to, and pages of any script better than English ones.
class TwoScripts final : public Reader {
  public:
    std::string_view name() const override { return "two"; }
    std::string full_name() const override { return "two"; }
    std::uint32_t strip_height() const override { return 48; }
    std::vector<Word> read(Grey const&) override { return {{++lines_read <= 3 ? "write" : "机密文件", 0, 690, 90}}; }
    std::vector<ReadLine> read_page(Grey const&, Script script, std::uint32_t, Outlet&) override {
        return script == Script::latin ? latin : any;
    }
    std::vector<ReadLine> latin, any;
    int lines_read = 0;
};

TEST(ByLines, APageThatBeginsInEnglishMayBeChinese) {
    Grey const page = grey_of(page_of(8));
    Collect outlet;
    TwoScripts whole, one;
    for (int i = 0; i < 8; ++i) {
        whole.latin.push_back(line_of_page(i, "garbled", i < 3 ? 90 : 30));
        whole.any.push_back(line_of_page(i, "读懂了", 90));
        one.latin.push_back(line_of_page(i, "english", i == 5 ? 30 : 90));
    }
    EXPECT_EQ(text_of(read_by_lines(page, whole, 100, outlet)).substr(0, 20), "读懂了 读懂了 ");
    EXPECT_EQ(text_of(read_by_lines(page, one, 100, outlet)), "english english english english english 机密文件 english english ");
}

TEST(ByLines, APageOnItsHeadIsReadAsAWhole) {
    std::unique_ptr<Reader> const reader = make_tesseract();
    if (!reader) GTEST_SKIP() << "tesseract-ocr-eng is not installed";
    Collect outlet;
    for (std::uint32_t way : {1u, 3u, 6u}) {
        ReadPicture const read = read_by_lines(turn(grey_of(page_of(8)), way), *reader, 100, outlet);
        ASSERT_EQ(read.lines.size(), 8u) << way;
        EXPECT_EQ(text_of(read).substr(0, 18), "RESTRICTED REPORT ") << way;
    }
}

}  // namespace
}  // namespace keepmum::ocr
