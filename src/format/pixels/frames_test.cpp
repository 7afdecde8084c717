// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/frames.h"

#include <gtest/gtest.h>

#include "format/pixels/album/write_album.h"
#include "format/pixels/decode.h"
#include "format/pixels/heif/made_stills_test.h"
#include "format/pixels/made_pictures_test.h"

namespace keepmum {
namespace {

// The light of the first pixel of each picture, and its page.
struct FirstPixels final : Canvas {
    std::vector<std::pair<std::uint32_t, int>> pages;
    bool fresh = false;
    void begin(std::uint32_t, std::uint32_t, std::uint32_t page) override {
        pages.emplace_back(page, -1);
        fresh = true;
    }
    void row(std::span<std::uint8_t const> rgb) override {
        if (fresh) pages.back().second = rgb[0];
        fresh = false;
    }
    void end() override {}
};

Album animation_of(std::vector<std::uint8_t> const& lights, std::string_view media) {
    Album album;
    album.media = media;
    album.kind = Album::Kind::animation;
    album.width = 20;
    album.height = 10;
    for (std::uint8_t light : lights) {
        Frame frame;
        frame.raster = {20, 10, 4, 1, std::vector<std::uint8_t>(20 * 10 * 4, light)};
        for (std::size_t i = 3; i < frame.raster.samples.size(); i += 4) frame.raster.samples[i] = 255;
        frame.delay = 100;
        frame.delay_unit = media == "image/gif" ? 100 : 1000;
        album.frames.push_back(std::move(frame));
    }
    return album;
}

struct Format {
    std::string_view media;
    std::string (*write)(Album const&);
};
constexpr Format formats[] = {{"image/gif", write_gif}, {"image/png", write_png}, {"image/webp", write_webp}};

TEST(Frames, OfAnAnimationThatShowSomethingElseAreDecoded) {
    for (Format const& format : formats) {
        FirstPixels canvas;
        std::string const bytes = format.write(animation_of({200, 200, 100, 200, 200}, format.media));
        EXPECT_FALSE(picture_format(bytes).decode(bytes, canvas)) << format.media;
        std::vector<std::pair<std::uint32_t, int>> const wanted = {{1, 200}, {2, 100}, {3, 200}};
        EXPECT_EQ(canvas.pages, wanted) << format.media;
        FirstPixels still;
        std::string const one = format.write(animation_of({50}, format.media));
        EXPECT_FALSE(picture_format(one).decode(one, still)) << format.media;
        EXPECT_EQ(still.pages.size(), 1u) << format.media;
    }
}

// The second frame's first byte: nothing but its own descriptor begins with its place and size.
std::size_t second_frame(std::string const& gif) {
    using namespace std::string_view_literals;
    std::string_view const descriptor = "\x2C\0\0\0\0\x14\0\x0A\0"sv;
    return gif.find(descriptor, gif.find(descriptor) + 1);
}

TEST(Frames, OfAGifBehindAZeroByteAreDecoded) {
    std::string gif = write_gif(animation_of({200, 100}, "image/gif"));
    ASSERT_NE(second_frame(gif), std::string::npos);
    gif.insert(second_frame(gif), 2, '\0');
    FirstPixels canvas;
    EXPECT_FALSE(decode_gif(gif, canvas));
    std::vector<std::pair<std::uint32_t, int>> const wanted = {{1, 200}, {2, 100}};
    EXPECT_EQ(canvas.pages, wanted);
    gif.insert(gif.size() - 1, 1, '\0');  // before the end mark, as some writers have it
    EXPECT_FALSE(decode_gif(gif, canvas));
}

TEST(Frames, OfAGifBeyondItsScreenAreDecoded) {
    std::string gif = write_gif(animation_of({200, 100}, "image/gif"));
    ASSERT_NE(second_frame(gif), std::string::npos);
    gif[second_frame(gif) + 1] = 30;  // pixels from the left, of 20
    FirstPixels canvas;
    EXPECT_FALSE(decode_gif(gif, canvas));
    EXPECT_EQ(canvas.pages.size(), 2u);
}

TEST(Frames, OfAGifThatAreCutAreTrouble) {
    std::string const gif = write_gif(animation_of({200, 100}, "image/gif"));
    std::size_t const second = second_frame(gif);
    ASSERT_NE(second, std::string::npos);
    for (std::size_t size = second; size + 2 < gif.size(); ++size) {
        FirstPixels canvas;
        EXPECT_TRUE(decode_gif(gif.substr(0, size), canvas)) << size;
        ASSERT_EQ(canvas.pages.size(), 1u);
        EXPECT_EQ(canvas.pages[0].second, 200);
    }
    FirstPixels canvas;
    std::string other = gif;
    other[second] = 'x';
    EXPECT_TRUE(decode_gif(other, canvas));
}

// White on nothing was made for a dark page, black on nothing for a light one.
TEST(Paper, ShowsWhatLiesOnIt) {
    for (std::uint8_t const light : {std::uint8_t{255}, std::uint8_t{0}}) {
        for (Format const& format : {Format{"image/gif", write_gif}, formats[1], formats[2], Format{"image/tiff", write_tiff}}) {
            Album album = animation_of({light}, format.media);
            album.kind = Album::Kind::still;
            for (std::size_t i = 3; i < 4 * 150; i += 4) album.frames[0].raster.samples[i] = 0;
            FirstPixels canvas;
            std::string const bytes = format.write(album);
            EXPECT_FALSE(picture_format(bytes).decode(bytes, canvas)) << format.media;
            ASSERT_EQ(canvas.pages.size(), 1u);
            EXPECT_EQ(canvas.pages[0].second, 255 - light) << format.media;
        }
    }
}

TEST(Paper, ShowsStillsOfPhonesThatLieOnIt) {
    for (Coding const coding : {Coding::hevc, Coding::av1}) {
        Pixels const white{96, 64, std::vector<std::uint8_t>(96 * 64 * 3, 255)};
        std::string const bytes = to_still(white, coding, Alpha::slope);
        FirstPixels canvas;
        EXPECT_FALSE(decode_heif(bytes, canvas));
        ASSERT_EQ(canvas.pages.size(), 1u);
        EXPECT_LT(canvas.pages[0].second, 20);
    }
}

// A height of thousands in the header of a few bytes: it is not made room for. What is merely cut short is shown as far as it goes.
TEST(Frames, OfAJpegThatHasHardlyAnyAreNotMadeUp) {
    std::string jpeg = to_progressive(to_jpeg(draw_scene(1, 64, 64)));
    FirstPixels cut;
    EXPECT_TRUE(decode_jpeg(jpeg.substr(0, jpeg.size() / 2), cut));
    EXPECT_EQ(cut.pages.size(), 1u);
    std::size_t const frame = jpeg.find("\xFF\xC2");
    ASSERT_NE(frame, std::string::npos);
    for (std::size_t at = 5; at < 9; ++at) jpeg[frame + at] = 0x0F;
    FirstPixels canvas;
    std::optional<Trouble> const trouble = decode_jpeg(jpeg, canvas);
    ASSERT_TRUE(trouble);
    EXPECT_EQ(trouble->cause, Cause::malformed);
    EXPECT_TRUE(canvas.pages.empty());
}

TEST(Frames, TooManyOrDamagedOnesAreTrouble) {
    std::vector<std::uint8_t> lights;
    for (std::uint8_t light = 10; light < 110; light += 5) lights.push_back(light);
    for (Format const& format : formats) {
        FirstPixels canvas;
        std::string const bytes = format.write(animation_of(lights, format.media));
        std::optional<Trouble> const trouble = picture_format(bytes).decode(bytes, canvas);
        ASSERT_TRUE(trouble) << format.media;
        EXPECT_EQ(trouble->cause, Cause::unsupported);
        EXPECT_EQ(canvas.pages.size(), 1u);
        std::string const half = bytes.substr(0, bytes.size() / 2);
        FirstPixels other;
        EXPECT_TRUE(picture_format(half).decode(half, other)) << format.media;
    }
}

}  // namespace
}  // namespace keepmum
