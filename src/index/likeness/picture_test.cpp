// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "index/likeness/picture_hash.h"
#include "index/likeness/picture_search.h"
#include "index/likeness/picture_store.h"
#include "index/made_key_test.h"
#include "io/file.h"

namespace keepmum {
namespace {

// Blurred noise: much to see at every place, another picture for each seed.
Luminance draw(std::uint32_t seed, std::uint32_t width = 320, std::uint32_t height = 240) {
    std::mt19937 random(seed);
    Luminance picture{width, height, std::vector<float>(std::size_t{width} * height)};
    constexpr std::uint32_t cells = 12;
    float grid[cells + 1][cells + 1];
    for (auto& row : grid) {
        for (float& value : row) value = static_cast<float>(random() % 256);
    }
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) {
            float const u = static_cast<float>(x) * cells / static_cast<float>(width), v = static_cast<float>(y) * cells / static_cast<float>(height);
            auto const i = static_cast<std::size_t>(u), j = static_cast<std::size_t>(v);
            float const a = u - static_cast<float>(i), b = v - static_cast<float>(j);
            picture.values[std::size_t{y} * width + x] =
                (1 - b) * ((1 - a) * grid[j][i] + a * grid[j][i + 1]) + b * ((1 - a) * grid[j + 1][i] + a * grid[j + 1][i + 1]);
        }
    }
    return picture;
}

Luminance rotate(Luminance const& from) {
    Luminance to{from.height, from.width, std::vector<float>(from.values.size())};
    for (std::size_t y = 0; y < from.height; ++y) {
        for (std::size_t x = 0; x < from.width; ++x) to.values[x * to.width + (from.height - 1 - y)] = from.values[y * from.width + x];
    }
    return to;
}

TEST(PictureHash, OfADifferentPictureIsFarAway) {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        EXPECT_GT(distance(view_picture(draw(seed))->hash, view_picture(draw(seed + 1))->hash), 70);
    }
}

TEST(PictureHash, HalfOfItsBitsAreSet) {
    PictureHash const hash = view_picture(draw(1))->hash;
    EXPECT_EQ(distance(hash, {}), 128);
}

// A wave along one side has one coefficient above all others: the bits are where the description puts them.
TEST(PictureHash, BitsStandForFrequencies) {
    Luminance wave{64, 64, {}};
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 64; ++x) {
            wave.values.push_back(static_cast<float>(128 + 60 * std::cos(3.14159265 / 128 * 5 * (2 * x + 1)) * std::cos(3.14159265 / 128 * 3 * (2 * y + 1))));
        }
    }
    PictureHash const hash = view_picture(wave)->hash;
    int const bit = 2 * 16 + 4;  // frequency 3 down, 5 across
    EXPECT_TRUE(hash[bit / 64] >> (bit % 64) & 1);
}

TEST(PictureHash, ATurnedPictureIsFoundByItsPosition) {
    Luminance picture = draw(7);
    PictureHash const upright = sign_picture(picture).shown.at(0)[0];
    for (int quarter = 0; quarter < 4; ++quarter, picture = rotate(picture)) {
        // Turned back by what is left of a whole turn it is the one that was registered.
        auto const back = static_cast<std::size_t>((4 - quarter) % 4);
        EXPECT_EQ(sign_picture(picture).shown.at(0)[back], upright) << quarter;
    }
}

TEST(PictureHash, AMirroredOneToo) {
    Luminance picture = draw(8);
    PictureHash const upright = sign_picture(picture).shown.at(0)[0];
    for (std::size_t y = 0; y < picture.height; ++y) {
        std::reverse(picture.values.begin() + static_cast<std::ptrdiff_t>(y * picture.width), picture.values.begin() + static_cast<std::ptrdiff_t>((y + 1) * picture.width));
    }
    EXPECT_EQ(sign_picture(picture).shown.at(0)[static_cast<std::size_t>(Turn::mirrored)], upright);
}

TEST(PictureHash, AFrameIsTakenOff) {
    Luminance const picture = draw(9);
    Luminance framed{400, 400, std::vector<float>(400 * 400, 255)};
    for (std::size_t y = 0; y < picture.height; ++y) std::copy_n(&picture.values[y * picture.width], picture.width, &framed.values[(y + 30) * 400 + 50]);
    PictureSignature const signature = sign_picture(framed);
    ASSERT_EQ(signature.shown.size(), 2u);
    EXPECT_EQ(signature.shown[1], sign_picture(picture).shown[0]);
}

TEST(PictureHash, CutsAreFound) {
    Luminance const picture = draw(10, 400, 300);
    std::vector<StoredPicture> stored;
    append_pictures(1, sign_picture(picture), stored);
    for (std::uint32_t cut : {3u, 5u, 7u, 10u, 13u}) {
        std::uint32_t const dx = picture.width * cut / 100, dy = picture.height * cut / 100;
        Luminance rest{picture.width - 2 * dx, picture.height - 2 * dy, {}};
        for (std::size_t y = dy; y < picture.height - dy; ++y) {
            rest.values.insert(rest.values.end(), &picture.values[y * picture.width + dx], &picture.values[y * picture.width + picture.width - dx]);
        }
        PictureHash const asked = sign_picture(rest).shown.at(0)[0];
        bool const found = std::any_of(stored.begin(), stored.end(), [&](StoredPicture const& each) { return distance(each.hash, asked) <= alike_within; });
        EXPECT_TRUE(found) << cut;
    }
}

