// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/image/picture.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "extract/collect.h"
#include "format/pixels/decode.h"
#include "format/pixels/made_pictures_test.h"
#include "index/likeness/picture_hash.h"

namespace keepmum {
namespace {

class Kept final : public Canvas {
  public:
    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t) override { pages.push_back({width, height, {}}); }
    void row(std::span<std::uint8_t const> rgb) override { pages.back().rgb.insert(pages.back().rgb.end(), rgb.begin(), rgb.end()); }
    void end() override { ++ended; }
    std::vector<Pixels> pages;
    std::size_t ended = 0;
};

struct Extracted {
    std::vector<PictureSignature> signatures;
    std::vector<Gap> gaps;
    std::vector<Place> places;
    std::uint64_t read = 0;
};

Extracted extract(std::string bytes) {
    Collect outlet;
    Result<Done> const done = picture_extractor()->extract(input_of(std::move(bytes)), outlet);
    Extracted out;
    EXPECT_TRUE(done);
    if (done) out.read = done->read;
    for (Evidence const& evidence : outlet.all) {
        EXPECT_EQ(evidence.kind, Kind::image);
        EXPECT_EQ(evidence.media, signature_media);
        std::optional<PictureSignature> const signature = read_signature(evidence.content.view());
        EXPECT_TRUE(signature);
        if (signature) out.signatures.push_back(*signature);
        out.places.push_back(evidence.place);
    }
    out.gaps = std::move(outlet.gaps);
    return out;
}

PictureHash hash_of(Extracted const& extracted) {
    EXPECT_EQ(extracted.signatures.size(), 1u);
    if (extracted.signatures.empty() || extracted.signatures[0].shown.empty()) return {};
    return extracted.signatures[0].shown[0][0];
}

TEST(Picture, LooksTheSameInEveryFormat) {
    Pixels const scene = draw_scene(1, 300, 220);
    PictureHash const png = hash_of(extract(to_png(scene)));
    for (MadeFile const& file : in_every_format(scene)) {
        Extracted const extracted = extract(file.bytes);
        EXPECT_TRUE(extracted.gaps.empty()) << file.media;
        EXPECT_EQ(extracted.read, file.bytes.size()) << file.media;
        EXPECT_LE(distance(hash_of(extracted), png), 10) << file.media;
        EXPECT_GT(distance(hash_of(extract(to_png(draw_scene(2, 300, 220)))), png), 60);
    }
}

TEST(Picture, OnlyWhatIsKeptHasCuts) {
    std::string const png = to_png(draw_scene(4, 300, 220));
    Collect outlet;
    ASSERT_TRUE(kept_picture_extractor()->extract(input_of(std::string(png)), outlet));
    std::optional<PictureSignature> const kept = read_signature(outlet.all.at(0).content.view());
    ASSERT_TRUE(kept);
    EXPECT_GT(kept->cuts.size(), 20u);
    Extracted const asked = extract(png);
    EXPECT_TRUE(asked.signatures.at(0).cuts.empty());
    EXPECT_EQ(asked.signatures.at(0).shown, kept->shown);
}

TEST(Picture, ALargeOneLooksLikeASmallOne) {
    PictureHash const small = hash_of(extract(to_png(draw_scene(3, 400, 300))));
    for (MadeFile const& file : in_every_format(draw_scene(3, 2400, 1800))) {
        Extracted const extracted = extract(file.bytes);
        EXPECT_LE(distance(hash_of(extracted), small), 20) << file.media;
        EXPECT_TRUE(extracted.gaps.empty()) << file.media;
    }
}

TEST(Picture, CutShortIsAGapNeverSilence) {
    Pixels const scene = draw_scene(4, 200, 160);
    for (MadeFile const& file : in_every_format(scene)) {
        for (std::size_t part = 0; part < 16; ++part) {
            std::string const cut = file.bytes.substr(0, file.bytes.size() * part / 16);
            Extracted const extracted = extract(cut);
            ASSERT_EQ(extracted.gaps.size(), 1u) << file.media << ' ' << part;
            EXPECT_EQ(extracted.gaps[0].bytes, cut.size());
            EXPECT_EQ(extracted.read, 0u);
        }
    }
}

TEST(Picture, FlippedBytesNeitherCrashNorHang) {
    Pixels const scene = draw_scene(5, 64, 48);
    for (MadeFile const& file : in_every_format(scene)) {
        for (std::size_t at = 0; at < file.bytes.size(); at += 1 + file.bytes.size() / 60) {
            std::string damaged = file.bytes;
            damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
            Extracted const extracted = extract(damaged);
            EXPECT_TRUE(!extracted.gaps.empty() || !extracted.signatures.empty()) << file.media << ' ' << at;
        }
    }
}

TEST(Picture, LyingAboutItsSizeIsNotDecoded) {
    Pixels const scene = draw_scene(6, 64, 48);
    std::string bmp = to_bmp(scene);
    bmp[19] = 0x7F;  // width: 32,000 columns, for which there are no bytes
    EXPECT_EQ(extract(bmp).gaps.at(0).cause, Cause::malformed);
    bmp[24] = 0x7F;  // and 8 million rows
    EXPECT_EQ(extract(bmp).gaps.at(0).cause, Cause::too_big);
    std::string gif = to_gif(scene);
    std::size_t const frame = gif.find(std::string("\x2C\0\0\0\0", 5));
    ASSERT_NE(frame, std::string::npos);
    gif.replace(frame + 5, 4, "\xFF\xFF\xFF\xFF");
    EXPECT_EQ(extract(gif).gaps.at(0).cause, Cause::too_big);
    std::string tiff = to_tiff({scene});
    std::size_t const width = tiff.find(std::string("\0\1\4\0\1\0\0\0", 8));
    ASSERT_NE(width, std::string::npos);
    tiff.replace(width + 8, 4, "\xFF\xFF\xFF\x7F");
    EXPECT_EQ(extract(tiff).gaps.at(0).cause, Cause::too_big);
}

TEST(Picture, EveryPageOfAScanIsOne) {
    Extracted const extracted = extract(to_tiff({draw_scene(7, 200, 280), draw_scene(8, 200, 280), draw_scene(9, 200, 280)}));
    ASSERT_EQ(extracted.signatures.size(), 3u);
    EXPECT_EQ(print(extracted.places[0]), "");
    EXPECT_EQ(print(extracted.places[2]), "!page:3");
    EXPECT_EQ(extracted.signatures[2].shown[0], extract(to_png(draw_scene(9, 200, 280))).signatures[0].shown[0]);
}

TEST(Picture, AnotherPictureOfAFileIsReadBehindABrokenPage) {
    std::string tiff = to_tiff({draw_scene(7, 200, 280), draw_scene(8, 200, 280)});
    std::size_t const width = tiff.find(std::string("\0\1\4\0\1\0\0\0", 8));
    tiff.replace(width + 8, 4, "\xFF\xFF\xFF\x7F");
    Extracted const extracted = extract(tiff);
    EXPECT_EQ(extracted.signatures.size(), 1u);
    EXPECT_EQ(extracted.gaps.size(), 1u);
}

TEST(Picture, PlainSurfacesHaveNothingToCompare) {
    Pixels const plain{300, 200, std::vector<std::uint8_t>(300 * 200 * 3, 200)};
    Extracted const extracted = extract(to_png(plain));
    ASSERT_EQ(extracted.signatures.size(), 1u);
    EXPECT_TRUE(extracted.signatures[0].shown.empty());
    EXPECT_TRUE(extracted.gaps.empty());
}

TEST(Picture, UnknownKindsAreUnsupported) {
    EXPECT_EQ(extract(std::string(100, 'x')).gaps.at(0).cause, Cause::unsupported);
}

TEST(Decode, BitmapsOfEveryDepth) {
    Pixels const scene = draw_scene(10, 37, 21);
    for (std::uint32_t bits : {1u, 4u, 8u, 16u, 24u, 32u}) {
        Kept kept;
        EXPECT_FALSE(decode_bmp(to_bmp(scene, bits), kept)) << bits;
        ASSERT_EQ(kept.pages.size(), 1u) << bits;
        ASSERT_EQ(kept.pages[0].rgb.size(), scene.rgb.size()) << bits;
        int worst = 0;
        for (std::size_t i = 0; i < scene.rgb.size(); ++i) worst = std::max(worst, std::abs(scene.rgb[i] - kept.pages[0].rgb[i]));
        int const coarse = bits == 1 ? 128 : bits == 4 ? 16 : bits == 16 ? 8 : 0;
        EXPECT_LE(worst, coarse) << bits;
    }
}

TEST(Decode, LosslessFormatsGiveThePixelsBack) {
    Pixels const scene = draw_scene(11, 53, 37);
    for (std::string const& file : {to_png(scene), to_gif(scene), to_gif(scene, Rows::interlaced), to_tiff({scene}), to_bmp(scene)}) {
        Kept kept;
        EXPECT_FALSE(picture_format(file).decode(file, kept));
        ASSERT_EQ(kept.pages.size(), 1u);
        EXPECT_EQ(kept.ended, 1u);
        EXPECT_EQ(kept.pages[0].rgb, scene.rgb) << picture_format(file).media;
    }
}

}  // namespace
}  // namespace keepmum
