// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "clean/account.h"
#include "clean/canary.h"
#include "clean/cleaner.h"
#include "clean/exif_block.h"
#include "clean/proof.h"
#include "core/photo.h"
#include "format/photo/byte_map.h"
#include "format/pixels/album/reshape.h"
#include "format/pixels/album/write_album.h"
#include "format/pixels/heif/made_stills_test.h"
#include "format/pixels/made_pictures_test.h"
#include "format/zip/inflate.h"

namespace keepmum {
namespace {

using namespace std::string_view_literals;

Cleaned clean(std::string_view bytes, Wishes const& wishes = {}) {
    std::variant<Cleaned, Trouble> done = clean_picture(bytes, wishes);
    if (Trouble const* const trouble = std::get_if<Trouble>(&done)) {
        ADD_FAILURE() << trouble->detail;
        return {};
    }
    return std::get<Cleaned>(std::move(done));
}

std::string sized(std::string_view text, int bytes) {
    std::string out;
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(text.size() >> shift));
    return out;
}

std::string in_jpeg(std::string const& file, std::string_view marker, std::string const& body) {
    std::string const padded = body + "  ";  // the length counts itself
    return file.substr(0, 2) + std::string(marker) + sized(padded, 2) + body + file.substr(2);
}

std::string chunk(std::string_view type, std::string const& data) {
    std::string const body = std::string(type) + data;
    std::uint32_t const check = crc32_of(body);
    std::string out = sized(data, 4) + body;
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(check >> shift));
    return out;
}

std::string in_png(std::string const& file, std::string const& part) { return file.substr(0, 33) + part + file.substr(33); }

// One picture in many loads of metadata.
std::vector<std::string> wrapped(MadeFile const& file) {
    std::string const secret = "Serial 4711-0815, 39.9042 N 116.4074 E";
    std::vector<std::string> out = {file.bytes};
    if (file.media == "image/jpeg") {
        out.push_back(in_jpeg(file.bytes, "\xFF\xFE", secret));
        out.push_back(in_jpeg(file.bytes, "\xFF\xE1", std::string("Exif\0\0",
            6) + write_exif({{"camera.model", "Maker X100"}, {"owner", "Somebody"}})));
        out.push_back(in_jpeg(file.bytes, "\xFF\xEB", secret));
        out.push_back(in_jpeg(in_jpeg(file.bytes, "\xFF\xE9", "Media Jukebox" + secret), "\xFF\xFE", "another"));
        out.push_back(file.bytes + secret);
        out.push_back(file.bytes + file.bytes);
    }
    if (file.media == "image/png") {
        out.push_back(in_png(file.bytes, chunk("tEXt", "Comment" + std::string(1, '\0') + secret)));
        out.push_back(in_png(file.bytes, chunk("prVt", secret)));
        out.push_back(in_png(file.bytes, chunk("tIME", std::string("\x07\xE8\5\3\x0E\x16\7", 7))));
        out.push_back(file.bytes + secret);
    }
    if (file.media == "image/gif" || file.media == "image/bmp" || file.media == "image/tiff") out.push_back(file.bytes + secret);
    return out;
}

TEST(Clean, OnePictureInAnyWrappingIsOneCopy) {
    for (MadeFile const& file : in_every_format(draw_scene(1, 61, 43))) {
        std::string const first = clean(file.bytes).bytes;
        for (std::string const& other : wrapped(file)) EXPECT_EQ(clean(other).bytes, first) << file.media;
        // A picture that differs in one pixel's worth gives another copy.
        EXPECT_NE(clean(in_every_format(draw_scene(2, 61, 43)).front().bytes).bytes, first);
    }
}

// The picture of a phone becomes a JPEG, transparent ones a PNG; what is written into the file beside it changes nothing.
TEST(Clean, StillsOfPhonesBecomeWhatEveryoneReads) {
    for (Coding const coding : {Coding::hevc, Coding::av1}) {
        MadeItem const item = made_item(draw_scene(6, 96, 64), coding);
        std::string const plain = make_still({item}), more = make_still({item, {"Exif", std::string("\0\0\0\0", 4) + write_exif({{"owner", "Somebody"}}), {}, {}},
            made_item(draw_scene(7, 32, 32), coding)});
        Cleaned const first = clean(plain), second = clean(more);
        EXPECT_EQ(first.media, "image/jpeg");
        EXPECT_EQ(first.bytes, second.bytes);
        EXPECT_TRUE(prove(first.bytes, harvest(walk_picture(more, 1u << 26), first.bytes, more), Kept::nothing).holds());
        EXPECT_EQ(clean(to_still(draw_scene(6, 96, 64), coding, Alpha::slope)).media, "image/png");
        // What is cropped away is gone; turned once, not twice.
        MadeItem shown = item;
        shown.properties.push_back(crop_property(32, 16, -64, -48));
        shown.properties.push_back(turn_property(1));
        Cleaned const cropped = clean(make_still({shown}));
        EXPECT_EQ(cropped.width, 16u);
        EXPECT_EQ(cropped.height, 32u);
    }
}

