// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/gram.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "index/made_key_test.h"

namespace keepmum {
namespace {

std::string random_letters(std::mt19937& random, std::size_t size, char first = 'a', int kinds = 26) {
    std::string letters(size, '\0');
    for (char& c : letters) c = static_cast<char>(first + static_cast<int>(random() % static_cast<unsigned>(kinds)));
    return letters;
}

std::u16string random_characters(std::mt19937& random, std::size_t size) {
    std::u16string letters(size, u'\0');
    for (char16_t& c : letters) c = static_cast<char16_t>(0x4E00 + random() % 3000);
    return letters;
}

template <class Text>
std::vector<Gram> grams_of(GramSelector const& selector, Text const& letters, Layer layer) {
    std::vector<Gram> grams;
    selector.select(letters, layer, grams);
    return grams;
}

// Of two texts with one run in common, that run and nothing else: does a gram lie in it in both?
template <class Text>
bool touched(GramSelector const& selector, Text const& one, std::size_t one_at, Text const& other, std::size_t other_at,
             std::size_t run, Layer layer) {
    std::size_t const k = setting_of(layer).length;
    std::map<std::uint64_t, std::size_t> there;
    for (Gram const& gram : grams_of(selector, one, layer)) {
        if (gram.at >= one_at && gram.at + k <= one_at + run) there[gram.hash] = gram.at - one_at;
    }
    for (Gram const& gram : grams_of(selector, other, layer)) {
        if (gram.at < other_at || gram.at + k > other_at + run) continue;
        auto const found = there.find(gram.hash);
        if (found != there.end() && found->second == gram.at - other_at) return true;
    }
    return false;
}

TEST(Gram, ASharedRunOfTheGuaranteedLengthIsAlwaysTouched) {
    std::mt19937 random(1);
    for (int round = 0; round < 400; ++round) {
        GramSelector const selector(made_key(static_cast<unsigned>(round)));
        for (std::size_t number = 0; number < layer_count; ++number) {
            Layer const layer = static_cast<Layer>(number);
            std::size_t const run = setting_of(layer).guarantee();
            std::size_t const one_at = random() % 3000, other_at = random() % 3000;
            auto const check = [&](auto one, auto other, auto const& shared) {
                one.replace(one_at, run, shared), other.replace(other_at, run, shared);
                EXPECT_TRUE(touched(selector, one, one_at, other, other_at, run, layer)) << number << " round " << round;
            };
            if (setting_of(layer).stream == Stream::cjk) {
                check(random_characters(random, 6000), random_characters(random, 6000), random_characters(random, run));
            } else {
                int const kinds = round % 4 == 0 ? 2 : 26;  // texts of few letters have many ties
                check(random_letters(random, 6000), random_letters(random, 6000), random_letters(random, run, 'a', kinds));
            }
        }
    }
}

TEST(Gram, DensityIsTwoOfTheWindow) {
    std::mt19937 random(2);
    GramSelector const selector(made_key(2));
    std::string const latin = random_letters(random, 200'000);
    std::u16string const cjk = random_characters(random, 200'000);
    for (std::size_t number = 0; number < layer_count; ++number) {
        Layer const layer = static_cast<Layer>(number);
        GramSetting const& setting = setting_of(layer);
        double const share = static_cast<double>((setting.stream == Stream::cjk ? grams_of(selector, cjk, layer)
                                                                                : grams_of(selector, latin, layer)).size()) / 200'000;
        double const expected = 2.0 / (setting.length - setting.part + 1);
        EXPECT_NEAR(share, expected, 0.03 * expected) << number;
    }
}

TEST(Gram, WhereItStandsChangesNothing) {
    std::mt19937 random(3);
    GramSelector const selector(made_key(3));
    std::string const text = random_letters(random, 9000);
    std::vector<Gram> const whole = grams_of(selector, text, Layer::latin_plain);
    for (std::size_t cut : {1u, 7u, 2047u, 2048u, 2049u, 4100u}) {
        std::vector<Gram> const part = grams_of(selector, text.substr(cut), Layer::latin_plain);
        std::size_t const skip = whole.size() - part.size();
        ASSERT_LE(part.size(), whole.size());
        for (std::size_t i = 0; i < part.size(); ++i) {
            EXPECT_EQ(part[i].hash, whole[skip + i].hash);
            EXPECT_EQ(part[i].at + cut, whole[skip + i].at);
        }
    }
}

TEST(Gram, AnotherKeyGivesOtherGrams) {
    std::mt19937 random(4);
    std::string const text = random_letters(random, 9000);
    std::map<std::uint64_t, int> seen;
    for (Gram const& gram : grams_of(GramSelector(made_key(4)), text, Layer::latin_plain)) seen[gram.hash] = 1;
    for (Gram const& gram : grams_of(GramSelector(made_key(5)), text, Layer::latin_plain)) EXPECT_FALSE(seen.contains(gram.hash));
}

TEST(Gram, ShortTextsHaveNone) {
    GramSelector const selector(made_key(6));
    EXPECT_TRUE(grams_of(selector, std::string(19, 'a'), Layer::latin_plain).empty());
    EXPECT_TRUE(grams_of(selector, std::string(), Layer::latin_loose).empty());
    EXPECT_EQ(grams_of(selector, std::string(20, 'a'), Layer::latin_plain).size(), 1u);
}

}  // namespace
}  // namespace keepmum
