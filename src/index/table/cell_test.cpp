// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/cell.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

// All of `cell` as one form.
std::string form(std::string_view cell) {
    CellText text;
    read_cell_text(cell, text);
    if (text.tokens.empty()) return "";
    std::string buffer;
    return std::string(cell_form(text, 0, text.tokens.size() - 1, buffer).letters);
}

double bits(std::string_view cell) {
    CellText text;
    read_cell_text(cell, text);
    std::string buffer;
    return surprise(cell_form(text, 0, text.tokens.size() - 1, buffer));
}

TEST(TableCell, NumbersAreTheSameHoweverTheyAreWritten) {
    for (auto const* phone : {"13800138000", "+86 138-0013-8000", "0086 138 0013 8000", "(+86)13800138000", "138.0013.8000"}) {
        EXPECT_EQ(form(phone), "13800138000") << phone;
    }
    EXPECT_EQ(form("010-65529988"), form("+86 10 6552 9988"));
    EXPECT_EQ(form("0004711"), "4711");
    for (auto const* amount : {"1,234.50", "1234.5", "1 234.500", "01234.5"}) EXPECT_EQ(form(amount), "1234.5") << amount;
    EXPECT_EQ(form("1,234.00"), "1234");
    EXPECT_NE(form("1234.05"), form("1234.5"));
    EXPECT_EQ(form("7"), "");  // too little
}

TEST(TableCell, DaysAreTheSameHoweverTheyAreParted) {
    for (auto const* day : {"2024-01-02", "2024/1/2", "2024.1.2", "2024年1月2日", "2024年01月02日", "20240102"}) {
        EXPECT_EQ(form(day), "20240102") << day;
    }
    EXPECT_EQ(form("1.2.3"), "123");
    EXPECT_NE(form("2024-1-2x"), "20240102");
}

TEST(TableCell, WordsInAnyOrderAndCase) {
    EXPECT_EQ(form("John Smith"), form("SMITH, John"));
    EXPECT_EQ(form("Renée"), form("RENÉE"));
    EXPECT_NE(form("John Smith"), form("John Smit"));
    EXPECT_EQ(form("DE89 3704 0044 0532 0130 00"), form("de89370400440532013000"));
    EXPECT_EQ(form("AB-12345"), form("ab12345"));
    EXPECT_EQ(form("x"), "");
}

TEST(TableCell, ChineseIsCutInCharacters) {
    EXPECT_EQ(form("張偉"), form("张伟"));
    EXPECT_EQ(form("张 伟"), form("张伟"));
    EXPECT_EQ(form("王"), "");
    CellText text;
    read_cell_text("联系人张伟", text);
    ASSERT_EQ(text.tokens.size(), 5u);
    std::string buffer;
    EXPECT_EQ(cell_form(text, 3, 4, buffer).letters, "张伟");
    EXPECT_EQ(text.tokens[3].begin, 9u);
    EXPECT_EQ(text.tokens[4].end, 15u);
}

TEST(TableCell, TokensKnowLinesAndGaps) {
    CellText text;
    read_cell_text("one two\nthree ----- four", text);
    ASSERT_EQ(text.tokens.size(), 4u);
    EXPECT_EQ(text.tokens[0].gap, CellToken::far);
    EXPECT_EQ(text.tokens[1].gap, 1);
    EXPECT_EQ(text.tokens[2].line, 1u);
    EXPECT_EQ(text.tokens[3].gap, CellToken::far);
}

TEST(TableCell, EndlessRunsAreNoCells) {
    CellText text;
    read_cell_text(std::string(1000, 'a') + " b1 " + std::string(1000, '7'), text);
    ASSERT_EQ(text.tokens.size(), 2u);
    EXPECT_EQ(text.tokens[0].gap, CellToken::far);
}

TEST(TableCell, ZeroWidthCharactersDoNotPartAWord) {
    EXPECT_EQ(form("Smi\u200bth"), "smith");
    EXPECT_EQ(form("张\u200b伟"), "张伟");
}

TEST(TableCell, LongNumbersSurpriseAndShortWordsDoNot) {
    EXPECT_GT(bits("13800138000"), 35);
    EXPECT_GT(bits("20261122"), 15);
    EXPECT_LT(bits("20261122"), 20);
    EXPECT_LT(bits("4711"), 12);
    EXPECT_LT(bits("John"), 12);
    EXPECT_GT(bits("John Smith"), bits("John"));
    EXPECT_LT(bits("北京"), 20);
}

}  // namespace
}  // namespace keepmum
