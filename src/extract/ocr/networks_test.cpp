// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/networks.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>

#include "extract/collect.h"
#include "extract/ocr/boxes.h"
#include "extract/ocr/characters.h"
#include "extract/ocr/writing_test.h"
#include "io/file.h"
#include "io/models.h"

namespace keepmum::ocr {
namespace {

constexpr std::string_view ten = "a\nb\nc\nd\ne\nf\ng\n密\n级\n★";

// The likelihoods of a row of classes, `sure` each.
std::vector<float> places(std::vector<std::size_t> const& classes, std::size_t count, float sure = 0.9F) {
    std::vector<float> out(classes.size() * count, (1 - sure) / static_cast<float>(count - 1));
    for (std::size_t i = 0; i < classes.size(); ++i) out[i * count + classes[i]] = sure;
    return out;
}

TEST(Characters, RepeatedOnesAreOneUnlessParted) {
    Result<Characters> const characters = Characters::parse(ten);
    ASSERT_TRUE(characters);
    ASSERT_EQ(characters->of_class.size(), 12u);
    // "aab cc": a a . a b ' ' . c . c
    std::vector<Word> const words = decode_places(places({1, 1, 0, 1, 2, 11, 0, 3, 0, 3}, 12), *characters, 100, 48);
    ASSERT_EQ(words.size(), 2u);
    EXPECT_EQ(words[0].text, "aab");
    EXPECT_EQ(words[1].text, "cc");
    EXPECT_NEAR(words[0].confidence, 90, 0.01);
    EXPECT_NEAR(words[0].left, 0, 0.01);  // its middle lies at 10, and it reaches 17 to the left
    EXPECT_GT(words[0].right, 44);
    EXPECT_LE(words[0].right, words[1].left);
    EXPECT_NEAR(words[1].right, 100, 0.01);
}

TEST(Characters, ChineseOnesAreAWordEach) {
    Result<Characters> const characters = Characters::parse(ten);
    std::vector<Word> const words = decode_places(places({0, 8, 0, 9, 10, 1, 0}, 12), *characters, 336, 48);
    ASSERT_EQ(words.size(), 2u);
    EXPECT_EQ(words[0].text, "密");
    EXPECT_EQ(words[1].text, "级★a");
    EXPECT_NEAR(words[0].left, 72 - 26.4, 0.1);  // half of its height and a little more
    EXPECT_NEAR(words[0].right, 72 + 26.4, 0.1);
    EXPECT_TRUE(decode_places({}, *characters, 336, 48).empty());
    EXPECT_TRUE(decode_places(places({0, 0}, 12), *characters, 336, 48).empty());
}

TEST(Characters, AWideGapIsASpace) {
    Result<Characters> const characters = Characters::parse(ten);
    std::vector<float> const likelihood = places({1, 0, 2, 0, 3, 0, 4, 0, 5, 0}, 12);
    std::vector<bool> blank(200, false);
    for (std::size_t x = 100; x < 125; ++x) blank[x] = true;
    for (std::size_t x : {30u, 31u, 70u, 71u, 152u}) blank[x] = true;
    std::vector<Word> const words = decode_places(likelihood, *characters, 200, 48, blank);
    ASSERT_EQ(words.size(), 2u);
    EXPECT_EQ(words[0].text, "abc");
    EXPECT_EQ(words[1].text, "de");
    // In writing that is spaced throughout, each letter stands as far apart.
    for (std::size_t x = 0; x < 200; ++x) blank[x] = x % 40 >= 15;
    EXPECT_EQ(decode_places(likelihood, *characters, 200, 48, blank).size(), 1u);
}

TEST(Characters, ADamagedListIsRefused) {
    EXPECT_TRUE(Characters::parse(std::string(ten) + "\r\n"));
    EXPECT_FALSE(Characters::parse(""));
    EXPECT_FALSE(Characters::parse("a\nb"));
    EXPECT_FALSE(Characters::parse(std::string(ten) + "\n\nx"));
    EXPECT_FALSE(Characters::parse(std::string(ten) + "\n\xFF"));
    EXPECT_FALSE(Characters::parse(std::string(ten) + "\nfar too long for one character"));
}

// A map with a bar of likelihood in it.
struct Map {
    std::vector<float> values = std::vector<float>(std::size_t{400} * 300, 0.02F);

