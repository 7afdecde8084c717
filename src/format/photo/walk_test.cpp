// What holds for every byte map, whatever the file: on made pictures, on them cut short, and on all of
// the shared photos where they are there.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "format/photo/byte_map.h"
#include "format/photo/made_files_test.h"
#include "format/photo/mapper.h"
#include "format/pixels/decode.h"
#include "format/pixels/made_pictures_test.h"
#include "io/file.h"

namespace keepmum {
namespace {

constexpr std::uint64_t most_unpacked = 64u << 20;

// Every byte is in exactly one stretch, in order; neighbours differ; every unknown stretch is handed out.
::testing::AssertionResult is_complete(Walk const& walk, std::string_view file) {
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < walk.map.size(); ++i) {
        Owned const& part = walk.map[i];
        if (part.offset != at) return ::testing::AssertionFailure() << "a hole or overlap at " << at;
        if (part.size == 0 || part.what.empty()) return ::testing::AssertionFailure() << "nothing named at " << at;
        if (i > 0 && walk.map[i - 1].owner == part.owner && walk.map[i - 1].what == part.what)
            return ::testing::AssertionFailure() << "two of one at " << at;
        if (part.owner == Owner::unknown && !walk.media.empty()) {
            bool handed_out = false;
            for (Piece const& piece : walk.pieces)
                handed_out = handed_out || (piece.what == Piece::What::unknown && piece.offset == part.offset &&
                                            piece.bytes.size() == part.size);
            if (!handed_out) return ::testing::AssertionFailure() << "unknown bytes at " << at << " are not handed out";
        }
        if (part.owner == Owner::hidden_picture) {
            bool handed_out = false;
            for (Piece const& piece : walk.pieces) {
                handed_out =
                    handed_out || (piece.offset < part.offset + part.size && piece.offset + piece.stored > part.offset);
            }
            if (!handed_out && walk.troubles.empty())
                return ::testing::AssertionFailure() << "a hidden picture at " << at << " is not handed out";
        }
        at += part.size;
    }
    if (at != file.size()) return ::testing::AssertionFailure() << "ends at " << at << " of " << file.size();
    for (Piece const& piece : walk.pieces) {
        if (piece.name.empty() || piece.bytes.empty() || piece.offset > file.size())
            return ::testing::AssertionFailure() << "piece " << piece.name << " at " << piece.offset;
    }
    return ::testing::AssertionSuccess();
}

void check_and_cut(std::string const& name, std::string const& file) {
    EXPECT_TRUE(is_complete(walk_picture(file, most_unpacked), file)) << name;
    for (std::size_t i = 0; i < 16; ++i) {
        std::string const cut = file.substr(0, file.size() * i / 16);
        EXPECT_TRUE(is_complete(walk_picture(cut, most_unpacked), cut)) << name << " cut at " << cut.size();
    }
}

TEST(Walk, ClaimsMadeFirstKeepTheirBytes) {
    std::string const file = "0123456789abcdef";
    Mapper mapper(file, 0);
    mapper.claim(4, 2, Owner::picture, "inner");
    mapper.claim(0, 8, Owner::metadata, "outer");
    mapper.claim(7, 2, Owner::structure, "late");
    mapper.claim(100, 2, Owner::structure, "outside");
    Walk const walk = mapper.finish();
    std::string said;
    for (Owned const& part : walk.map)
        said += std::to_string(part.offset) + "+" + std::to_string(part.size) + " " + part.what + ", ";
    EXPECT_EQ(said, "0+4 outer, 4+2 inner, 6+2 outer, 8+1 late, 9+7 between the parts, ");
    EXPECT_TRUE(is_complete(walk, file));
}

TEST(Walk, MadePicturesHoldNothingButPictures) {
    for (MadeFile const& file : in_every_format(draw_scene(3, 90, 70))) {
        check_and_cut(std::string(file.media), file.bytes);
        Walk const walk = walk_picture(file.bytes, most_unpacked);
        if (walk.media.empty()) continue;
        EXPECT_EQ(walk.media, file.media);
        EXPECT_EQ(walk.width, 90u) << file.media;
        EXPECT_EQ(walk.height, 70u) << file.media;
        EXPECT_EQ(walk.pictures, 1u) << file.media;
        EXPECT_TRUE(walk.troubles.empty()) << file.media << ": " << walk.troubles.front().detail;
        EXPECT_EQ(walk.size_of(Owner::unknown), 0u) << file.media;
        EXPECT_EQ(walk.size_of(Owner::hidden_picture), 0u) << file.media;
        EXPECT_GT(walk.size_of(Owner::picture), file.bytes.size() / 3) << file.media;
    }
}

TEST(Walk, MadeFilesCutShort) {
    for (std::string const& file : make_all()) {
        ASSERT_FALSE(walk_picture(file, most_unpacked).media.empty()) << file.substr(0, 16);
        check_and_cut("made " + std::string(walk_picture(file, most_unpacked).media), file);
    }
}

TEST(Walk, EveryByteOfTheSharedPhotosIsLabelled) {
    char const* const set = std::getenv("KEEPMUM_DATA");
    std::filesystem::path const root = set ? set : KEEPMUM_SOURCE "/../shared/data";
    if (!std::filesystem::is_directory(root / "photos")) GTEST_SKIP() << "no data at " << root;
    int files = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(root / "photos")) {
        if (!entry.is_regular_file() || entry.path().extension() == ".txt" || entry.path().extension() == ".tflite")
            continue;
        Result<std::string> const file = read_file(entry.path().string());
        ASSERT_TRUE(file);
        check_and_cut(entry.path().string(), *file);
        ++files;
    }
    EXPECT_GT(files, 500);
}

