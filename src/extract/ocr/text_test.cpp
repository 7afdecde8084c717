// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/text.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/picture_text.h"
#include "extract/collect.h"
#include "extract/ocr/passage.h"
#include "extract/ocr/reader.h"
#include "extract/ocr/small_lines.h"
#include "extract/ocr/writing_test.h"
#include "format/pixels/orientation.h"

namespace keepmum::ocr {
namespace {

Grey grey_of(Pixels const& pixels) {
    struct Keep final : PageTaker {
        Grey grey;
        void take(Page page) override { grey = std::move(page.grey); }
    } keep;
    EXPECT_FALSE(decode_grey(to_png(pixels), {5u << 20, 1080, 1500}, keep));
    return std::move(keep.grey);
}

Collect extract(std::string bytes) {
    Collect outlet;
    EXPECT_TRUE(picture_text_extractor()->extract(input_of(std::move(bytes)), outlet));
    return outlet;
}

bool reader_is_installed() {
    static bool const there = make_tesseract() != nullptr;
    return there;
}

// The Exif of a JPEG picture with nothing but its orientation.
std::string with_orientation(std::string jpeg, char orientation) {
    std::string tiff("II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0", 18);
    tiff += std::string{orientation, 0, 0, 0, 0, 0, 0, 0};
    std::string const body = std::string("Exif\0\0", 6) + tiff;
    std::string segment{'\xFF', '\xE1', 0, static_cast<char>(body.size() + 2)};
    return jpeg.insert(2, segment + body);
}

// Stored so that the orientation makes it upright again.
Pixels stored_for(Pixels const& upright, std::uint32_t orientation) {
    Grey numbers{upright.width, upright.height, {}};
    for (std::size_t i = 0; i < upright.rgb.size(); i += 3) numbers.values.push_back(upright.rgb[i]);
    constexpr std::uint32_t undone_by[] = {1, 2, 3, 4, 5, 8, 7, 6};
    Grey const stored = turn(std::move(numbers), undone_by[orientation - 1]);
    Pixels out{stored.width, stored.height, {}};
    for (std::uint8_t value : stored.values) out.rgb.insert(out.rgb.end(), 3, value);
    return out;
}

TEST(Lines, AreFoundWhateverTheInk) {
    for (Look const look : {Look{20, 245, 5, 0}, Look{250, 60, 3, 0}, Look{20, 245, 4, 0.15F},
                            Look{90, 160, 6, -0.1F}, Look{20, 245, 12, 0}}) {
        Pixels picture = blank(1000, 600, look.paper);
        write_on(picture, "RESTRICTED", 80, 250, look);
        std::vector<Line> const lines = find_lines(grey_of(picture), 10).lines;
        ASSERT_EQ(lines.size(), 1u) << int(look.ink) << ' ' << look.dot;
        EXPECT_NEAR(lines[0].down, std::sin(std::atan(look.slope)), 0.02);
        EXPECT_NEAR(lines[0].length, 59 * look.dot, 3 * look.dot);
        EXPECT_NEAR(lines[0].height, 7 * look.dot, 1.6F * look.dot);
    }
}

TEST(Lines, OnAPageEachIsOne) {
    Pixels picture = blank(1200, 900);
    for (int i = 0; i < 12; ++i)
        write_on(picture, i % 2 ? "RESTRICTED REPORT" : "A POLITE LETTER", 100, 60.0F + 60.0F * static_cast<float>(i),
                 {});
    std::vector<Line> const lines = reading_order(find_lines(grey_of(picture), 100).lines);
    ASSERT_EQ(lines.size(), 12u);
    for (std::size_t i = 1; i < lines.size(); ++i) EXPECT_NEAR(lines[i].y - lines[i - 1].y, 60, 6);
}

TEST(Lines, WhatIsLeftOutIsTold) {
    Pixels picture = blank(700, 700);
    for (int i = 0; i < 8; ++i) write_on(picture, "RESTRICTED", 60, 40.0F + 75.0F * static_cast<float>(i), {});
    FoundLines const some = find_lines(grey_of(picture), 5), all = find_lines(grey_of(picture), 8);
    EXPECT_EQ(some.lines.size(), 5u);
    EXPECT_TRUE(some.more);
    EXPECT_EQ(all.lines.size(), 8u);
    EXPECT_FALSE(all.more);
}

TEST(SmallLines, WhatIsLeftOutIsTold) {
    Pixels screen = blank(900, 700);
    for (int i = 0; i < 12; ++i) write_on(screen, "RESTRICTED REPORT", 60, 30.0F + 50.0F * static_cast<float>(i), {20, 245, 2, 0});
    auto const added = [](Pixels const& picture, std::size_t most) {
        FoundLines found;
        add_small_lines(grey_of(picture), 0.5F, 9, most, found);
        return found;
    };
    EXPECT_EQ(added(screen, 100).lines.size(), 12u);
    EXPECT_FALSE(added(screen, 100).more);
    EXPECT_TRUE(added(screen, 6).more);
    // What a network saw all of that was looked at, it saw the rest of too.
    for (std::size_t unseen : {0, 1, 6}) {
        FoundLines found = find_lines(grey_of(screen), 100);
        found.lines.erase(found.lines.begin(), found.lines.begin() + static_cast<std::ptrdiff_t>(unseen));
        add_small_lines(grey_of(screen), 0.5F, 9, 11, found);
        EXPECT_EQ(found.lines.size(), 12u);
        EXPECT_EQ(found.more, unseen == 6) << unseen;
    }
    // Of gravel there is always more.
    Pixels const gravel = draw_texture(3, 900, 700);
    EXPECT_TRUE(find_lines(grey_of(gravel), 40).more);
    EXPECT_FALSE(added(gravel, 40).more);
}

TEST(Lines, ColumnsAreReadOneAfterTheOther) {
    Pixels picture = blank(1400, 600);
    for (int i = 0; i < 4; ++i) {
        write_on(picture, "RESTRICTED", 60, 60.0F + 55.0F * static_cast<float>(i), {});
        write_on(picture, "PERSONAL", 800, 65.0F + 55.0F * static_cast<float>(i), {});
    }
    std::vector<Line> const lines = reading_order(find_lines(grey_of(picture), 100).lines);
    ASSERT_EQ(lines.size(), 8u);
    for (std::size_t i = 0; i < 8; ++i) EXPECT_EQ(lines[i].x > 600, i >= 4) << i;
}

TEST(Lines, AStripIsDarkOnWhite) {
    for (Look const look : {Look{20, 245, 5, 0}, Look{250, 60, 5, 0.1F}}) {
        Pixels picture = blank(800, 300, look.paper);
        write_on(picture, "RESTRICTED", 80, 120, look);
        Grey const grey = grey_of(picture);
        std::vector<Line> const lines = find_lines(grey, 10).lines;
        ASSERT_EQ(lines.size(), 1u);
        Grey const strip = cut_line(grey, lines[0], 48);
        EXPECT_EQ(strip.height, 48u);
        EXPECT_GT(strip.values.front(), 240);
        EXPECT_GT(ink_apart(strip), 0.8F);
    }
}

TEST(Lines, LongOnesAreCutIntoPartsThatOverlap) {
    Line line{10, 20, 0.8F, 0.6F, 1000, 2};
    std::vector<Line> const parts = part_long({line});
    ASSERT_EQ(parts.size(), 3u);
    EXPECT_EQ(parts[0].length, 400);
    EXPECT_NEAR(parts[1].x, 10 + 0.8F * 340, 0.01);
    EXPECT_NEAR(parts[1].y, 20 + 0.6F * 340, 0.01);
    EXPECT_NEAR(parts[2].x + 0.8F * parts[2].length, 10 + 0.8F * 1000, 0.01);
    line.length = 300;
    EXPECT_EQ(part_long({line}).size(), 1u);
    line.height = 0;
    EXPECT_EQ(part_long({line}).size(), 1u);
}

TEST(Lines, SurfacesAreNotClearlyTwoKindsOfLight) {
    Grey const grey = grey_of(draw_texture(1, 900, 700));
    std::size_t clear = 0;
    std::vector<Line> const lines = find_lines(grey, 300).lines;
    for (Line const& line : lines) clear += ink_apart(cut_line(grey, line, 48)) > 0.80F;
    EXPECT_LE(clear * 10, lines.size());
}

TEST(Grey, TurnsAsExifSays) {
    Pixels upright = blank(300, 160);
    write_on(upright, "A", 20, 20, {});
    Grey const wanted = grey_of(upright);
    for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
        std::string const jpeg =
            with_orientation(to_jpeg(stored_for(upright, orientation), 98), static_cast<char>(orientation));
        EXPECT_EQ(picture_orientation(jpeg), orientation);
        struct Keep final : PageTaker {
            Grey grey;
            void take(Page page) override { grey = std::move(page.grey); }
        } keep;
        EXPECT_FALSE(decode_grey(jpeg, {5u << 20, 1080, 1500}, keep));
        ASSERT_EQ(keep.grey.width, wanted.width) << orientation;
        std::size_t differing = 0;
        for (std::size_t i = 0; i < wanted.values.size(); ++i)
            differing += std::abs(wanted.values[i] - keep.grey.values[i]) > 40;
        EXPECT_LT(differing, 30u) << orientation;
    }
}

TEST(Grey, OrientationOfDamagedExifIsNone) {
    std::string const jpeg = with_orientation(to_jpeg(blank(20, 20)), 6);
    for (std::size_t size = 0; size < 60; ++size)
        EXPECT_LE(picture_orientation(std::string_view(jpeg).substr(0, size)), 6u);
    for (std::size_t at = 2; at < 50; ++at) {
        std::string damaged = jpeg;
        damaged[at] = '\xFF';
        EXPECT_LE(picture_orientation(damaged), 8u);
    }
}

TEST(PictureText, IsReadInEveryFormat) {
    if (!reader_is_installed()) GTEST_SKIP() << "tesseract-ocr-eng is not installed";
    Pixels picture = blank(800, 300);
    write_on(picture, "RESTRICTED REPORT", 60, 120, {});
    for (MadeFile const& file : in_every_format(picture)) {
        Collect const outlet = extract(file.bytes);
        ASSERT_EQ(outlet.all.size(), 1u) << file.media;
        Evidence const& evidence = outlet.all[0];
        EXPECT_EQ(evidence.content.view(), "RESTRICTED REPORT") << file.media;
        EXPECT_EQ(evidence.media, picture_text_media);
        EXPECT_TRUE(evidence.reason == "tesseract" || evidence.reason == "PP-OCRv4") << evidence.reason;
        EXPECT_TRUE(outlet.gaps.empty());
        std::vector<Mark> boxes;
        for (Mark const& mark : evidence.marks) {
            if (mark.what == Mark::What::box) boxes.push_back(mark);
        }
        ASSERT_EQ(boxes.size(), 2u);
        EXPECT_NEAR(boxes[1].a, 60'00 + 11 * 30'00, 15'00);
        EXPECT_NEAR(boxes[1].c, 6 * 30'00, 25'00);
        EXPECT_NEAR(boxes[1].b, 120'00, 12'00);
    }
}

TEST(PictureText, OfAPageThatLiesOnItsSideIsRead) {
    if (!reader_is_installed()) GTEST_SKIP() << "tesseract-ocr-eng is not installed";
    Pixels page = blank(900, 700);
    for (int i = 0; i < 8; ++i) write_on(page, "RESTRICTED REPORT", 80, 60.0F + 75.0F * static_cast<float>(i), {});
    for (std::uint32_t way : {1u, 3u, 6u, 8u}) {
        Collect const outlet = extract(to_png(stored_for(page, way)));
        ASSERT_EQ(outlet.all.size(), 1u) << way;
        EXPECT_NE(outlet.all[0].content.view().find("RESTRICTED REPORT"), std::string_view::npos) << way;
    }
}

TEST(PictureText, ThereIsNoneInSurfacesNorInIcons) {
    for (std::uint32_t seed = 1; seed <= 4; ++seed) {
        EXPECT_TRUE(extract(to_png(draw_texture(seed, 800, 600))).all.empty()) << seed;
        EXPECT_TRUE(extract(to_png(draw_scene(seed, 800, 600))).all.empty()) << seed;
    }
    Pixels icon = blank(36, 36);
    write_on(icon, "FIN", 1, 10, {20, 245, 2, 0});
    EXPECT_TRUE(extract(to_png(icon)).all.empty());
}

TEST(PictureText, OfALineThatWasCutOutOfAScreenIsRead) {
    if (!reader_is_installed()) GTEST_SKIP() << "tesseract-ocr-eng is not installed";
    for (auto const& [height, dot] : {std::pair{39u, 4.0F}, std::pair{36u, 4.0F}, std::pair{24u, 2.0F}, std::pair{16u, 2.0F}}) {
        Pixels line = blank(500, height);
        write_on(line, "RESTRICTED REPORT", 10, (static_cast<float>(height) - 7 * dot) / 2, {20, 245, dot, 0});
        Collect const outlet = extract(to_png(line));
        ASSERT_EQ(outlet.all.size(), 1u) << height;
        // In letters of dots one network takes P for F.
        EXPECT_TRUE(outlet.all[0].content.view().starts_with("RESTRICTED RE")) << height << outlet.all[0].content.view();
    }
}

// A network that finds lines looks at a screen of eight million pixels at two fifths of its sides.
TEST(PictureText, InSmallLettersOnALargeScreenIsRead) {
    if (!reader_is_installed()) GTEST_SKIP() << "tesseract-ocr-eng is not installed";
    Pixels line = blank(300, 40);
    write_on(line, "RESTRICTED REPORT", 10, 12, {20, 245, 2, 0});
    Pixels screen = blank(3840, 2160);
    for (std::size_t row = 0; row < line.height; ++row)
        std::copy_n(line.rgb.begin() + static_cast<std::ptrdiff_t>(row * line.width * 3), line.width * 3,
                    screen.rgb.begin() + static_cast<std::ptrdiff_t>(((row + 900) * screen.width + 1500) * 3));
    Collect const outlet = extract(to_png(screen));
    ASSERT_EQ(outlet.all.size(), 1u);
    EXPECT_EQ(outlet.all[0].content.view(), "RESTRICTED REPORT");
}

TEST(PictureText, TooSmallInAVastPictureIsAGap) {
    if (!reader_is_installed()) GTEST_SKIP() << "no reader";
    auto const blank_of = [](std::size_t width, std::size_t height) {
        return "P4\n" + std::to_string(width) + " " + std::to_string(height) + "\n" + std::string(width / 8 * height, '\0');
    };
    EXPECT_TRUE(extract(blank_of(8'000, 8'000)).gaps.empty());
    Collect const vast = extract(blank_of(12'000, 8'000));
    ASSERT_EQ(vast.gaps.size(), 1u);
    EXPECT_EQ(vast.gaps[0].cause, Cause::too_big);
}

TEST(PictureText, CutShortIsAGap) {
    Pixels picture = blank(400, 200);
    write_on(picture, "REPORT", 60, 80, {});
    for (MadeFile const& file : in_every_format(picture)) {
        for (std::size_t part = 1; part < 16; ++part) {
            EXPECT_FALSE(extract(file.bytes.substr(0, file.bytes.size() * part / 16)).gaps.empty())
                << file.media << ' ' << part;
        }
    }
}

TEST(Passage, ChineseMarkingsGetTheirStarBack) {
    auto const read = [](std::vector<std::string> const& texts) {
        ReadLine line;
        float at = 0;
        for (std::string const& text : texts) {
            line.words.push_back({text, at, at + 40, 95});
            at += 44;
        }
        EXPECT_TRUE(is_writing(line));
        return std::string(compose({line}, 48, 1, 1).content.view());
    };
    EXPECT_EQ(read({"机密", "女", "长期"}), "机密★长期");
    EXPECT_EQ(read({"绝", "密云", "10", "年"}), "绝密★ 10 年");
    EXPECT_EQ(read({"秘密妇"}), "秘密★");
    EXPECT_EQ(read({"机密文件"}), "机密文件");
    EXPECT_EQ(read({"是秘密女"}), "是秘密女");
}

TEST(Passage, WhatReadsBadlyIsNoWriting) {
    ReadLine bad{{}, {{"ex", 0, 20, 40}, {"ot@", 22, 50, 30}}};
    EXPECT_FALSE(is_writing(bad));
    ReadLine signs{{}, {{"«>@", 0, 20, 90}, {"=—", 22, 50, 92}}};
    EXPECT_FALSE(is_writing(signs));
    ReadLine short_one{{}, {{"ee", 0, 20, 70}}};
    EXPECT_FALSE(is_writing(short_one));
}

}  // namespace
}  // namespace keepmum::ocr
