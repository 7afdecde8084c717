// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/byte_set.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace keepmum {
namespace {

TEST(ByteSet, HoldsWhatItNames) {
    constexpr ByteSet set("a-cX0-2+-");
    std::string held;
    for (int c = 0; c < 256; ++c) {
        if (set.holds(static_cast<char>(c))) held += static_cast<char>(c);
    }
    EXPECT_EQ(held, "+-012Xabc");
}

TEST(ByteSet, ReadsAllWaysAlike) {
    std::mt19937 random(5);
    std::string text;
    for (int c = 0; c < 64 * 64; ++c) text += static_cast<char>(c < 256 ? c : random());
    for (ByteSet const& set : {ByteSet("A-Za-z0-9"), ByteSet("0\\%&="), ByteSet("a-z_.=-"), ByteSet({"\0-\x7F", 3}), ByteSet("")}) {
        std::uint64_t best[64], singly[64];
        set.read(text.data(), 64, best);
        set.read_singly(text.data(), 64, singly);
        for (int i = 0; i < 64; ++i) EXPECT_EQ(best[i], singly[i]) << i;
        for (std::size_t size : {1u, 63u, 64u, 65u, 500u, 4096u}) {
            ByteSetWords words(set, std::string_view(text).substr(0, size));
            for (std::size_t number : {std::size_t{0}, (size - 1) / 64, (size - 1) / 128}) {
                std::uint64_t const there = size - 64 * number < 64 ? (std::uint64_t{1} << (size - 64 * number)) - 1 : ~std::uint64_t{0};
                EXPECT_EQ(words.word(number), singly[number] & there) << size << " " << number;
            }
        }
    }
}

}  // namespace
}  // namespace keepmum