// A JPEG seen from afar by its walk, beside what the library decodes of it: the walk may be silent where the library is not, never the
// other way round.

// The picture at an eighth, grey.
class Eighth final : public Canvas {
  public:
    void begin(std::uint32_t columns, std::uint32_t, std::uint32_t) override { width = columns; }
    void row(std::span<std::uint8_t const> rgb) override {
        for (std::size_t i = 0; i + 2 < rgb.size(); i += 3) grey.push_back((77 * rgb[i] + 150 * rgb[i + 1] + 29 * rgb[i + 2]) / 256);
    }
    void end() override {}
    std::uint32_t enough_side() const override { return 1; }
    std::uint32_t width = 0;
    std::vector<int> grey;
};

FarView far_view(std::string_view file) { return walk_picture(file, 1u << 20).far; }

enum class Colours : std::uint8_t { real, any };

// Whether what is seen from afar of `file`, if anything, is what the library makes of it, without a word of complaint. Where colours
// are more than light can be, which no camera writes, those who make pixels cut them: only the size is compared.
::testing::AssertionResult agrees(std::string_view file, Colours colours) {
    FarView const far = far_view(file);
    if (far.grey.empty()) return ::testing::AssertionSuccess();
    Eighth eighth;
    if (std::optional<Trouble> const trouble = decode_jpeg(file, eighth)) return ::testing::AssertionFailure() << trouble->detail;
    if (eighth.width != far.width || eighth.grey.size() != far.grey.size()) return ::testing::AssertionFailure() << "another size";
    if (colours == Colours::any) return ::testing::AssertionSuccess();
    std::size_t apart = 0;
    for (std::size_t i = 0; i < far.grey.size(); ++i) apart += std::abs(eighth.grey[i] - far.grey[i]) > 8;
    if (apart * 5 > far.grey.size()) return ::testing::AssertionFailure() << apart << " of " << far.grey.size() << " differ";
    return ::testing::AssertionSuccess();
}

TEST(FarView, IsTheDecodedPictureAtAnEighth) {
    for (Colour const colour : {Colour::full, Colour::half, Colour::quarter}) {
        for (std::uint32_t const side : {64u, 77u, 120u}) {
            std::string const file = to_jpeg(add_detail(draw_scene(3, side, side + 9)), 90, colour);
            EXPECT_FALSE(far_view(file).grey.empty());
            EXPECT_TRUE(agrees(file, Colours::real)) << side;
            for (std::size_t size = 0; size < file.size(); size += 97) EXPECT_TRUE(far_view(file.substr(0, size)).grey.empty()) << size;
        }
    }
}

TEST(FarView, IsNotGivenOfWhatTheLibraryComplainsOf) {
    std::mt19937 draw(7);
    std::string const file = to_jpeg(add_detail(draw_scene(4, 64, 64)));
    std::size_t seen = 0;
    for (int i = 0; i < 4000; ++i) {
        std::string changed = file;
        // Every second one in the header.
        std::size_t const within = i % 2 ? file.size() : 700;
        for (unsigned changes = 1 + draw() % 2; changes > 0; --changes) changed[draw() % within] = static_cast<char>(draw());
        seen += far_view(changed).grey.size() > 0;
        ASSERT_TRUE(agrees(changed, Colours::any)) << i;
    }
    EXPECT_GT(seen, 100u);
    // What is no marker, before fill bytes.
    EXPECT_TRUE(far_view(file.substr(0, 2) + "\xFF\x6D\xFF" + file.substr(2)).grey.empty());
}

TEST(FarView, AgreesOnTheSharedPhotos) {
    char const* const set = std::getenv("KEEPMUM_DATA");
    std::filesystem::path const root = set ? set : KEEPMUM_SOURCE "/../shared/data";
    if (!std::filesystem::is_directory(root / "photos")) GTEST_SKIP() << "no data at " << root;
    std::size_t seen = 0;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(root / "photos")) {
        if (!entry.is_regular_file() || (entry.path().extension() != ".jpg" && entry.path().extension() != ".JPG")) continue;
        Result<std::string> const file = read_file(entry.path().string());
        ASSERT_TRUE(file);
        seen += !far_view(*file).grey.empty();
        EXPECT_TRUE(agrees(*file, Colours::real)) << entry.path();
    }
    EXPECT_GT(seen, 100u);
}

}  // namespace
}  // namespace keepmum
