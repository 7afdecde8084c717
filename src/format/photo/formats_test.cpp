// What each format's walker calls its bytes, on files with something hidden in each place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "format/photo/byte_map.h"
#include "format/photo/made_files_test.h"
#include "format/pixels/decode.h"
#include "format/pixels/made_pictures_test.h"
#include "format/zip/inflate.h"

namespace keepmum {
namespace {

using namespace std::string_literals;
using What = Piece::What;

constexpr std::uint64_t most_unpacked = 64u << 20;

Walk walk(std::string const& file) {
    return walk_picture(file, most_unpacked);
}

std::string piece(Walk const& walk, What what, std::string_view name) {
    for (Piece const& each : walk.pieces) {
        if (each.what == what && each.name == name) return each.bytes;
    }
    return "(none)";
}

// The bytes that are called so, joined.
std::string called(Walk const& walk, std::string const& file, Owner owner, std::string_view what) {
    std::string bytes;
    for (Owned const& part : walk.map) {
        if (part.owner == owner && part.what == what) bytes += file.substr(part.offset, part.size);
    }
    return bytes;
}

std::string troubles(Walk const& walk) {
    std::string all;
    for (Trouble const& trouble : walk.troubles) all += trouble.detail + "; ";
    return all;
}

TEST(PhotoFormats, JpegSegments) {
    std::string const plain = to_jpeg(draw_scene(1, 64, 64)), thumbnail = to_jpeg(draw_scene(2, 16, 16));
    std::string const xmp = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"s, guid(32, 'A');
    auto const extended = [&](std::string const& part, std::size_t at) {
        return make_segment(0xE1, "http://ns.adobe.com/xmp/extension/\0"s + guid + big(8, 4) + big(at, 4) + part);
    };
    std::string const resources = "Photoshop 3.0\0"s + "8BIM" + big(0x0404, 2) + big(0, 2) + big(4, 4) + "iptc";
    std::string const other = make_segment(0xE7, "whose is this?");
    std::string const film = make_film();
    std::string const file = "\xFF\xD8" + make_segment(0xE1, "Exif\0\0"s + make_exif(thumbnail)) +
                             make_segment(0xE1, xmp) + extended("exte", 0) + extended("nded", 4) +
                             make_segment(0xED, resources) + make_segment(0xE2, "ICC_PROFILE\0\1\1profile"s) +
                             make_segment(0xFE, "by Zo\xC3\xAB") + other + plain.substr(2) + film;
    Walk const map = walk(file);
    EXPECT_EQ(map.media, "image/jpeg");
    EXPECT_EQ(piece(map, What::exif, "Exif"), make_exif(thumbnail));
    EXPECT_EQ(piece(map, What::picture, "Exif thumbnail"), thumbnail);
    EXPECT_EQ(called(map, file, Owner::hidden_picture, "Exif thumbnail"), thumbnail);
    EXPECT_EQ(piece(map, What::xmp, "XMP"), "<x:xmpmeta/>");
    EXPECT_EQ(piece(map, What::xmp, "extended XMP"), "extended");
    EXPECT_EQ(piece(map, What::iptc, "IPTC"), "iptc");
    EXPECT_EQ(piece(map, What::icc, "ICC profile"), "profile");
    EXPECT_EQ(piece(map, What::text, "Comment"), "by Zo\xC3\xAB");
    EXPECT_EQ(called(map, file, Owner::unknown, "APP7"), other);
    EXPECT_EQ(piece(map, What::picture, "film of a motion photo"), film);
    EXPECT_EQ(troubles(map), "");
    EXPECT_EQ(map.tables, walk(plain).tables);
    EXPECT_NE(map.tables, walk(to_jpeg(draw_scene(1, 64, 64), 50)).tables);
}

TEST(PhotoFormats, JpegBytesBetweenSegments) {
    std::string const plain = to_jpeg(draw_scene(1, 32, 32)), file = plain.substr(0, 20) + "between" + plain.substr(20);
    Walk const map = walk(file);
    EXPECT_EQ(piece(map, What::unknown, "between the parts"), "between");
    EXPECT_NE(troubles(map), "");
}

class Height final : public Canvas {
  public:
    void begin(std::uint32_t, std::uint32_t height, std::uint32_t) override { declared = height; }
    void row(std::span<std::uint8_t const>) override { ++rows; }
    void end() override {}
    std::uint32_t declared = 0, rows = 0;
};

TEST(PhotoFormats, JpegRowsBelowALoweredHeight) {
    for (std::uint32_t const height : {200u, 203u}) {
        std::string file = to_jpeg(draw_scene(4, 150, height));
        std::size_t const frame = file.find("\xFF\xC0");
        ASSERT_NE(frame, std::string::npos);
        EXPECT_EQ(walk(file).size_of(Owner::hidden_picture), 0u);
        file.replace(frame + 5, 2, big(90, 2));
        Walk const map = walk(file);
        EXPECT_EQ(map.height, 90u);
        EXPECT_GT(map.size_of(Owner::hidden_picture), file.size() / 4);
        Height canvas;
        EXPECT_FALSE(decode_jpeg(piece(map, What::picture, "rows below the declared height"), canvas));
        EXPECT_GE(canvas.declared, height);  // whole blocks: up to 15 rows more
        EXPECT_LT(canvas.declared, height + 16);
    }
}

TEST(PhotoFormats, PngChunks) {
    std::string const plain = to_png(draw_scene(1, 40, 40));
    std::string const packed = "\x78\x9C" + deflate_raw("a longer text") + big(0, 4);
    std::string const file =
        plain.substr(0, 33) + make_chunk("tEXt", "Author\0A. Person"s) + make_chunk("zTXt", "Note\0\0"s + packed) +
        make_chunk("iTXt", "XML:com.adobe.xmp\0\0\0\0\0<x:xmpmeta/>"s) + make_chunk("eXIf", make_exif("")) +
        make_chunk("tEXt", "Raw profile type iptc\0\niptc\n 4\n69707463\n"s) + make_chunk("prVt", "private") +
        plain.substr(33);
    Walk const map = walk(file);
    EXPECT_EQ(piece(map, What::text, "Author"), "A. Person");
    EXPECT_EQ(piece(map, What::text, "Note"), "a longer text");
    EXPECT_EQ(piece(map, What::xmp, "XMP"), "<x:xmpmeta/>");
    EXPECT_EQ(piece(map, What::exif, "Exif"), make_exif(""));
    EXPECT_EQ(piece(map, What::iptc, "raw profile iptc"), "iptc");
    EXPECT_EQ(piece(map, What::unknown, "chunk prVt"), make_chunk("prVt", "private"));
    EXPECT_EQ(map.size_of(Owner::hidden_picture), 0u);
}

// A PNG of 8-bit RGBA from its filtered rows.
std::string rgba_png(std::uint32_t width, std::uint32_t height, std::string const& rows,
                     std::string const& slack = {}) {
    std::uint32_t a = 1, b = 0;
    for (char const c : rows) a = (a + static_cast<unsigned char>(c)) % 65521, b = (b + a) % 65521;
    return "\x89PNG\r\n\x1A\n" + make_chunk("IHDR", big(width, 4) + big(height, 4) + "\x08\x06\0\0\0"s) +
           make_chunk("IDAT", "\x78\x9C" + deflate_raw(rows) + big(b << 16 | a, 4) + slack) + make_chunk("IEND", "");
}

TEST(PhotoFormats, PngRowsBelowColoursUnderAndBytesBehind) {
    std::string rows, clear;
    for (unsigned y = 0; y < 24; ++y) {
        rows += '\0', clear += '\0';
        for (unsigned x = 0; x < 16; ++x)
            rows += big(x * y << 16 | x << 8 | 0xFF, 4), clear += big((x * 9 + y) << 24 | y << 16, 4);
    }
    EXPECT_EQ(walk(rgba_png(16, 24, rows)).size_of(Owner::hidden_picture), 0u);
    EXPECT_EQ(walk(rgba_png(16, 24, rows)).pieces.size(), 0u);
    Walk const below = walk(rgba_png(16, 10, rows));
    EXPECT_TRUE(piece(below, What::rows, "rows below the declared height").starts_with("P6\n16 14\n"));
    EXPECT_GT(below.size_of(Owner::hidden_picture), 0u);
    EXPECT_TRUE(
        piece(walk(rgba_png(16, 24, clear)), What::rows, "colours under transparency").starts_with("P6\n16 24\n"));
    // Alpha 2 of 255 hides as well; a soft edge of a few such pixels, and what can just be seen, do not.
    auto const with_alpha = [&](char alpha, std::size_t pixels, std::size_t soft = 0) {
        std::string all = rows;
        for (std::size_t i = 0, at = 0; at < all.size(); at += 65)
            for (unsigned x = 0; x < 16 && i < pixels + soft; ++x, ++i) all[at + 4 * x + 4] = i < pixels ? alpha : '\x60';
        return walk(rgba_png(16, 24, all)).pieces.size();
    };
    EXPECT_EQ(with_alpha('\2', 16 * 24), 1u);
    EXPECT_EQ(with_alpha('\2', 24), 1u);
    EXPECT_EQ(with_alpha('\2', 24, 1), 1u);
    EXPECT_EQ(with_alpha('\2', 24, 12), 0u);
    EXPECT_EQ(with_alpha('\3', 16 * 24), 0u);
    // A palette has transparent colours too, and those that are hardly less so.
    for (char const alpha : {'\0', '\2', '\3'}) {
        std::string palette, packed;
        for (int i = 0; i < 64; ++i) palette += big(static_cast<unsigned>(i) * 0x030201, 3);
        for (int i = 0; i < 64; ++i) packed += std::string("\0", 1) + static_cast<char>(i);
        std::string const file = "\x89PNG\r\n\x1A\n" + make_chunk("IHDR", big(1, 4) + big(64, 4) + "\x08\x03\0\0\0"s) +
                                 make_chunk("PLTE", palette) + make_chunk("tRNS", std::string(64, alpha)) +
                                 make_chunk("IDAT", "\x78\x9C" + deflate_raw(packed)) + make_chunk("IEND", "");
        EXPECT_EQ(piece(walk(file), What::rows, "colours under transparency").starts_with("P6"), alpha != '\3') << int(alpha);
    }
    EXPECT_EQ(piece(walk(rgba_png(16, 24, rows, "slack")), What::unknown, "behind the picture's data"), "slack");
    std::string const one_colour = std::string(16 * 4 + 1, '\0');
    std::string empty;
    for (int i = 0; i < 24; ++i) empty += one_colour;
    EXPECT_EQ(walk(rgba_png(16, 24, empty)).pieces.size(), 0u);
}

TEST(PhotoFormats, GifExtensions) {
    std::string const plain = to_gif(draw_scene(1, 30, 30)), end = plain.substr(0, plain.size() - 1);
    std::string magic("\x01");
    for (int i = 255; i >= 0; --i) magic += static_cast<char>(i);
    std::string const file = end + "\x21\xFE\x05hello\0"s + "\x21\xFF\x0BXMP DataXMP<x:xmpmeta/>"s + magic + '\0' +
                             "\x21\xFF\x0BSECRETAPP01\x03"s + "abc\0"s + ";tail";
    Walk const map = walk(file);
    EXPECT_EQ(piece(map, What::text, "Comment"), "hello");
    EXPECT_EQ(piece(map, What::xmp, "XMP"), "<x:xmpmeta/>");
    EXPECT_EQ(piece(map, What::other, "application SECRETAPP01"), "abc");
    EXPECT_EQ(piece(map, What::unknown, "after the end"), "tail");
}

TEST(PhotoFormats, BytesBehindTheLastCode) {
    std::string gif = to_gif(draw_scene(1, 30, 30));
    gif.insert(gif.size() - 2, "\x06secret");  // one more sub-block
    EXPECT_EQ(piece(walk(gif), What::unknown, "behind the image data"), "secret");
    std::string jpeg = to_jpeg(draw_scene(1, 40, 40));
    EXPECT_EQ(walk(jpeg).size_of(Owner::unknown), 0u);
    jpeg.insert(jpeg.size() - 2, "a secret, behind the scan's last code");
    EXPECT_NE(piece(walk(jpeg), What::unknown, "behind the last row").find("behind the scan's last code"),
              std::string::npos);
}

TEST(PhotoFormats, TiffPages) {
    std::string const file = to_tiff({draw_scene(1, 40, 30), draw_scene(2, 20, 10)});
    Walk const map = walk(file);
    EXPECT_EQ(map.width, 40u);
    EXPECT_EQ(map.pictures, 1u);
    Height canvas;
    EXPECT_FALSE(decode_tiff(piece(map, What::picture, "page 2"), canvas));
    EXPECT_EQ(canvas.rows, 10u);
    EXPECT_EQ(walk(piece(map, What::picture, "page 2")).size_of(Owner::hidden_picture), 0u);
    EXPECT_EQ(walk(file + "unreferenced").size_of(Owner::unknown), 12u);
}

TEST(PhotoFormats, Heif) {
    std::string const file = make_heif();
    Walk const map = walk(file);
    EXPECT_EQ(map.media, "image/heic");
    EXPECT_EQ(map.width, 64u);
    EXPECT_EQ(called(map, file, Owner::picture, "picture"), std::string(300, 'p'));
    EXPECT_EQ(called(map, file, Owner::hidden_picture, "thumbnail"), std::string(120, 't'));
    EXPECT_EQ(piece(map, What::xmp, "XMP"), "<x:xmpmeta>who</x:xmpmeta>");
    EXPECT_TRUE(piece(map, What::exif, "Exif").starts_with("II*"));
    EXPECT_EQ(walk(piece(map, What::picture, "Exif thumbnail")).width, 16u);
    EXPECT_EQ(piece(map, What::unknown, "in mdat, pointed at by nothing"), "nobody points at this");
    EXPECT_EQ(piece(map, What::unknown, "left in free"), "left behind");
    EXPECT_EQ(troubles(map), "");
    // What is lifted out is a file of its own, without what hid it.
    std::string const whole = piece(map, What::picture, "what is cropped away"),
                      small = piece(map, What::picture, "thumbnail");
    EXPECT_EQ(called(walk(whole), whole, Owner::picture, "picture"), std::string(300, 'p'));
    EXPECT_EQ(walk(whole).size_of(Owner::hidden_picture) + walk(whole).size_of(Owner::unknown), 0u);
    EXPECT_EQ(piece(walk(whole), What::picture, "what is cropped away"), "(none)");
    EXPECT_EQ(called(walk(small), small, Owner::picture, "picture"), std::string(120, 't'));
    EXPECT_EQ(walk(small).width, 16u);
}

TEST(PhotoFormats, Film) {
    std::string const file = make_film();
    Walk const map = walk(file);
    EXPECT_EQ(map.media, "video/mp4");
    EXPECT_EQ(called(map, file, Owner::picture, "film").size(), 300u);
    EXPECT_TRUE(piece(map, What::text, "settings of the encoder").starts_with("x264 settings"));
    EXPECT_EQ(piece(map, What::unknown, "in mdat, pointed at by nothing"), "cut out, still here");
    EXPECT_EQ(piece(map, What::text, "handler name"), "Made by somebody");
    EXPECT_NE(piece(map, What::other, "udta").find("+39.9042"), std::string::npos);
    EXPECT_EQ(called(map, file, Owner::metadata, "dates in mvhd").size(), 8u);
    std::string const whole = piece(map, What::picture, "what its edit list leaves out");
    EXPECT_EQ(whole.size(), file.size());
    EXPECT_EQ(piece(walk(whole), What::picture, "what its edit list leaves out"), "(none)");
}

TEST(PhotoFormats, JpegXl) {
    std::string const file = make_jxl();
    Walk const map = walk(file);
    EXPECT_EQ(map.media, "image/jxl");
    EXPECT_EQ(piece(map, What::exif, "Exif"), make_exif(""));
    EXPECT_EQ(piece(map, What::unknown, "secr"), make_box("secr", "a box of nobody"));
    EXPECT_EQ(troubles(map), "");
}

TEST(PhotoFormats, Layers) {
    Walk const map = walk(make_psd());
    EXPECT_EQ(map.width, 4u);
    EXPECT_EQ(piece(map, What::picture, "layer secret"), "P6\n2 2\n255\naaabbbcccddd");
    EXPECT_EQ(piece(map, What::iptc, "IPTC"), "\x1C\2x\0\1a"s);
    EXPECT_EQ(map.size_of(Owner::picture), 38u);
    EXPECT_EQ(map.size_of(Owner::unknown), 0u);
    EXPECT_EQ(troubles(map), "");
    std::string packed = make_psd();
    packed.replace(packed.find("\0\0abcd"s), 2, "\0\3"s);  // deflated, with prediction
    EXPECT_NE(troubles(walk(packed)), "");
}

TEST(PhotoFormats, SoundAndFilmContainers) {
    Walk const mp3 = walk(make_mp3());
    EXPECT_EQ(mp3.media, "audio/mpeg");
    EXPECT_EQ(mp3.size_of(Owner::picture), 4 * 417u);
    EXPECT_EQ(piece(mp3, What::unknown, "between the parts"), "behind the sound");
    EXPECT_NE(piece(mp3, What::other, "ID3v2").find("A. Person"), std::string::npos);
    EXPECT_EQ(piece(mp3, What::other, "ID3v1").size(), 128u);
    Walk const flac = walk(make_flac());
    EXPECT_EQ(flac.media, "audio/flac");
    EXPECT_EQ(piece(flac, What::text, "ARTIST"), "A. Person");
    EXPECT_EQ(piece(flac, What::other, "APPLICATION"), "riffDATA");
    Walk const film = walk(make_matroska());
    EXPECT_EQ(film.media, "video/x-matroska");
    EXPECT_EQ(piece(film, What::other, "Title"), "a title");
    EXPECT_EQ(piece(film, What::unknown, "left in Void"), "left in a void");
    EXPECT_EQ(walk(piece(film, What::picture, "attachment")).media, "image/jpeg");
    EXPECT_EQ(film.size_of(Owner::picture), 98u);
}

TEST(PhotoFormats, PnmAndBmp) {
    std::string const pnm = "P6 # who made it\n2 2\n255\nabcdefghijkl and more";
    Walk const map = walk(pnm);
    EXPECT_EQ(piece(map, What::text, "Comment"), " who made it");
    EXPECT_EQ(called(map, pnm, Owner::picture, "pixels"), "abcdefghijkl");
    EXPECT_EQ(piece(map, What::unknown, "after the end"), " and more");
    std::string bmp = to_bmp(draw_scene(1, 20, 20));
    bmp.insert(54, "gap!");
    bmp.replace(10, 4, little(58, 4));
    Walk const gap = walk(bmp + "tail");
    EXPECT_EQ(piece(gap, What::unknown, "between header and pixels"), "gap!");
    EXPECT_EQ(piece(gap, What::unknown, "after the end"), "tail");
}

TEST(PhotoFormats, LoopsAndLies) {
    // A directory that points at itself, boxes inside boxes, a length of 4 GB: all end, with a trouble.
    std::string const ring = "II*\0"s + little(8, 4) + little(0, 2) + little(8, 4);
    EXPECT_NE(troubles(walk(ring)), "");
    std::string nested;
    for (int i = 0; i < 60; ++i) nested = make_box("moov", nested);
    EXPECT_NE(troubles(walk(make_box("ftyp", "mp42") + nested)).find("boxes inside boxes"), std::string::npos);
    EXPECT_NE(troubles(walk("\xFF\xD8\xFF\xE1\xFF\xFF"
                            "Exif")),
              "");
    std::string bomb = rgba_png(100, 100, std::string(4'000'000, '\0'));
    EXPECT_NE(troubles(walk_picture(bomb, 1'000'000)).find("more picture data"), std::string::npos);
}

}  // namespace
}  // namespace keepmum