TEST(Clean, ACopyIsProvedAndCleanedAgainStaysTheSame) {
    for (MadeFile const& file : in_every_format(draw_scene(3, 75, 50))) {
        for (std::string const& other : wrapped(file)) {
            Cleaned const cleaned = clean(other);
            if (!file.media.starts_with("image/x-portable-")) {
                EXPECT_EQ(cleaned.media, file.media);
            }
            EXPECT_GE(cleaned.db, least_db);
            PictureProof const proof = prove(cleaned.bytes, harvest(walk_picture(other, 1u << 26), cleaned.bytes, other), Kept::nothing);
            EXPECT_TRUE(proof.holds()) << file.media << ' ' << proof.unexplained << ' ' << (proof.strange.empty() ? "" : proof.strange[0])
                                       << ' ' << proof.same_again << ' ' << (proof.canaries_found.empty() ? "" : proof.canaries_found[0]);
            EXPECT_EQ(clean(cleaned.bytes).bytes, cleaned.bytes) << file.media;
        }
    }
}

TEST(Clean, LosslessFormatsKeepEveryPixel) {
    Pixels const scene = draw_scene(4, 64, 33);
    for (std::string const& file : {to_png(scene), to_gif(scene), to_tiff({scene, draw_scene(5, 64, 33)}), to_bmp(scene)}) {
        Cleaned const cleaned = clean(file);
        EXPECT_EQ(cleaned.db, 99);
        std::variant<Album, Trouble> const before = read_album(file), after = read_album(cleaned.bytes);
        ASSERT_TRUE(std::holds_alternative<Album>(before) && std::holds_alternative<Album>(after));
        ASSERT_EQ(std::get<Album>(before).frames.size(), std::get<Album>(after).frames.size());
        for (std::size_t i = 0; i < std::get<Album>(after).frames.size(); ++i) {
            EXPECT_EQ(to_rgba(std::get<Album>(before).frames[i].raster), to_rgba(std::get<Album>(after).frames[i].raster)) << cleaned.media;
        }
    }
}

TEST(Clean, ATamperedCopyIsFound) {
    for (MadeFile const& file : in_every_format(draw_scene(6, 40, 40))) {
        std::string const copy = clean(file.bytes).bytes;
        EXPECT_FALSE(prove(copy + "hidden", {}, Kept::nothing).holds()) << file.media;
        EXPECT_FALSE(prove(copy.substr(0, copy.size() - 1), {}, Kept::nothing).holds()) << file.media;
    }
    std::string const jpeg = clean(to_jpeg(draw_scene(6, 40, 40))).bytes;
    EXPECT_FALSE(prove(in_jpeg(jpeg, "\xFF\xFE", "hello"), {}, Kept::nothing).holds());
    EXPECT_FALSE(prove(to_jpeg(draw_scene(6, 40, 40)), {}, Kept::nothing).holds());  // never cleaned
}

// The file with an Exif that asks for it to be turned.
std::string turned(std::string const& jpeg, char orientation) {
    std::string exif = write_exif({{"camera.model", "X"}});
    // The entry Model (0x110) becomes Orientation (0x112), short.
    std::size_t const entry = exif.find("\x10\x01"sv);
    exif.replace(entry, 12, "\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00"sv);
    exif[entry + 8] = orientation;
    return in_jpeg(jpeg, "\xFF\xE1", std::string("Exif\0\0", 6) + exif);
}

TEST(Clean, OrientationIsAppliedAndForgotten) {
    Cleaned const cleaned = clean(turned(to_jpeg(draw_scene(7, 48, 32)), 6));
    EXPECT_EQ(cleaned.width, 32u);
    EXPECT_EQ(cleaned.height, 48u);
    EXPECT_EQ(cleaned.changed, std::vector<std::string>{"turned upright"});
}