    void draw(float x, float y, float angle, float length, float height, float likely = 0.9F) {
        for (int row = 0; row < 300; ++row) {
            for (int column = 0; column < 400; ++column) {
                float const dx = static_cast<float>(column) + 0.5F - x, dy = static_cast<float>(row) + 0.5F - y;
                float const u = dx * std::cos(angle) + dy * std::sin(angle),
                            v = dy * std::cos(angle) - dx * std::sin(angle);
                if (std::abs(u) < length / 2 && std::abs(v) < height / 2)
                    values[static_cast<std::size_t>(row * 400 + column)] = likely;
            }
        }
    }
    std::vector<Line> boxes() const { return find_boxes({values, 400, 300, 2, 2}, 10).lines; }
};

TEST(Boxes, LieAsTheLinesLie) {
    for (float angle : {0.0F, 0.3F, -0.2F, 0.7F, 1.5707963F, 1.2F, -1.3F}) {
        Map map;
        map.draw(200, 150, angle, 120, 14);
        std::vector<Line> const lines = map.boxes();
        ASSERT_EQ(lines.size(), 1u) << angle;
        Line const& line = lines[0];
        float const slant = std::abs(line.along * std::sin(angle) - line.down * std::cos(angle));
        EXPECT_LT(slant, 0.05) << angle;
        EXPECT_TRUE(std::abs(line.down) > std::abs(line.along) ? line.down > 0 : line.along > 0);
        // Grown by 120 · 14 · 1.6 / 268 on each side, and twice as large.
        EXPECT_NEAR(line.length, 2 * (121 + 20), 12) << angle;
        EXPECT_NEAR(line.height, 2 * (15 + 20), 12) << angle;
        EXPECT_NEAR(line.x + line.along * line.length / 2, 401, 4);
        EXPECT_NEAR(line.y + line.down * line.length / 2, 301, 4);
        Line const back = reversed(line);
        EXPECT_NEAR(reversed(back).x, line.x, 0.01);
        EXPECT_NEAR(back.along, -line.along, 0.01);
    }
}

TEST(Boxes, SpecksAndUnlikelyPlacesAreNone) {
    Map map;
    map.draw(100, 80, 0, 120, 14, 0.35F);
    map.draw(300, 80, 0, 2, 1);
    EXPECT_TRUE(map.boxes().empty());
    map.draw(200, 200, 0, 90, 12);
    map.draw(60, 250, 0, 60, 12);
    ASSERT_EQ(map.boxes().size(), 2u);
    EXPECT_GT(map.boxes()[0].length, map.boxes()[1].length);
    FoundLines const one = find_boxes({map.values, 400, 300, 2, 2}, 1);
    EXPECT_EQ(one.lines.size(), 1u);
    EXPECT_TRUE(one.more);
    EXPECT_FALSE(find_boxes({map.values, 400, 300, 2, 2}, 10).more);
    EXPECT_TRUE(find_boxes({{}, 400, 300, 1, 1}, 10).lines.empty());
    EXPECT_TRUE(find_boxes({{}, 0, 0, 1, 1}, 10).lines.empty());
}

TEST(Boxes, PiecesOfOneLineAreJoined) {
    auto const at = [](float x, float y, float length, float height) {
        return Line{x, y, 1, 0, length, height, 0, 0, 1, 0};
    };
    std::vector<Line> const joined = join_pieces({at(300, 101, 80, 22), at(100, 100, 190, 20), at(388, 99, 50, 20)});
    ASSERT_EQ(joined.size(), 1u);
    EXPECT_NEAR(joined[0].x, 100, 0.1);
    EXPECT_NEAR(joined[0].length, 338, 0.5);
    EXPECT_NEAR(joined[0].height, 22, 0.1);
    // Far apart, one below the other, of other heights, or across: each by itself.
    EXPECT_EQ(join_pieces({at(100, 100, 100, 20), at(240, 100, 100, 20), at(240, 125, 100, 20), at(344, 100, 100, 60)})
                  .size(),
              4u);
    EXPECT_EQ(join_pieces({at(100, 100, 100, 20), {205, 100, 0, 1, 100, 20, 0, 0, 1, 0}}).size(), 2u);
    EXPECT_EQ(join_pieces({at(100, 100, 100, 20), at(100, 100, 100, 20)}).size(), 2u);
}

TEST(Boxes, APageOnItsSideIsReadFromItsTop) {
    // Turned by a quarter to the right: lines run downwards, the first stands on the right.
    std::vector<Line> lines;
    for (float x : {100.0F, 300.0F, 200.0F}) lines.push_back({x, 10, 0, 1, 250, 20, 0, 0, 1, 0});
    std::vector<Line> const ordered = reading_order_any_way(lines);
    ASSERT_EQ(ordered.size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(ordered[i].x, 300.0F - 100.0F * static_cast<float>(i), 0.01F);
        EXPECT_NEAR(ordered[i].y, 10, 0.01);
        EXPECT_NEAR(ordered[i].down, 1, 0.001);
    }
}

TEST(Networks, DamagedFilesAreRefusedByName) {
    char name[] = "/tmp/keepmum-networks-XXXXXX";
    std::string const folder = mkdtemp(name);
    EXPECT_EQ(Networks::load("").error().fault, Fault::not_found);
    EXPECT_EQ(Networks::load(folder).error().fault, Fault::not_found);
    std::string const path = folder + "/writing-find.onnx";
    ASSERT_TRUE(write_file(path, "no network"));
    Result<std::unique_ptr<Networks>> const loaded = Networks::load(folder);
    EXPECT_EQ(loaded.error().fault, Fault::invalid);
    EXPECT_EQ(loaded.error().where, path);
    unlink(path.c_str());
    rmdir(folder.c_str());
}

// The real networks, where they were fetched; KEEPMUM_MODELS names their folder.
std::unique_ptr<Networks> real_networks() {
    char const* const home = std::getenv("HOME");
    std::string folders = worker_model_folders();
    if (folders.empty() && home) folders = std::string(home) + "/.local/share/keepmum/models";
    Result<std::unique_ptr<Networks>> loaded = Networks::load(folders);
    return loaded ? std::move(*loaded) : nullptr;
}

Grey grey_of(Pixels const& pixels) {
    Grey out{pixels.width, pixels.height, {}};
    for (std::size_t i = 0; i < pixels.rgb.size(); i += 3) out.values.push_back(pixels.rgb[i]);
    return out;
}

std::string read_all(Networks const& networks, Grey const& picture) {
    std::string text;
    Collect outlet;
    Result<FoundLines> const found = networks.find(picture, 100, outlet);
    EXPECT_TRUE(found && found->whole);
    for (Line const& line : found->lines) {
        Result<std::vector<Word>> const words = networks.read(cut_raw(picture, line, Networks::strip_height));
        EXPECT_TRUE(words);
        text += text.empty() ? "" : "|";
        for (Word const& word : *words) text += word.text;
    }
    return text;
}

TEST(Networks, ReadWhatIsWritten) {
    std::unique_ptr<Networks> const networks = real_networks();
    if (!networks) GTEST_SKIP() << "no networks: tools/fetch_models writing brings them";
    for (Look const look :
         {Look{20, 245, 5, 0}, Look{250, 60, 4, 0}, Look{90, 150, 5, 0.2F}, Look{20, 245, 4, -0.3F}}) {
        Pixels picture = blank(1000, 600, look.paper);
        write_on(picture, "RESTRICTED", 120, 260, look);
        Grey const grey = grey_of(picture);
        EXPECT_EQ(read_all(*networks, grey), "RESTRICTED") << look.slope << ' ' << int(look.ink);
        EXPECT_EQ(read_all(*networks, turn(grey, 3)), "RESTRICTED") << look.slope;
    }
    EXPECT_EQ(read_all(*networks, grey_of(draw_texture(1, 800, 600))), "");
    EXPECT_EQ(read_all(*networks, grey_of(blank(40, 40))), "");
    EXPECT_EQ(read_all(*networks, grey_of(blank(3000, 41))), "");
}

// A screen that was scrolled for a long time: small writing in it is seen, and what lies where two pieces overlap is told once.
TEST(Networks, ReadLongPicturesInPieces) {
    std::unique_ptr<Networks> const networks = real_networks();
    if (!networks) GTEST_SKIP() << "no networks: tools/fetch_models writing brings them";
    Grey screen{210, 4000, std::vector<std::uint8_t>(210 * 4000, 245)};
    std::string wanted;
    for (std::uint32_t y = 90; y + 60 < screen.height; y += 430) {
        Pixels line = blank(210, 60);
        write_on(line, "RESTRICTED", 15, 15, {20, 245, 3, 0});
        Grey const grey = grey_of(line);
        std::copy(grey.values.begin(), grey.values.end(), screen.row(y));
        wanted += wanted.empty() ? "RESTRICTED" : "|RESTRICTED";
    }
    EXPECT_EQ(read_all(*networks, screen), wanted);
}

TEST(Networks, SayWhereThereAreMoreLines) {
    std::unique_ptr<Networks> const networks = real_networks();
    if (!networks) GTEST_SKIP() << "no networks: tools/fetch_models writing brings them";
    Pixels page = blank(900, 700);
    for (float y : {100.0F, 300.0F, 500.0F}) write_on(page, "RESTRICTED", 80, y, {});
    Collect outlet;
    EXPECT_TRUE(networks->find(grey_of(page), 2, outlet)->more);
    EXPECT_FALSE(networks->find(grey_of(page), 3, outlet)->more);
}

TEST(Networks, ReadAPageOnItsSide) {
    std::unique_ptr<Networks> const networks = real_networks();
    if (!networks) GTEST_SKIP() << "no networks: tools/fetch_models writing brings them";
    Pixels page = blank(900, 700);
    write_on(page, "RESTRICTED", 80, 100, {});
    write_on(page, "SECRET", 80, 300, {});
    write_on(page, "REPORT", 80, 500, {});
    for (std::uint32_t way : {1u, 3u, 6u, 8u})
        EXPECT_EQ(read_all(*networks, turn(grey_of(page), way)), "RESTRICTED|SECRET|REPORT") << way;
}

}  // namespace
}  // namespace keepmum::ocr
