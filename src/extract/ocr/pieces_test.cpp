// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/pieces.h"

#include <gtest/gtest.h>

namespace keepmum::ocr {
namespace {

TEST(Pieces, OfPicturesOfUsualShapesThereIsOne) {
    for (auto const& [width, height] : {std::pair(1u, 1u), {40u, 40u}, {640u, 480u}, {2000u, 1500u}, {1500u, 2000u}, {2500u, 1080u},
                                        {900u, 1600u}, {3000u, 41u}})
        EXPECT_EQ(pieces_of(width, height).count, 1u) << width << ' ' << height;
    EXPECT_NEAR(pieces_of(2000, 1500).scale, 0.6455F, 0.001F);
    EXPECT_EQ(pieces_of(100, 100).scale, 2);
}

TEST(Pieces, OfLongOnesCoverAllOfThem) {
    for (auto const& [width, height] : {std::pair(1080u, 30'000u), {30'000u, 1080u}, {300u, 20'000u}, {41u, 400'000u}, {1u, 60'000'000u}}) {
        Pieces const pieces = pieces_of(width, height);
        std::uint32_t const longer = std::max(width, height), shorter = std::min(width, height);
        ASSERT_GT(pieces.count, 1u);
        EXPECT_EQ(pieces.down, height > width);
        EXPECT_GE((pieces.count - 1) * pieces.step + pieces.length, longer);
        EXPECT_LT((pieces.count - 2) * pieces.step + pieces.length, longer) << "none is there for nothing";
        float const pixels = static_cast<float>(pieces.length) * static_cast<float>(shorter) * pieces.scale * pieces.scale;
        EXPECT_LT(pixels, 1.26e6F);
        // Whoever owns a place sees it.
        for (float at = 0.5F; at < static_cast<float>(longer); at += static_cast<float>(longer) / 997) {
            std::size_t const owner = pieces.owner(at);
            ASSERT_LT(owner, pieces.count);
            EXPECT_GE(at, static_cast<float>(owner * pieces.step));
            EXPECT_LE(at, static_cast<float>(owner * pieces.step + pieces.length));
        }
    }
}

TEST(Pieces, AreCutOutAsTheyAre) {
    Grey picture{60, 30'000, {}};
    for (std::uint32_t i = 0; i < 60 * 30'000; ++i) picture.values.push_back(static_cast<std::uint8_t>(i / 60 % 251 + i % 60 % 4));
    for (Pieces pieces = pieces_of(60, 30'000); std::size_t i : {std::size_t{0}, std::size_t{1}, pieces.count - 1}) {
        Grey const piece = cut_piece(picture, pieces, i);
        ASSERT_EQ(piece.width, 60u);
        ASSERT_EQ(piece.values.size(), std::size_t{60} * piece.height);
        for (std::uint32_t y : {0u, piece.height - 1}) EXPECT_EQ(piece.row(y)[7], picture.row(y + static_cast<std::uint32_t>(i) * pieces.step)[7]);
    }
}

}  // namespace
}  // namespace keepmum::ocr