// Whether samples are taken over as they are or made pixels of first (an odd side that is mirrored): what is seen is the same, and the
// decibels are those of pixels.
TEST(Clean, ColoursAreKeptAtEachResolutionInEachPosition) {
    for (Colour const colour : {Colour::full, Colour::half, Colour::quarter}) {
        for (std::uint32_t const side : {61u, 48u}) {
            std::string const plain = to_jpeg(add_detail(draw_scene(12, side, side + 10)), 90, colour);
            for (char orientation = 1; orientation <= 8; ++orientation) {
                std::string const jpeg = turned(plain, orientation);
                Cleaned const cleaned = clean(jpeg);
                std::variant<Album, Trouble> before = read_album(jpeg), after = read_album(cleaned.bytes);
                ASSERT_TRUE(std::holds_alternative<Album>(before) && std::holds_alternative<Album>(after));
                Frame& seen = std::get<Album>(before).frames.front();
                double const db = likeness_db(turn(std::move(seen.raster), seen.orientation), std::get<Album>(after).frames.front().raster);
                EXPECT_GE(db, least_db) << int{orientation};
                EXPECT_NEAR(db, cleaned.db, 1.5) << int{orientation} << ' ' << side;
                EXPECT_TRUE(prove(cleaned.bytes, {}, Kept::nothing).holds()) << int{orientation} << ' ' << side;
            }
        }
    }
}

// The sampling of brightness in the frame header: how many samples across and down stand for one of colour.
int sampling_in(std::string const& jpeg) { return static_cast<unsigned char>(jpeg.at(jpeg.find("\xFF\xC0") + 11)); }

// What must be made pixels of keeps the resolution that its colours had, unless that would show another picture: cut between two
// samples of colour, noise has no such samples any more.
TEST(Clean, ColoursOfPixelsAreCodedAsTheyCame) {
    Wishes blotted, cut;
    blotted.blot = {{0, 0, 16, 16}};
    cut.crop = Box{1, 1, 48, 48};
    Pixels const scene = add_detail(draw_scene(14, 64, 64));
    EXPECT_EQ(sampling_in(clean(to_jpeg(scene, 90, Colour::quarter), blotted).bytes), 0x22);
    EXPECT_EQ(sampling_in(clean(to_jpeg(scene, 90, Colour::half), blotted).bytes), 0x21);
    EXPECT_EQ(sampling_in(clean(turned(to_jpeg(scene, 90, Colour::half), 6), blotted).bytes), 0x12);
    EXPECT_EQ(sampling_in(clean(to_jpeg(scene, 90, Colour::full), blotted).bytes), 0x11);
    Pixels noise{64, 64, {}};
    std::uint32_t state = 1;
    for (std::size_t i = 0; i < 64 * 64 * 3; ++i) noise.rgb.push_back(static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24));
    Cleaned const cleaned = clean(to_jpeg(noise, 95, Colour::quarter), cut);
    EXPECT_EQ(sampling_in(cleaned.bytes), 0x11);
    EXPECT_GE(cleaned.db, least_db);
}

TEST(Clean, EveryOrientationIsUndoneByItsOpposite) {
    Raster const raster{2, 3, 1, 1, {1, 2, 3, 4, 5, 6}};
    EXPECT_EQ(turn(raster, 3).samples, (std::vector<std::uint8_t>{6, 5, 4, 3, 2, 1}));
    EXPECT_EQ(turn(raster, 2).samples, (std::vector<std::uint8_t>{2, 1, 4, 3, 6, 5}));
    EXPECT_EQ(turn(raster, 6).samples, (std::vector<std::uint8_t>{5, 3, 1, 6, 4, 2}));
    EXPECT_EQ(turn(raster, 8).samples, (std::vector<std::uint8_t>{2, 4, 6, 1, 3, 5}));
    constexpr std::uint32_t opposite[] = {0, 1, 2, 3, 4, 5, 8, 7, 6};
    for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) EXPECT_EQ(turn(turn(raster, orientation), opposite[orientation]),
        raster) << orientation;
    // One byte a pixel goes another way than three: the same places.
    Raster grey{29, 19, 1, 1, {}}, colour{29, 19, 3, 1, {}};
    for (std::size_t i = 0; i < 29 * 19; ++i) {
        grey.samples.push_back(static_cast<std::uint8_t>(i * 7));
        colour.samples.insert(colour.samples.end(), 3, static_cast<std::uint8_t>(i * 7));
    }
    for (std::uint32_t orientation = 1; orientation <= 8; ++orientation) {
        Raster const one = turn(grey, orientation), three = turn(colour, orientation);
        for (std::size_t i = 0; i < one.samples.size(); ++i) ASSERT_EQ(one.samples[i], three.samples[3 * i]) << orientation << ' ' << i;
    }
}

