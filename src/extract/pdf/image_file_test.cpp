// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/image_file.h"

#include <gtest/gtest.h>

#include "format/pixels/decode.h"

namespace keepmum::pdf {
namespace {

class Kept final : public Canvas {
  public:
    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t) override { size = {width, height}; }
    void row(std::span<std::uint8_t const> rgb) override { pixels.append(rgb.begin(), rgb.end()); }
    void end() override {}
    std::pair<std::uint32_t, std::uint32_t> size;
    std::string pixels;
};

StreamNote note_of(int width, int height, int bits, int components) {
    StreamNote note;
    note.width = width;
    note.height = height;
    note.bits = bits;
    note.components = components;
    return note;
}

std::string pixels_of(StreamNote const& note, std::string_view data, std::string_view media) {
    std::optional<ImageFile> const file = make_image_file(note, data);
    if (!file) return "no file";
    EXPECT_EQ(file->media, media);
    PictureFormat const format = picture_format(file->bytes);
    EXPECT_EQ(format.media, media);
    Kept kept;
    if (!format.decode || format.decode(file->bytes, kept)) return "cannot be decoded";
    EXPECT_EQ(kept.size, std::pair(static_cast<std::uint32_t>(note.width), static_cast<std::uint32_t>(note.height)));
    return kept.pixels;
}

TEST(ImageFile, PixelsComeBackAsTheyWere) {
    EXPECT_EQ(pixels_of(note_of(3, 2, 8, 3), "abcdefghijklmnopqr", "image/bmp"), "abcdefghijklmnopqr");
    EXPECT_EQ(pixels_of(note_of(3, 2, 8, 1), "abcdef", "image/bmp"), "aaabbbcccdddeeefff");
    EXPECT_EQ(pixels_of(note_of(2, 1, 1, 1), "\x40", "image/x-portable-anymap"),
              std::string("\0\0\0\xFF\xFF\xFF", 6));
}

TEST(ImageFile, FaxCodingIsAPageOfATiff) {
    StreamNote note = note_of(8, 2, 1, 1);
    note.filter = "CCITTFaxDecode";
    note.fax_kind = -1;
    // Group 4: two white rows (vertical mode 0 each), end of block.
    std::string const white = pixels_of(note, std::string("\xC0\x04\0\x40", 4), "image/tiff");
    EXPECT_EQ(white, std::string(8 * 2 * 3, '\xFF'));
}

TEST(ImageFile, WhatIsNeitherStaysAsItIs) {
    EXPECT_FALSE(make_image_file(note_of(3, 2, 8, 3), "too short"));
    EXPECT_FALSE(make_image_file(note_of(3, 2, 8, 4), std::string(24, 'x')));
    EXPECT_FALSE(make_image_file(note_of(3, 2, 4, 1), std::string(24, 'x')));
    EXPECT_FALSE(make_image_file(note_of(0, 2, 8, 1), std::string(24, 'x')));
    EXPECT_FALSE(make_image_file(note_of(1 << 20, 1 << 20, 8, 1), std::string(24, 'x')));
    StreamNote photo = note_of(3, 2, 8, 3);
    photo.filter = "DCTDecode";
    EXPECT_FALSE(holds_pixels(photo));
    EXPECT_FALSE(make_image_file(photo, std::string(24, 'x')));
}

}  // namespace
}  // namespace keepmum::pdf
