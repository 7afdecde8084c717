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
        std::uint64_t singly[64] = {};
        for (std::size_t i = 0; i < text.size(); ++i) singly[i / 64] |= static_cast<std::uint64_t>(set.holds(text[i])) << i % 64;
        for (ByteSet::Width const width : {ByteSet::Width::one, ByteSet::Width::sixteen, ByteSet::Width::thirty_two}) {
            if (width > ByteSet::widest()) continue;
            std::uint64_t words[64];
            set.read_by(width, text.data(), 64, words);
            for (int i = 0; i < 64; ++i) EXPECT_EQ(words[i], singly[i]) << i << " by " << static_cast<int>(width);
        }
        for (std::size_t size : {1u, 63u, 64u, 65u, 500u, 4096u}) {
            ByteSetWords words(set, std::string_view(text).substr(0, size));
            for (std::size_t number : {std::size_t{0}, (size - 1) / 64, (size - 1) / 128}) {
                std::uint64_t const there = size - 64 * number < 64 ? (std::uint64_t{1} << (size - 64 * number)) - 1 : ~std::uint64_t{0};
                EXPECT_EQ(words.word(number), singly[number] & there) << size << " " << number;
            }
        }
    }
}

TEST(ByteSet, CountsAndFindsMembers) {
    ByteSet const set("xyz");
    for (std::size_t size = 0; size < 9000; size += size < 200 ? 1 : 37) {
        std::string text(size, 'x');
        EXPECT_EQ(count_members(set, text), size);
        text = std::string(size, 'a') + "y" + std::string(size, 'a') + "z";
        EXPECT_EQ(count_members(set, text), 2u);
        EXPECT_EQ(find_member(set, text), size);
        EXPECT_EQ(find_member(set, text.substr(0, size)), size);
    }
    std::string controls;
    for (int c = 0; c < 256; ++c) {
        if (unusual_controls.holds(static_cast<char>(c))) controls += static_cast<char>(c);
    }
    EXPECT_EQ(controls, std::string("\0\1\2\3\4\5\6\7\x08\x0B\x0E\x0F\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1A\x1C\x1D\x1E\x1F", 27));
}

}  // namespace
}  // namespace keepmum