TEST(PictureHash, NothingToSeeGivesNoHash) {
    EXPECT_TRUE(sign_picture({200, 200, std::vector<float>(200 * 200, 90)}).shown.empty());
    EXPECT_TRUE(sign_picture({}).shown.empty());
    EXPECT_FALSE(view_picture({15, 300, std::vector<float>(15 * 300, 90)}));
    EXPECT_FALSE(view_picture({300, 300, {}}));
}

TEST(PictureSignature, IsReadAsWrittenOrNotAtAll) {
    PictureSignature const signature = sign_picture(draw(11));
    std::string const bytes = write_signature(signature);
    std::optional<PictureSignature> const read = read_signature(bytes);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->shown, signature.shown);
    EXPECT_EQ(read->cuts, signature.cuts);
    EXPECT_EQ(read->width, 320u);
    for (std::size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(read_signature(std::string_view(bytes).substr(0, size)));
    EXPECT_FALSE(read_signature(bytes + "x"));
}

PictureHash random_hash(std::mt19937_64& random) { return {random(), random(), random(), random()}; }

TEST(PictureSearch, FindsAllThatAreAlikeAndNoOther) {
    std::mt19937_64 random(1);
    std::vector<PictureHash> hashes(30'000);
    for (PictureHash& hash : hashes) hash = random_hash(random);
    // Neighbours of every distance around the limit, of which some differ in each chunk.
    std::vector<PictureHash> asked;
    for (std::uint32_t bits = 0; bits < 48; ++bits) {
        PictureHash hash = hashes[bits * 100];
        std::set<std::uint32_t> flipped;
        while (flipped.size() < bits) flipped.insert(static_cast<std::uint32_t>(random() % 256));
        for (std::uint32_t bit : flipped) hash[bit / 64] ^= std::uint64_t{1} << (bit % 64);
        asked.push_back(hash);
    }
    PictureHash spread = hashes[77];
    for (std::uint32_t bit = 0; bit < 31; ++bit) spread[bit * 8 / 64] ^= std::uint64_t{1} << (bit * 8 % 64);  // at most two a chunk
    asked.push_back(spread);
    PictureSearch const search(hashes);
    for (std::size_t i = 0; i < asked.size(); ++i) {
        auto const found = search.find(asked[i]), all = search.compare_all(asked[i]);
        ASSERT_EQ(found.size(), all.size()) << i;
        EXPECT_EQ(found.size(), i < 48 && i > alike_within ? 0u : 1u) << i;
        for (std::size_t k = 0; k < found.size(); ++k) EXPECT_EQ(found[k].number, all[k].number);
    }
}

class PictureStore : public testing::Test {
  protected:
    std::string const path_ = testing::TempDir() + "pictures_test_" + std::to_string(::getpid());
    RegisterKey const key_ = made_key(1);
    ~PictureStore() override { ::unlink(path_.c_str()); }

    std::vector<StoredPicture> some(std::size_t count) {
        std::mt19937_64 random(count);
        std::vector<StoredPicture> pictures;
        for (std::size_t i = 0; i < count; ++i) {
            pictures.push_back({random(), random_hash(random), i % 3 == 0 ? StoredPicture::Kind::whole : StoredPicture::Kind::cut});
        }
        return pictures;
    }
};

TEST_F(PictureStore, ComesBackAsWritten) {
    for (std::size_t count : {0u, 1u, 1023u, 1024u, 1025u, 5000u}) {
        std::vector<StoredPicture> const pictures = some(count);
        ASSERT_TRUE(write_pictures(path_, key_, pictures));
        EXPECT_EQ(count_pictures(path_, key_).value(), count);
        Result<std::vector<StoredPicture>> const read = read_pictures(path_, key_);
        ASSERT_TRUE(read);
        ASSERT_EQ(read->size(), count);
        for (std::size_t i = 0; i < count; ++i) {
            EXPECT_EQ((*read)[i].document, pictures[i].document);
            EXPECT_EQ((*read)[i].hash, pictures[i].hash);
            EXPECT_EQ((*read)[i].kind, pictures[i].kind);
        }
    }
}

TEST_F(PictureStore, NoFileIsNoPictures) {
    EXPECT_TRUE(read_pictures(path_, key_).value().empty());
    EXPECT_EQ(count_pictures(path_, key_).value(), 0u);
}

TEST_F(PictureStore, AnotherKeyReadsNothing) {
    ASSERT_TRUE(write_pictures(path_, key_, some(3)));
    EXPECT_EQ(read_pictures(path_, made_key(2)).error().fault, Fault::denied);
}

TEST_F(PictureStore, EveryFlippedByteIsSeen) {
    ASSERT_TRUE(write_pictures(path_, key_, some(3)));
    std::string const bytes = read_file(path_).value();
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
        ASSERT_TRUE(write_file(path_, damaged));
        EXPECT_FALSE(read_pictures(path_, key_)) << at;
    }
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        ASSERT_TRUE(write_file(path_, std::string_view(bytes).substr(0, size)));
        EXPECT_FALSE(read_pictures(path_, key_)) << size;
    }
}

TEST_F(PictureStore, NothingStandsInItInClear) {
    std::vector<StoredPicture> const pictures = some(50);
    ASSERT_TRUE(write_pictures(path_, key_, pictures));
    std::string const bytes = read_file(path_).value();
    for (StoredPicture const& each : pictures) {
        for (std::uint64_t word : each.hash) EXPECT_EQ(bytes.find(std::string_view(reinterpret_cast<char const*>(&word), 6)), std::string::npos);
    }
}

}  // namespace
}  // namespace keepmum
