// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/redactor.h"

#include <gtest/gtest.h>

#include "report/mask.h"

namespace keepmum {
namespace {

TEST(Mask, KeepsOnlyTheEnds) {
    EXPECT_EQ(mask("35010219900101002X"), "3501••••••••••002X");
    EXPECT_EQ(mask("6222021234567890"), "6222••••••••7890");
    EXPECT_EQ(mask("Tr0ub4dor&3"), "Tr•••••••&3");
    EXPECT_EQ(mask("12345678"), "12••••78");
    EXPECT_EQ(mask("hunter2"), "h••••••");
    EXPECT_EQ(mask("ab"), "••");
    EXPECT_EQ(mask(""), "");
}

TEST(Mask, ShowsOneChineseCharacterOfFourOrMore) {
    EXPECT_EQ(mask("夜莺计划"), "夜••划");
    EXPECT_EQ(mask("张三丰"), "•••");
    EXPECT_EQ(mask("计划A1"), "计•••");
}

TEST(Mask, IsShortForLongValuesAndHidesControls) {
    std::string const key = "-----BEGIN KEY-----\n" + std::string(2000, 'x') + "\nEND\n";
    EXPECT_EQ(mask(key), "----••••••••••••");
}

TEST(Redactor, MasksAValueWhereverItStands) {
    Redactor redactor;
    redactor.add("35010219900101002X");
    EXPECT_EQ(redactor.redact("id 35010219900101002X.docx"), "id 3501••••••••••002X.docx");
    EXPECT_EQ(redactor.redact("plain text"), "plain text");
}

TEST(Redactor, KnowsOtherSpellings) {
    Redactor redactor;
    redactor.add("6222 0212 3456 7890");
    for (std::string const text : {"6222021234567890", "6222-0212-3456-7890", "６２２２０２１２３４５６７８９０", "%36222%30212%33456%37890",
                                   "6222&#48;212&#x33;4567890", "6222\u200B0212\u200B3456\u200B7890", "62220212\\u0033\\x34567890",
                                   "%2536222%253021234567890"}) {
        std::string const out = redactor.redact("x" + text + "y");
        EXPECT_EQ(out.find("0212"), std::string::npos) << out;
        EXPECT_EQ(out.find("4567"), std::string::npos) << out;
        EXPECT_EQ(out.find("7890"), std::string::npos) << out;
    }
}

TEST(Redactor, LetterCaseHidesNothing) {
    Redactor redactor;
    redactor.add("AKIAIOSFODNN7EXAMPLE");
    EXPECT_EQ(redactor.redact("akiaiosfodnn7example.txt"), "••••••••••••.txt");
}

TEST(Redactor, MasksACutOffHalf) {
    Redactor redactor;
    redactor.add("abcdefghijklmnop");
    EXPECT_EQ(redactor.redact("see ghijklm"), "see •••••••");
    EXPECT_EQ(redactor.redact("see ghijk"), "see ghijk");
}

TEST(Redactor, ShortValuesAreWordsOfTheirOwn) {
    Redactor redactor;
    redactor.add("4711");
    EXPECT_EQ(redactor.redact("room 4711, not 147110"), "room 4•••, not 147110");
}

TEST(Redactor, ChineseValuesAreMaskedInWholeCharacters) {
    Redactor redactor;
    redactor.add("夜莺计划");
    EXPECT_EQ(redactor.redact("关于夜莺计划的通知"), "关于夜••划的通知");
    std::string const out = redactor.redact("夜莺行动");
    EXPECT_EQ(out.find("夜莺"), std::string::npos);
    EXPECT_NE(out.find("行动"), std::string::npos);
}

TEST(Redactor, LooksAcrossTheBordersOfParts) {
    Redactor redactor;
    redactor.add("abcdefghijklmnop");
    auto const parts = redactor.redact_parts({"see abc", "", "defgh", " end"});
    EXPECT_EQ(parts, (std::vector<std::string>{"see •••", "", "•••••", " end"}));
}

TEST(Redactor, IgnoresWhatIsTooShortToMask) {
    Redactor redactor;
    redactor.add("a");
    redactor.add("");
    EXPECT_TRUE(redactor.empty());
}

}  // namespace
}  // namespace keepmum
