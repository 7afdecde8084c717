// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <string>

#include "format/pixels/decode.h"

namespace keepmum {
namespace {

class Rows final : public Canvas {
  public:
    void begin(std::uint32_t width, std::uint32_t, std::uint32_t) override { width_ = width; }
    void row(std::span<std::uint8_t const> rgb) override {
        for (std::size_t i = 0; i < width_ * 3; ++i) values += std::to_string(rgb[i]) + (i + 1 < width_ * 3 ? " " : "\n");
    }
    void end() override {}
    std::string values;

  private:
    std::uint32_t width_ = 0;
};

std::string rows_of(std::string_view file) {
    Rows rows;
    PictureFormat const format = picture_format(file);
    if (!format.decode) return "no decoder";
    std::optional<Trouble> const trouble = format.decode(file, rows);
    return trouble ? trouble->detail : rows.values;
}

TEST(PlainPnm, NumbersAsTextAreThePicture) {
    EXPECT_EQ(rows_of("P1\n# black is 1\n2 1\n10\n"), "0 0 0 255 255 255\n");
    EXPECT_EQ(rows_of("P2 2 1 4  0 2"), "0 0 0 127 127 127\n");
    EXPECT_EQ(rows_of("P3\n1 2\n255\n1 2 3\n255 0 9\n"), "1 2 3\n255 0 9\n");
    EXPECT_EQ(rows_of("P2 1 1 1000 500"), "127 127 127\n");
    EXPECT_TRUE(rows_of("P3\n1 2\n255\n1 2 3\n255 0").starts_with("damaged"));
    EXPECT_EQ(rows_of("P3x"), "no decoder");
}

}  // namespace
}  // namespace keepmum