TEST(Clean, ColourUnderFullTransparencyIsTheSameForAll) {
    Album album;
    album.media = "image/png";
    album.frames.resize(1);
    Raster& raster = album.frames[0].raster;
    raster = Raster{2, 1, 4, 1, {10, 20, 30, 255, 200, 100, 50, 0}};
    std::string const one = write_png(album);
    raster.samples = {10, 20, 30, 255, 1, 2, 3, 0};
    std::string const other = write_png(album);
    EXPECT_NE(one, other);
    EXPECT_EQ(clean(one).bytes, clean(other).bytes);
}

TEST(Clean, WishesReshapeThePicture) {
    std::string const file = to_png(draw_scene(8, 90, 60));
    Wishes wishes;
    wishes.crop = Box{10, 10, 40, 30};
    EXPECT_EQ(clean(file, wishes).width, 40u);
    wishes.crop.reset();
    wishes.coarser = 30;
    EXPECT_EQ(clean(file, wishes).height, 20u);
    wishes = {};
    wishes.blot.push_back({0, 0, 5, 5});
    std::variant<Album, Trouble> const blotted = read_album(clean(file, wishes).bytes);
    EXPECT_EQ(to_rgba(std::get<Album>(blotted).frames[0].raster).samples[0], 0);
    wishes.crop = Box{80, 50, 40, 30};
    EXPECT_TRUE(std::holds_alternative<Trouble>(clean_picture(file, wishes)));
}

TEST(Clean, ABlurredBoxHasNoDetailLeft) {
    Pixels pixels = draw_scene(9, 96, 96);
    for (std::size_t i = 0; i < pixels.rgb.size(); ++i) pixels.rgb[i] = static_cast<std::uint8_t>(i / 3 % 2 * 255);  // stripes
    Wishes wishes;
    wishes.blur.push_back({0, 0, 48, 48});
    std::variant<Album, Trouble> const read = read_album(clean(to_png(pixels), wishes).bytes);
    Raster const raster = to_rgba(std::get<Album>(read).frames[0].raster);
    for (std::size_t x = 1; x < 16; ++x) EXPECT_EQ(raster.samples[x * 4], raster.samples[0]);
    EXPECT_NE(raster.samples[60 * 4], raster.samples[61 * 4]);
}

TEST(Clean, CutShortIsRefusedNeverHalfAPicture) {
    for (MadeFile const& file : in_every_format(draw_scene(10, 64, 64))) {
        for (std::size_t part = 0; part < 16; ++part) {
            std::variant<Cleaned, Trouble> const done = clean_picture(std::string_view(file.bytes).substr(0,
                file.bytes.size() * part / 16), {});
            EXPECT_TRUE(std::holds_alternative<Trouble>(done)) << file.media << ' ' << part;
        }
    }
}

// Where a scan that refines the others is missing as a whole, no code is broken: only the end mark is not there. That holds for a
// picture with our own tables too.
TEST(Clean, APictureWithoutItsLastScanIsRefused) {
    std::string const plain = to_jpeg(draw_scene(10, 64, 64));
    for (std::string const& jpeg : {to_progressive(plain), to_progressive(clean(plain).bytes), to_colour_scans(plain)}) {
        EXPECT_FALSE(clean(jpeg).bytes.empty());
        std::string const cut = jpeg.substr(0, jpeg.rfind("\xFF\xDA"));
        ASSERT_NE(cut.find("\xFF\xDA"), cut.rfind("\xFF\xDA"));
        EXPECT_TRUE(std::holds_alternative<Trouble>(clean_picture(cut, {})));
    }
}

