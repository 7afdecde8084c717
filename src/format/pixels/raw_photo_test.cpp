// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/raw_photo.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "format/photo/byte_map.h"
#include "format/photo/tiff.h"
#include "format/pixels/decode.h"

namespace keepmum {
namespace {

void put(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

struct Row {
    std::uint16_t tag, type;
    std::uint32_t count;
    std::string value;
};

std::string numbers(std::initializer_list<std::uint64_t> values, std::size_t size) {
    std::string out;
    for (std::uint64_t value : values) put(out, value, size);
    return out;
}

// A DNG (Adobe, 1.4) of plain 16-bit values behind a filter of red, green, green, blue: the left half lit, the right dark.
std::string make_dng(std::uint32_t width, std::uint32_t height, std::uint16_t orientation = 1) {
    std::string light;
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) put(light, x < width / 2 ? 12000 : 200, 2);
    }
    std::string matrix;
    for (int value : {1, 0, 0, 0, 1, 0, 0, 0, 1}) matrix += numbers({static_cast<std::uint32_t>(value), 1}, 4);
    std::vector<Row> rows = {{0xFE, 4, 1, numbers({0}, 4)}, {0x100, 4, 1, numbers({width}, 4)}, {0x101, 4, 1, numbers({height}, 4)},
        {0x102, 3, 1, numbers({16}, 2)}, {0x103, 3, 1, numbers({1}, 2)}, {0x106, 3, 1, numbers({32803}, 2)}, {0x10F, 2, 8, std::string("Kestrel\0", 8)},
        {0x110, 2, 8, std::string("Kestrel\0", 8)}, {0x111, 4, 1, ""}, {0x112, 3, 1, numbers({orientation}, 2)}, {0x115, 3, 1, numbers({1}, 2)},
        {0x116, 4, 1, numbers({height}, 4)}, {0x117, 4, 1, numbers({light.size()}, 4)}, {0x828D, 3, 2, numbers({2, 2}, 2)},
        {0x828E, 1, 4, numbers({0, 1, 1, 2}, 1)}, {0xC612, 1, 4, numbers({1, 4, 0, 0}, 1)}, {0xC614, 2, 8, std::string("Kestrel\0", 8)},
        {0xC61D, 4, 1, numbers({16000}, 4)}, {0xC621, 10, 9, matrix}, {0xC628, 5, 3, numbers({1, 1, 1, 1, 1, 1}, 4)}};
    std::size_t const data = 8 + 2 + rows.size() * 12 + 4;
    std::string head = "II*" + std::string(1, '\0') + numbers({8}, 4) + numbers({rows.size()}, 2), values;
    std::size_t later = data;
    for (Row const& row : rows) later += row.value.size() > 4 ? row.value.size() : 0;
    for (Row& row : rows) {
        if (row.tag == 0x111) row.value = numbers({later}, 4);
        head += numbers({row.tag, row.type}, 2) + numbers({row.count}, 4);
        if (row.value.size() <= 4) {
            head += row.value + std::string(4 - row.value.size(), '\0');
        } else {
            head += numbers({data + values.size()}, 4);
            values += row.value;
        }
    }
    return head + numbers({0}, 4) + values + light;
}

TEST(RawPhoto, IsDevelopedToItsLastRow) {
    std::string const dng = make_dng(320, 240);
    EXPECT_TRUE(is_raw_photo(dng));
    Developed developed;
    std::optional<Trouble> const trouble = develop(dng, Development::careful, developed);
    ASSERT_FALSE(trouble) << trouble->detail;
    EXPECT_EQ(developed.raster.width, 320u);
    EXPECT_EQ(developed.raster.height, 240u);
    EXPECT_GT(developed.raster.row(120)[3 * 40 + 1], 100 + developed.raster.row(120)[3 * 280 + 1]);
    EXPECT_FALSE(developed.half);
    Walk const walk = walk_picture(dng, 1u << 20);
    EXPECT_EQ(walk.media, "image/x-adobe-dng");
    EXPECT_EQ(walk.size_of(Owner::picture), 320u * 240 * 2);
    EXPECT_EQ(walk.size_of(Owner::unknown), 0u);
}

TEST(RawPhoto, IsTurnedForACopyAlone) {
    std::string const dng = make_dng(320, 240, 6);
    Developed upright, stored;
    ASSERT_FALSE(develop(dng, Development::careful, upright));
    ASSERT_FALSE(develop(dng, Development::quick, stored));
    EXPECT_EQ(upright.raster.width, 240u);
    EXPECT_EQ(stored.raster.width, 320u);
}

TEST(RawPhoto, LargeOnesAreLookedAtAtHalfTheirSize) {
    std::string const dng = make_dng(4000, 2400);
    Developed quick;
    ASSERT_FALSE(develop(dng, Development::quick, quick));
    EXPECT_TRUE(quick.half);
    EXPECT_EQ(quick.raster.width, 2000u);
    EXPECT_EQ(quick.full_width, 4000u);
}

// LibRaw alone says nothing of a file that ends too early.
TEST(RawPhoto, CutShortIsTrouble) {
    std::string const dng = make_dng(640, 480);
    for (std::size_t part = 0; part < 16; ++part) {
        Developed developed;
        EXPECT_TRUE(develop(std::string_view(dng).substr(0, dng.size() * part / 16), Development::quick, developed)) << part;
    }
}

TEST(RawPhoto, DarknessWithoutNoiseIsTrouble) {
    std::string dng = make_dng(640, 480);
    std::fill(dng.end() - 640 * 2 * 40, dng.end(), '\0');
    Developed developed;
    EXPECT_TRUE(develop(dng, Development::quick, developed));
}

TEST(RawPhoto, OrdinaryFilesAreNone) {
    EXPECT_FALSE(is_raw_photo(""));
    EXPECT_FALSE(is_raw_photo(std::string("II*\0\x08\0\0\0\0\0\0\0\0\0", 14)));
    EXPECT_TRUE(is_raw_photo("FUJIFILMCCD-RAW 0201"));
    Developed developed;
    EXPECT_TRUE(develop("FUJIFILMCCD-RAW 0201", Development::quick, developed));
    EXPECT_TRUE(develop("", Development::quick, developed));
}

}  // namespace
}  // namespace keepmum
