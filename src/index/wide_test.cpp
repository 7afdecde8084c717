// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/wide.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <random>
#include <string>
#include <vector>

namespace keepmum {
namespace {

TEST(Wide, EveryWayHashesAsSipHashDoes) {
    std::mt19937_64 random(5);
    SipKey const key{random(), random()};
    constexpr std::size_t stride = 64;
    for (Wide const& way : all_wide()) {
        for (std::size_t size : {10u, 12u, 16u, 20u, 7u}) {
            for (std::size_t count : {1u, 7u, 8u, 9u, 64u}) {
                std::vector<std::string> runs;
                std::vector<std::uint64_t> words((size / 8 + 1) * stride), out(stride);
                for (std::size_t i = 0; i < count; ++i) {
                    std::string run((size / 8 + 1) * 8, '\0');
                    for (std::size_t at = 0; at < size; ++at) run[at] = static_cast<char>(random());
                    for (std::size_t w = 0; w <= size / 8; ++w) std::memcpy(&words[w * stride + i], run.data() + 8 * w, 8);
                    runs.push_back(run.substr(0, size));
                }
                way.hash(key, words.data(), stride, size, count, out.data());
                for (std::size_t i = 0; i < count; ++i) EXPECT_EQ(out[i], siphash(key, runs[i])) << way.name << " " << size;
            }
        }
    }
}

TEST(Wide, EveryWayOrdersAlike) {
    std::mt19937_64 random(6);
    std::string letters(4096, '\0');
    for (char& c : letters) c = static_cast<char>(random());
    std::uint64_t const key = random() | 1;
    for (std::size_t step : {1u, 2u}) {
        for (std::uint64_t mask : {0xFFFFFFFFull, step == 1 ? 0xFFFFFFFFFFFFFFull : 0xFFFFFFFFull}) {
            std::vector<std::int16_t> expected(1024), out(1024);
            all_wide()[0].order(letters.data(), step, mask, key, 1024, expected.data());
            for (Wide const& way : all_wide()) {
                way.order(letters.data(), step, mask, key, 1024, out.data());
                EXPECT_EQ(out, expected) << way.name << " step " << step;
            }
        }
    }
}

TEST(Wide, EveryWayKeepsTheSameLetters) {
    std::mt19937_64 random(7);
    std::string every;
    for (int c = 0; c < 128; ++c) every += static_cast<char>(c);
    for (int round = 0; round < 200; ++round) {
        std::size_t const size = letter_lanes * (1 + random() % 20);
        std::string text = every.substr(0, size);
        while (text.size() < size) text += static_cast<char>(random() % 128);
        if (round > 0) std::shuffle(text.begin(), text.end(), random);
        std::string letters;
        std::vector<std::uint32_t> begins;
        for (std::size_t i = 0; i < size; ++i) {
            if (!std::isalnum(static_cast<unsigned char>(text[i]))) continue;
            letters += static_cast<char>(std::tolower(text[i]));
            begins.push_back(static_cast<std::uint32_t>(1'000 + i));
        }
        for (Wide const& way : all_wide()) {
            std::string own(size, '?');
            std::vector<std::uint32_t> places(size);
            std::size_t const count = way.letters(text.data(), size, 1'000, own.data(), places.data());
            own.resize(count), places.resize(count);
            EXPECT_EQ(own, letters) << way.name;
            EXPECT_EQ(places, begins) << way.name;
        }
    }
}

}  // namespace
}  // namespace keepmum
