// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/heif/still.h"

#include <gtest/gtest.h>

#include "format/pixels/album/reshape.h"
#include "format/pixels/decode.h"
#include "format/pixels/heif/made_stills_test.h"
#include "format/pixels/heif/planes.h"

namespace keepmum {
namespace {

constexpr Coding codings[] = {Coding::hevc, Coding::av1};

Pixels coloured(std::uint32_t seed, std::uint32_t width, std::uint32_t height) {
    Pixels pixels = draw_scene(seed, width, height);
    for (std::size_t i = 0; i < pixels.rgb.size(); i += 3)
        pixels.rgb[i] = static_cast<std::uint8_t>(pixels.rgb[i] / 2 + i / 3 % width);
    return pixels;
}

Raster raster_of(Pixels const& pixels) { return {pixels.width, pixels.height, 3, 1, pixels.rgb}; }

Still read(std::string const& file) {
    Still still;
    std::optional<Trouble> const trouble = read_still(file, still);
    EXPECT_FALSE(trouble) << trouble->detail;
    return still;
}

std::string why_not(std::string const& file) {
    Still still;
    std::optional<Trouble> const trouble = read_still(file, still);
    return trouble ? trouble->detail : "";
}

TEST(Still, ShowsWhatWasCoded) {
    for (Coding const coding : codings) {
        for (auto const& [width, height] : {std::pair{96u, 64u}, {97u, 65u}, {64u, 200u}}) {
            Pixels const scene = coloured(1, width, height);
            std::string const file = to_still(scene, coding);
            ASSERT_FALSE(file.empty());
            Still const still = read(file);
            EXPECT_GT(likeness_db(still.raster, raster_of(scene)), 28) << width;
            EXPECT_TRUE(is_still(file));
        }
    }
}

TEST(Still, TakesTransparencyFromItsOwnPicture) {
    for (Coding const coding : codings) {
        Raster const raster = read(to_still(coloured(2, 96, 64), coding, Alpha::slope)).raster;
        ASSERT_EQ(raster.channels, 4u);
        for (std::size_t x = 0; x < 96; x += 19) EXPECT_NEAR(raster.row(30)[x * 4 + 3], x * 255 / 95, 6);
    }
}

TEST(Still, PutsTilesSideBySide) {
    for (Coding const coding : codings) {
        std::vector<MadeItem> items{made_grid(2, 2, 120, 100, {2, 3, 4, 5})};
        for (std::uint32_t seed = 1; seed <= 4; ++seed) items.push_back(made_item(coloured(seed, 64, 64), coding));
        Raster const whole = read(make_still(items)).raster;
        ASSERT_EQ(whole.width, 120u);
        ASSERT_EQ(whole.height, 100u);
        for (std::uint32_t i = 0; i < 4; ++i) {
            Raster const tile = read(make_still({items[i + 1]})).raster;
            Box const seen{0, 0, i % 2 == 0 ? 64u : 56u, i < 2 ? 64u : 36u};
            EXPECT_EQ(crop(whole, {i % 2 * 64, i / 2 * 64, seen.width, seen.height}), crop(tile, seen)) << i;
        }
    }
}

TEST(Still, AppliesPropertiesInTheirOrder) {
    MadeItem const plain = made_item(coloured(3, 96, 64), Coding::av1);
    Raster const stored = read(make_still({plain})).raster;
    auto const shown = [&](std::vector<std::string> const& properties) {
        MadeItem item = plain;
        item.properties.insert(item.properties.end(), properties.begin(), properties.end());
        return read(make_still({item})).raster;
    };
    EXPECT_EQ(shown({turn_property(1)}), turn(stored, 8));
    EXPECT_EQ(shown({turn_property(2)}), turn(stored, 3));
    EXPECT_EQ(shown({turn_property(3)}), turn(stored, 6));
    EXPECT_EQ(shown({mirror_property(0)}), turn(stored, 4));
    EXPECT_EQ(shown({mirror_property(1)}), turn(stored, 2));
    // The middle of 32 × 16 at the upper left lies 32 to the left and 24 above.
    EXPECT_EQ(shown({crop_property(32, 16, -64, -48)}), crop(stored, {0, 0, 32, 16}));
    EXPECT_EQ(shown({crop_property(32, 16, -64, -48), turn_property(1)}), turn(crop(stored, {0, 0, 32, 16}), 8));
    EXPECT_EQ(shown({turn_property(1), crop_property(16, 32, 0, 0)}), crop(turn(stored, 8), {24, 32, 16, 32}));
}

TEST(Still, RefusesWhatItCannotShowRightly) {
    MadeItem const plain = made_item(coloured(3, 96, 64), Coding::hevc);
    auto const with = [&](std::string const& property) {
        MadeItem item = plain;
        item.properties.push_back(property);
        return why_not(make_still({item}));
    };
    EXPECT_TRUE(with(crop_property(97, 16, 0, 0)).starts_with("damaged"));
    EXPECT_TRUE(with(crop_property(32, 16, 65, 0)).starts_with("damaged"));
    EXPECT_TRUE(with(std::string("\0\0\0\x0Czzzz....", 12)).starts_with("a rare kind"));
    EXPECT_TRUE(why_not(make_still({made_grid(2, 2, 120, 100, {2, 2, 2}), plain})).starts_with("damaged"));
    EXPECT_TRUE(why_not(make_still({made_grid(2, 2, 300, 100, {2, 2, 2, 2}), plain})).starts_with("damaged"));
    EXPECT_TRUE(why_not(make_still({made_grid(1, 1, 65535, 65535, {2}), plain})).starts_with("more pixels"));
    EXPECT_TRUE(why_not(make_still({made_grid(1, 1, 64, 64, {1})})).starts_with("pictures put together"));
    EXPECT_TRUE(why_not(make_still({{"iovl", "", {}, {}}})).starts_with("a rare kind"));
    EXPECT_TRUE(why_not(make_still({{"hvc1", plain.data, {}, {}}})).starts_with("damaged"));
}

// Half a picture is never taken for a whole one.
TEST(Still, IsRefusedWhereItIsCutOrDamaged) {
    for (Coding const coding : codings) {
        MadeItem const item = made_item(coloured(4, 96, 64), coding);
        Raster const whole = read(make_still({item})).raster;
        for (std::size_t i = 0; i < 16; ++i) {
            MadeItem cut = item;
            cut.data.resize(item.data.size() * i / 16);
            Still still;
            std::optional<Trouble> const trouble = read_still(make_still({cut}), still);
            EXPECT_TRUE(trouble || still.raster == whole) << i;
        }
        std::string const file = make_still({item});
        for (std::size_t at = 0; at < file.size(); ++at) {
            Still still;
            read_still(file.substr(0, at), still);
        }
    }
}

// A picture of one colour in 4:4:4, by its numbers.
std::uint32_t colour_of(CodePoints const& meaning, std::uint32_t bits, std::uint16_t light, std::uint16_t blue,
                        std::uint16_t red) {
    std::uint16_t const samples[3] = {light, blue, red};
    std::uint8_t const bytes[3] = {static_cast<std::uint8_t>(light), static_cast<std::uint8_t>(blue),
                                   static_cast<std::uint8_t>(red)};
    Planes planes{1, 1, bits, Planes::Chroma::full, {}, {2, 2, 2}, {}};
    for (int i = 0; i < 3; ++i)
        planes.data[i] = bits == 8 ? &bytes[i] : reinterpret_cast<std::uint8_t const*>(&samples[i]);
    Raster raster;
    if (to_rgb(planes, meaning, raster) || raster.samples.size() != 3) return 1;
    return std::uint32_t{raster.samples[0]} << 16 | std::uint32_t{raster.samples[1]} << 8 | raster.samples[2];
}

TEST(Planes, MeanWhatTheStandardSays) {
    EXPECT_EQ(colour_of({1, 13, 6, true}, 8, 76, 85, 255), 0xFE0000u);
    EXPECT_EQ(colour_of({1, 13, 6, false}, 8, 235, 128, 128), 0xFFFFFFu);
    EXPECT_EQ(colour_of({1, 13, 6, false}, 8, 16, 128, 128), 0u);
    EXPECT_EQ(colour_of({1, 13, 1, false}, 8, 63, 102, 240) >> 16, 0xFFu);
    EXPECT_EQ(colour_of({1, 13, 0, true}, 8, 10, 20, 30), 0x1E0A14u);     // green, blue, red
    EXPECT_EQ(colour_of({1, 13, 8, true}, 8, 100, 138, 128), 0x5A6E5Au);  // green above the rest by 20
    EXPECT_EQ(colour_of({1, 13, 6, true}, 10, 1023, 512, 512), 0xFFFFFFu);
    EXPECT_EQ(colour_of({1, 13, 6, true}, 10, 512, 512, 512), 0x808080u);
    EXPECT_EQ(colour_of({1, 13, 12, true}, 8, 255, 128, 128), 0xFFFFFFu);
    EXPECT_EQ(colour_of({1, 13, 11, true}, 8, 255, 128, 128), 1u);  // a mixture that is not known
}

TEST(Planes, BrightLightComesIntoRange) {
    // 0.18 of paper white, 36.5 cd/m², is PQ's 0.4115; sRGB's 0.4614.
    std::uint32_t const grey = colour_of({1, 16, 0, true}, 10, 421, 421, 421);
    EXPECT_NEAR(static_cast<int>(grey & 0xFF), 118, 2);
    std::uint32_t const white = colour_of({1, 16, 0, true}, 10, 594, 594, 594) & 0xFF,
                        sun = colour_of({1, 16, 0, true}, 10, 1023, 1023, 1023) & 0xFF;
    EXPECT_GT(white, 220u);
    EXPECT_GT(sun, white);
    EXPECT_EQ(sun, 255u);
    EXPECT_GT(colour_of({9, 18, 0, true}, 10, 512, 512, 512) & 0xFF, 90u);
}

TEST(Planes, WideColoursBecomeThoseOfScreens) {
    std::string why;
    Raster const red = to_srgb({1, 1, 3, 1, {234, 51, 35}}, colours_of({12, 13, 6, true}), why);
    EXPECT_NEAR(red.samples[0], 255, 1);
    EXPECT_LT(red.samples[1], 12);
    Raster const same = to_srgb({1, 1, 3, 1, {234, 51, 35}}, colours_of({1, 13, 6, true}), why);
    EXPECT_EQ(same.samples, (std::vector<std::uint8_t>{234, 51, 35}));
}

}  // namespace
}  // namespace keepmum
