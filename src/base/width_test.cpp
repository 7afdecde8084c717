// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/width.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

using Lines = std::vector<std::string>;

TEST(Width, CountsColumns) {
    EXPECT_EQ(display_width("abc"), 3u);
    EXPECT_EQ(display_width("机密"), 4u);
    EXPECT_EQ(display_width("e\u0301\u200B"), 1u);
    EXPECT_EQ(display_width("••"), 2u);
    EXPECT_EQ(display_width(""), 0u);
    EXPECT_EQ(fit_width("机密文件", 5), "机密");
}

TEST(Wrap, BreaksAtSpaces) {
    EXPECT_EQ(wrap("one two three four", 9), (Lines{"one two", "three", "four"}));
    EXPECT_EQ(wrap("  one\ntwo ", 80), (Lines{"one two"}));
    EXPECT_EQ(wrap("", 80), (Lines{""}));
}

TEST(Wrap, BreaksBetweenChineseCharactersButNotBeforeACommaOrBehindABracket) {
    EXPECT_EQ(wrap("暂时不能发出，请看", 12), (Lines{"暂时不能发", "出，请看"}));
    EXPECT_EQ(wrap("一二三四五（六七", 12), (Lines{"一二三四五", "（六七"}));
    EXPECT_EQ(wrap("用密码打开PDF文件", 10), (Lines{"用密码打开", "PDF文件"}));
}

TEST(Wrap, CutsWhatIsTooLongForALine) {
    EXPECT_EQ(wrap("abcdefghij", 4), (Lines{"abcd", "efgh", "ij"}));
    EXPECT_EQ(wrap("x abcdefghij", 4), (Lines{"x", "abcd", "efgh", "ij"}));
}

TEST(Wrap, NeverExceedsTheWidth) {
    std::string const text = "offer（第 2 页第 3 行）3501••••••••••002X：机密★长期，averyveryverylongwordindeed。end";
    for (std::size_t columns = 2; columns < 60; ++columns) {
        for (std::string const& line : wrap(text, columns)) EXPECT_LE(display_width(line), columns);
    }
}

}  // namespace
}  // namespace keepmum