TEST(Clean, WhatIsCodedBeyondTheEdgeMustBeTheEdge) {
    // 40 rows are coded, 33 are said to be there: the rest is a picture of its own, and goes.
    Pixels scene = draw_scene(11, 40, 40);
    for (std::size_t i = 33 * 40 * 3; i < scene.rgb.size(); ++i) scene.rgb[i] = static_cast<std::uint8_t>(i % 97 * 2);
    std::string jpeg = clean(to_jpeg(scene)).bytes;
    std::size_t const frame = jpeg.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    jpeg[frame + 6] = 33;
    Cleaned const cleaned = clean(jpeg);
    EXPECT_EQ(cleaned.height, 33u);
    EXPECT_NE(cleaned.bytes, jpeg);
    EXPECT_TRUE(prove(cleaned.bytes, {}, Kept::nothing).holds());
}

// With colour at a quarter a unit spans 16 pixels: of a width of 40 its last block lies beyond the edge as a whole.
TEST(Clean, BlocksBeyondTheEdgeAreTheSameForAll) {
    std::string const copy = clean(to_jpeg(add_detail(draw_scene(13, 48, 48)))).bytes;
    std::string jpeg = copy;
    std::size_t const frame = jpeg.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    jpeg[frame + 8] = 40;
    EXPECT_TRUE(prove(copy, {}, Kept::nothing).holds());
    EXPECT_FALSE(prove(jpeg, {}, Kept::nothing).holds());
    Cleaned const cleaned = clean(jpeg);
    EXPECT_EQ(cleaned.width, 40u);
    EXPECT_TRUE(prove(cleaned.bytes, {}, Kept::nothing).holds());
}

TEST(Canary, IsFoundInEveryForm) {
    std::vector<std::string> const canaries = {"Serial 4711"};
    EXPECT_EQ(find_canaries(canaries, "xx Serial 4711 yy"), canaries);
    EXPECT_EQ(find_canaries(canaries, "S\0e\0r\0i\0a\0l\0 \0004\0007\0001\0001\0"sv), canaries);
    EXPECT_EQ(find_canaries(canaries, "\0S\0e\0r\0i\0a\0l\0 \0004\0007\0001\0001"sv), canaries);
    for (std::string_view const text : {"U2VyaWFsIDQ3MTE=", "eFNlcmlhbCA0NzEx", "eHhTZXJpYWwgNDcxMQ=="}) EXPECT_EQ(find_canaries(canaries,
        text), canaries) << text;
    EXPECT_TRUE(find_canaries(canaries, "Serial 4712, and nothing else").empty());
}

TEST(Canary, WordsAndNumbersOfMetadataAreHarvested) {
    std::string const exif = write_exif({{std::string(photo_fact::position), "39.904200,116.407400"}, {"owner", "Somebody Else"}});
    std::string const jpeg = in_jpeg(to_jpeg(draw_scene(1, 16, 16)), "\xFF\xE1", std::string("Exif\0\0", 6) + exif);
    std::vector<std::string> const words = harvest(walk_picture(jpeg, 1u << 20), {}, jpeg);
    EXPECT_NE(std::find(words.begin(), words.end(), "Somebody Else"), words.end());
    // Degrees, minutes and ten-thousandths of seconds, as they stand in the tag.
    EXPECT_TRUE(std::any_of(words.begin(), words.end(), [](std::string const& word) { return word.size() == 24 && word[0] == 39
        && word[8] == 54; }));
}

// Pages of 8 × 8 grey pixels, each with a description, the last but one without a width where it is to be damaged.
constexpr std::uint64_t description_tag = 270, title_tag = 0x9C9B;
std::string tiff_of(std::size_t pages, std::string_view description, bool damaged, std::uint64_t tag_of_words = description_tag) {
    std::string out("II*\0\0\0\0\0", 8);
    std::size_t link = 4;
    auto const put = [&](std::uint64_t value, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
    };
    for (std::size_t page = 0; page < pages; ++page) {
        std::size_t const pixels = out.size();
        for (std::size_t i = 0; i < 64; ++i) out.push_back(static_cast<char>(i * 3 + page * 5));
        std::size_t const words = out.size();
        out.append(description).resize((out.size() + 2) / 2 * 2);
        for (std::size_t i = 0; i < 4; ++i) out[link + i] = static_cast<char>(out.size() >> (8 * i));
        std::vector<std::array<std::uint64_t, 3>> rows = {{256, 1, 8}, {257, 1, 8}, {258, 1, 8}, {259, 1, 1}, {262, 1, 1},
            {tag_of_words, description.size() + 1, words}, {273, 1, pixels}, {277, 1, 1}, {278, 1, 8}, {279, 1, 64}};
        if (damaged && page + 2 == pages) rows.erase(rows.begin());
        std::sort(rows.begin(), rows.end());
        put(rows.size(), 2);
        for (auto const& [tag, count, value] : rows) {
            put(tag, 2);
            put(tag == tag_of_words ? 1 : 4, 2);
            put(count, 4);
            put(value, 4);
        }
        link = out.size();
        put(0, 4);
    }
    return out;
}

