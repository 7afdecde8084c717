// Pictures cut and written over their old selves: found again, or not called so.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "format/photo/byte_map.h"
#include "format/photo/recover/recover.h"
#include "format/pixels/decode.h"
#include "format/pixels/made_pictures_test.h"
#include "io/file.h"

namespace keepmum {
namespace {

constexpr std::uint64_t most_unpacked = 256u << 20;

class Held final : public Canvas {
  public:
    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t) override { pixels = {width, height, {}}; }
    void row(std::span<std::uint8_t const> rgb) override {
        pixels.rgb.insert(pixels.rgb.end(), rgb.begin(), rgb.end());
    }
    void end() override {}
    Pixels pixels;
};

Pixels decoded(std::string const& file) {
    Held held;
    PictureFormat const format = picture_format(file);
    EXPECT_NE(format.decode, nullptr);
    if (format.decode) {
        EXPECT_FALSE(format.decode(file, held));
    }
    return held.pixels;
}

// The upper left part, as an editor would save it.
Pixels cropped(Pixels const& from, std::uint32_t width, std::uint32_t height) {
    Pixels out{width, height, {}};
    for (std::size_t y = 0; y < height; ++y) {
        auto const row = from.rgb.begin() + static_cast<std::ptrdiff_t>(y * from.width * 3);
        out.rgb.insert(out.rgb.end(), row, row + static_cast<std::ptrdiff_t>(width * 3));
    }
    return out;
}

// A scene with grain, so that its file is long.
Pixels grainy(std::uint32_t width, std::uint32_t height) {
    Pixels out = draw_scene(7, width, height);
    std::uint32_t state = 1;
    for (std::uint8_t& sample : out.rgb) {
        state = state * 1664525 + 1013904223;
        sample = static_cast<std::uint8_t>(std::min<unsigned>(255, sample * 7 / 8 + (state >> 28)));
    }
    return out;
}

std::string written_over(std::string const& old, std::string const& cut) {
    return cut + old.substr(cut.size());
}

Piece const* find_piece(Walk const& walk, std::string_view name) {
    for (Piece const& piece : walk.pieces) {
        if (piece.name == name) return &piece;
    }
    return nullptr;
}

Pixels read_pnm(std::string const& file) {
    Pixels out;
    int at = 0;
    EXPECT_EQ(std::sscanf(file.c_str(), "P6\n%u %u\n255\n%n", &out.width, &out.height, &at), 2);
    out.rgb.assign(file.begin() + at, file.end());
    EXPECT_EQ(out.rgb.size(), std::size_t{out.width} * out.height * 3);
    return out;
}

// Of the last `rows` rows of `found`, which end where those of `whole` end: how many show what these
// show. A colour may stand for another, as long as it does so everywhere.
std::size_t rows_shown(Pixels const& found, Pixels const& whole, std::size_t hidden, int exact_percent) {
    EXPECT_EQ(found.width, whole.width);
    EXPECT_LE(found.height, whole.height);
    if (found.width != whole.width || found.height > whole.height) return 0;
    std::size_t const skip = std::size_t{whole.height - found.height} * whole.width * 3;
    std::map<std::uint32_t, std::map<std::uint32_t, std::size_t>> pairs;
    auto const colour = [](std::vector<std::uint8_t> const& rgb, std::size_t at) {
        return static_cast<std::uint32_t>(rgb[at] << 16 | rgb[at + 1] << 8 | rgb[at + 2]);
    };
    for (std::size_t at = 0; at < found.rgb.size(); at += 3)
        ++pairs[colour(found.rgb, at)][colour(whole.rgb, skip + at)];
    std::map<unsigned, unsigned> stands_for;
    for (auto const& [shown, meant] : pairs) {
        auto const most = std::max_element(meant.begin(), meant.end(),
                                           [](auto const& a, auto const& b) { return a.second < b.second; });
        stands_for[shown] = most->first;
    }
    auto const is_near = [&](std::size_t at) {
        bool all = true;
        for (std::size_t c = 0; c < 3; ++c) all = all && std::abs(found.rgb[at + c] - whole.rgb[skip + at + c]) <= 16;
        return all;
    };
    std::size_t rows = 0;
    for (std::size_t y = found.height - std::min<std::size_t>(hidden, found.height); y < found.height; ++y) {
        std::size_t same = 0;
        for (std::size_t x = 0; x < found.width; ++x) {
            std::size_t const at = (y * found.width + x) * 3;
            same += is_near(at) || stands_for[colour(found.rgb, at)] == colour(whole.rgb, skip + at);
        }
        rows += same * 100 >= found.width * static_cast<std::size_t>(exact_percent);
    }
    return rows;
}

TEST(Recover, PngCutAndWrittenOver) {
    Pixels const whole = grainy(300, 400);
    std::string const old = to_png(whole), cut = to_png(cropped(whole, 90, 60));
    std::string const file = written_over(old, cut);
    Walk const walk = walk_picture(file, most_unpacked);
    Piece const* const piece = find_piece(walk, "cropped away");
    ASSERT_NE(piece, nullptr);
    EXPECT_EQ(piece->what, Piece::What::rows);
    EXPECT_EQ(piece->offset, cut.size());
    EXPECT_EQ(walk.size_of(Owner::hidden_picture), old.size() - cut.size());
    Pixels const found = read_pnm(piece->bytes);
    EXPECT_EQ(found.width, 300u);
    EXPECT_GT(found.height, 200u);
    EXPECT_GT(rows_shown(found, whole, 340, 99), 250u);
}

TEST(Recover, GifCutAndWrittenOver) {
    Pixels const whole = grainy(301, 400);
    std::string const old = to_gif(whole), cut = to_gif(cropped(whole, 90, 60));
    Walk const walk = walk_picture(written_over(old, cut), most_unpacked);
    Piece const* const piece = find_piece(walk, "cropped away");
    ASSERT_NE(piece, nullptr);
    Pixels const found = read_pnm(piece->bytes);
    EXPECT_GT(rows_shown(found, decoded(old), 340, 99), 306u);
}

TEST(Recover, TailsThatAreNoneAreNotCalledSo) {
    std::string const png = to_png(grainy(200, 200)), gif = to_gif(grainy(200, 200));
    std::string noise = "x";
    for (std::uint32_t i = 0, state = 5; i < 60'000; ++i)
        noise += static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    for (std::string const& picture : {png, gif}) {
        for (std::string const& tail : {noise, noise + "IDAT" + noise + std::string("\0\0\0\0IEND\xAE\x42\x60\x82", 12),
                                        noise + std::string("\0;", 2)}) {
            Walk const walk = walk_picture(picture + tail, most_unpacked);
            EXPECT_EQ(find_piece(walk, "cropped away"), nullptr);
            EXPECT_EQ(walk.size_of(Owner::hidden_picture) + walk.size_of(Owner::unknown), tail.size());
        }
    }
    // The beginning of the tail is lost, and all that is left stands in one block: it looks like a
    // picture, and cannot be shown.
    std::string const small = to_png(draw_scene(1, 120, 120));
    Walk const walk = walk_picture(small + small.substr(small.size() / 2), most_unpacked);
    EXPECT_EQ(find_piece(walk, "cropped away"), nullptr);
    EXPECT_NE(find_piece(walk, "trailing picture data"), nullptr);
}

class RecoverShared : public ::testing::Test {
  protected:
    void SetUp() override {
        char const* const set = std::getenv("KEEPMUM_DATA");
        root_ = std::filesystem::path(set ? set : KEEPMUM_SOURCE "/../shared/data") / "photos";
        if (!std::filesystem::is_directory(root_)) GTEST_SKIP() << "no data at " << root_;
    }
    std::string file(std::string const& name) const { return read_file((root_ / name).string()).value(); }
    Pixels found(std::string const& name) const {
        Walk const walk = walk_picture(file(name), most_unpacked);
        Piece const* const piece = find_piece(walk, "cropped away");
        EXPECT_NE(piece, nullptr) << name;
        return piece ? read_pnm(piece->bytes) : Pixels{};
    }
    std::filesystem::path root_;
};

// Hidden rows are those that the cut picture no longer has: the old height less the new one.
TEST_F(RecoverShared, DemonstrationPairs) {
    for (auto const& [cut, whole] : {std::pair("acropalypse/case01_crop.gif", "acropalypse/case01.gif"),
                                     std::pair("acropalypse/case02_crop.gif", "acropalypse/case02.gif"),
                                     std::pair("acropalypse/case04_crop.png", "acropalypse/case04.png")}) {
        Pixels const old = decoded(file(whole)), shown = found(cut);
        std::size_t const hidden = old.height - decoded(file(cut)).height;
        std::size_t const rows = rows_shown(shown, old, hidden, 90);
        std::printf("%s: %zu of %zu hidden rows\n", cut, rows, hidden);
        EXPECT_GT(rows * 10, hidden * 9) << cut;
    }
    // The last pair is of one screen two minutes apart: its task bar differs a little.
    Pixels const shown = found("acropalypse/case03.png");
    EXPECT_EQ(shown.width, 1080u);
    EXPECT_GT(shown.height, 1000u);
}

TEST_F(RecoverShared, NothingOfPngSuiteIsCalledRecoverable) {
    int files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(root_ / "pngsuite")) {
        if (entry.path().extension() != ".png") continue;
        Walk const walk = walk_picture(read_file(entry.path().string()).value(), most_unpacked);
        EXPECT_EQ(find_piece(walk, "cropped away"), nullptr) << entry.path();
        EXPECT_EQ(find_piece(walk, "trailing picture data"), nullptr) << entry.path();
        ++files;
    }
    EXPECT_EQ(files, 175);
}

}  // namespace
}  // namespace keepmum
