// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/align.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "index/gram.h"
#include "index/made_key_test.h"
#include "index/made_text_test.h"

namespace keepmum {
namespace {

// Letters of equal chance, so that what agrees was meant to.
std::string draw_letters(Dice& dice, std::size_t count) {
    std::string letters;
    for (std::size_t i = 0; i < count; ++i) letters += static_cast<char>('a' + dice() % 26);
    return letters;
}

struct AlignTest : testing::Test {
    GramSelector selector{made_key(1)};
    Dice dice{11};
    Aligner aligner;

    std::vector<std::uint8_t> codes_of(std::string const& letters) const {
        std::vector<std::uint8_t> codes;
        for (std::size_t i = 0; i < letters.size(); ++i) {
            auto const before = static_cast<std::uint16_t>(i > 0 ? letters[i - 1] : 0);
            codes.push_back(selector.letter_code(Stream::latin, before, static_cast<std::uint16_t>(letters[i])));
        }
        return codes;
    }
    std::uint32_t score(std::string const& here, std::size_t here_at, std::string const& there, std::size_t there_at, std::size_t behind = 0) {
        return aligner.score(Stream::latin, codes_of(here), codes_of(there), {here_at, there_at, 0, behind});
    }
    std::vector<std::uint8_t> chinese_codes_of(std::string const& letters) const {
        std::vector<std::uint8_t> codes;
        for (char letter : letters) codes.push_back(selector.letter_code(Stream::cjk, 0, static_cast<std::uint16_t>(0x4E00 + letter)));
        return codes;
    }
};

TEST_F(AlignTest, CountsLettersThatAgreeLessFourForEachError) {
    std::string const quote = draw_letters(dice, 60);
    std::string const there = draw_letters(dice, 100) + quote + draw_letters(dice, 100);
    std::string const before = draw_letters(dice, 50), after = draw_letters(dice, 50);
    auto const score_of = [&](std::string const& changed) { return score(before + changed + after, 55, there, 105); };
    EXPECT_NEAR(score_of(quote), 60, 2);
    std::string other = quote;
    other[30] = other[30] == 'x' ? 'y' : 'x';
    EXPECT_NEAR(score_of(other), 55, 2);
    EXPECT_NEAR(score_of(quote.substr(0, 30) + quote.substr(31)), 55, 2);
    EXPECT_NEAR(score_of(quote.substr(0, 30) + "x" + quote.substr(30)), 56, 2);
    // A word in between that is another one: the longer side counts alone.
    EXPECT_NEAR(score_of(quote.substr(0, 35) + draw_letters(dice, 12) + quote.substr(47)), 35, 4);
}

TEST_F(AlignTest, GoesOnOverManyErrorsToWhatIsKnownToBeShared) {
    std::string const quote = draw_letters(dice, 220);
    // Of 60 letters in the middle each third is another one: -40. Then all agree.
    std::string changed = quote;
    for (std::size_t i = 60; i < 120; i += 3) changed[i] = changed[i] == 'x' ? 'y' : 'x';
    EXPECT_NEAR(score(changed, 50, quote, 50), 60, 3) << "nothing is known: the first 60 alone";
    EXPECT_NEAR(score(changed, 50, quote, 50, 120), 120, 3);
    std::string const mirrored(changed.rbegin(), changed.rend()), quote_mirrored(quote.rbegin(), quote.rend());
    EXPECT_NEAR(aligner.score(Stream::latin, codes_of(mirrored), codes_of(quote_mirrored), {170, 170, 120, 0}), 120, 3);
}

TEST_F(AlignTest, OneChineseCharacterBetweenErrorsCounts) {
    std::string const quote = draw_letters(dice, 20);
    std::string other = quote;
    other[9] = other[11] = '-';
    std::vector<std::uint8_t> const here = chinese_codes_of(other), there = chinese_codes_of(quote);
    EXPECT_EQ(aligner.score(Stream::cjk, there, there, {0, 0}), 20u);
    EXPECT_EQ(aligner.score(Stream::cjk, there, there, {19, 19}), 20u);
    EXPECT_EQ(aligner.score(Stream::cjk, here, there, {3, 3}), 10u) << "9 + 1 + 8, less two errors, or one side alone";
}

TEST_F(AlignTest, StaysWithinBothTexts) {
    std::string const text = draw_letters(dice, 40);
    EXPECT_EQ(score(text, 0, text, 0), 40u);
    EXPECT_EQ(score(text, 39, text, 39), 40u);
    EXPECT_EQ(score(text, 40, text, 0), 0u);
    EXPECT_EQ(score(text, 0, text, 40), 0u);
    EXPECT_EQ(score("", 0, "", 0), 0u);
    std::vector<std::uint8_t> const chinese = chinese_codes_of(text);
    EXPECT_EQ(aligner.score(Stream::cjk, chinese, chinese, {0, 39}), 1u);
}

TEST_F(AlignTest, StrangersScoreNextToNothing) {
    for (int round = 0; round < 200; ++round) {
        EXPECT_LT(score(draw_letters(dice, 300), 150, draw_letters(dice, 300), 150), 20u) << round;
    }
}

}  // namespace
}  // namespace keepmum