TEST(Canary, TagsOfATiffAreHarvested) {
    std::string const tiff = tiff_of(1, "seen from the quiet pier", false);
    Walk const walk = walk_picture(tiff, 1u << 20);
    std::vector<std::string> const words = harvest(walk, {}, tiff);
    EXPECT_EQ(std::count(words.begin(), words.end(), "seen from the quiet pier"), 1);
    EXPECT_TRUE(prove(clean(tiff).bytes, words, Kept::nothing).holds());
}

// XPTitle is UTF-16, in the file's own tags.
TEST(Canary, WideWordsOfATiffAreHarvested) {
    std::string const tiff = tiff_of(1, "Q\0u\0i\0e\0t\0 \0p\0i\0e\0r\0"sv, false, title_tag);
    std::vector<std::string> const words = harvest(walk_picture(tiff, 1u << 20), {}, tiff);
    EXPECT_EQ(std::count(words.begin(), words.end(), "Quiet pier"), 1);
}

TEST(Clean, PagesThatAreKeptAreNotCalledGone) {
    std::string const tiff = tiff_of(3, "seen from the quiet pier", false);
    Cleaned const cleaned = clean(tiff);
    EXPECT_EQ(cleaned.frames, 3u);
    PictureAccount account{cleaned, {}, 0};
    note_removed(walk_picture(tiff, 1u << 20), account);
    for (PictureAccount::Removed const& removed : account.removed) EXPECT_FALSE(removed.what.starts_with("page ")) << removed.what;
    PictureAccount other{cleaned, {}, 0};
    other.cleaned.left_out = {"page 3, a smaller copy of another page"};
    note_removed(walk_picture(tiff, 1u << 20), other);
    EXPECT_EQ(std::count_if(other.removed.begin(), other.removed.end(), [](auto const& one) { return one.what == "page 3"; }), 1);
}

TEST(Clean, APageThatCannotBeReadIsRefusedNeverLeftOut) {
    std::string const tiff = tiff_of(3, "seen from the quiet pier", true);
    std::variant<Cleaned, Trouble> const done = clean_picture(tiff, {});
    ASSERT_TRUE(std::holds_alternative<Trouble>(done));
    EXPECT_EQ(std::get<Trouble>(done).cause, Cause::malformed);
}

TEST(Canary, TravelsWhole) {
    std::vector<std::string> const canaries = {"Serial 4711", std::string("\1\0\2\0\3\0\4\0", 8)};
    EXPECT_EQ(read_canaries(write_canaries(canaries)), canaries);
    EXPECT_FALSE(read_canaries("\7abc"));
    EXPECT_FALSE(read_canaries("\2ab"));
}

TEST(Exif, KeptFactsGoInAndComeOut) {
    std::string const exif = write_exif({{"time.taken", "2024-05-03T14:22:07"},
        {std::string(photo_fact::position), "-33.856784,151.215297"}});
    for (std::string const& file : {clean(to_jpeg(draw_scene(1, 20, 20))).bytes, clean(to_png(draw_scene(1, 20, 20))).bytes}) {
        std::optional<std::string> const with = with_exif(file, exif);
        ASSERT_TRUE(with);
        EXPECT_NE(with->find("2024:05:03 14:22:07"), std::string::npos);
        EXPECT_EQ(without_exif(*with), file);
        for (std::size_t size = 0; size < 64; ++size) EXPECT_LE(without_exif(with->substr(0, size)).size(), size);
        EXPECT_TRUE(prove(*with, {}, Kept::facts).holds());
        EXPECT_FALSE(prove(*with, {}, Kept::nothing).holds());
        std::vector<Piece> const pieces = walk_picture(*with, 1u << 20).pieces;
        EXPECT_TRUE(std::any_of(pieces.begin(), pieces.end(),
            [&](Piece const& piece) { return piece.what == Piece::What::exif && piece.bytes == exif; }));
    }
    EXPECT_FALSE(with_exif("GIF89a", exif));
    EXPECT_TRUE(write_exif({{"no.such.fact", "x"}}).empty());
}

}  // namespace
}  // namespace keepmum
