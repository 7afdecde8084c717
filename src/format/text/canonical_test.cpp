// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/canonical.h"

#include <gtest/gtest.h>

#include <chrono>

#include "base/utf8.h"

namespace keepmum {
namespace {

// The stretch of `text` that `needle` in its view came from.
std::string origin(std::optional<TextView> const& view, std::string_view needle, std::string_view text) {
    if (!view) return "(no view)";
    std::size_t const at = view->text.find(needle);
    if (at == std::string::npos) return "(not found in " + view->text + ")";
    Span const span = view->map.to_source({at, at + needle.size()});
    return std::string(text.substr(span.begin, span.size()));
}

TEST(Canonical, PlainTextHasNoView) {
    EXPECT_FALSE(canonical_view(""));
    EXPECT_FALSE(canonical_view("password = hunter2\n"));
    EXPECT_FALSE(canonical_view("机密文件 abc"));
    EXPECT_FALSE(canonical_view("résumé Этот документ ελληνικά"));
}

TEST(Canonical, UndoesFormsAndPointsBack) {
    struct Row {
        char const* text;
        char const* view;
        char const* needle;
        char const* source;
    };
    Row const rows[] = {
        {"key＝ｐａｓｓ１２", "key=pass12", "pass12", "ｐａｓｓ１２"},
        {"pass\u200Bword: x", "password: x", "password", "pass\u200Bword"},
        {"a\u00ADb\u2060c", "abc", "abc", "a\u00ADb\u2060c"},
        {"138\u00A00013\u30008000", "138 0013 8000", "138 0013 8000", "138\u00A00013\u30008000"},
        {"①③⑧", "138", "138", "①③⑧"},
        {"⻘⻰⻢⼈", "青龙马人", "青龙马人", "⻘⻰⻢⼈"},  // as PDF gives them out
        {"𝐬𝐞𝐜𝐫𝐞𝐭!", "secret!", "secret", "𝐬𝐞𝐜𝐫𝐞𝐭"},
        {"tel ٠١٢٣٤", "tel 01234", "01234", "٠١٢٣٤"},
        {"1\uFE0F\u20E32\uFE0F\u20E3", "12", "12", "1\uFE0F\u20E32"},
        {"s\u0336e\u0336a\u0336", "sea", "sea", "s\u0336e\u0336a"},
        {"A\u0332B\u0332", "AB", "AB", "A\u0332B"},
        {"s\u0301\u0302\u0303e\u1DC4\u0300\u0301a", "sea", "sea", "s\u0301\u0302\u0303e\u1DC4\u0300\u0301a"},
        {"Vie\u0323\u0302t", "Việt", "Việt", "Vie\u0323\u0302t"},
        {"ﬁle", "file", "file", "ﬁle"},
        {"re\u0301sume\u0301 x", "résumé x", "résumé", "re\u0301sume\u0301"},
        {"ｘ\u2028ｙ", "x\ny", "x\ny", "ｘ\u2028ｙ"},
    };
    for (Row const& row : rows) {
        auto const view = canonical_view(row.text);
        ASSERT_TRUE(view) << row.text;
        EXPECT_EQ(view->text, row.view) << row.text;
        EXPECT_EQ(origin(view, row.needle, row.text), row.source) << row.text;
    }
}

TEST(Canonical, HeapsOfMarksAreTakenOffWhole) {
    std::string text;
    for (char const c : std::string_view("sea")) {
        text += c;
        for (int i = 0; i < 1000; ++i) text += "\u0301";
    }
    auto const view = canonical_view(text);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->text, "sea");
}

TEST(Canonical, LookalikesBecomeLatinOnlyWhereScriptsMix) {
    std::string const mixed = "my pаsswоrd here";  // Cyrillic a and o
    auto const view = canonical_view(mixed);
    EXPECT_EQ(origin(view, "password", mixed), "pаsswоrd");
    EXPECT_EQ(view->reasons_in({3, 11}), std::vector<std::string_view>{reason_for(Undone::lookalike)});
    EXPECT_TRUE(view->reasons_in({0, 2}).empty());
    EXPECT_EQ(canonical_view("АКІА12345678")->text, "AKIA12345678");
    EXPECT_FALSE(canonical_view("сорок рук, а не сор"));
    // Both stages at once, still mapped to the text itself.
    std::string const both = "ｐаss\u200Bｗоrd";
    EXPECT_EQ(origin(canonical_view(both), "password", both), both);
}

TEST(Canonical, NamesWhatWasUndoneWhereItWas) {
    auto const view = canonical_view("ａ b pass\u200Bword，c");
    ASSERT_TRUE(view);
    EXPECT_EQ(view->text, "a b password,c");
    EXPECT_EQ(view->reasons_in({0, 1}), std::vector<std::string_view>{reason_for(Undone::compatibility)});
    EXPECT_EQ(view->reasons_in({4, 12}), std::vector<std::string_view>{reason_for(Undone::invisible)});
    EXPECT_TRUE(view->reasons_in({12, 14}).empty());
}

TEST(Canonical, HostileRunsStayLinear) {
    std::string marks = "a";
    for (int i = 0; i < 300'000; ++i) marks += "\u0301\u0323";
    std::string zero;
    for (int i = 0; i < 300'000; ++i) zero += "\u200B";
    std::string mixed;
    for (int i = 0; i < 300'000; ++i) mixed += "aа";
    auto const start = std::chrono::steady_clock::now();
    for (std::string const& text : {marks, zero, mixed}) {
        auto const view = canonical_view(text);
        ASSERT_TRUE(view);
        EXPECT_TRUE(is_utf8(view->text));
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Numerals, RunsOfSevenBecomeDigits) {
    std::string const text = "电话：一三八〇〇一三八〇〇〇转三";
    auto const view = numerals_view(text);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->text, "电话：13800138000转三");
    EXPECT_EQ(origin(view, "13800138000", text), "一三八〇〇一三八〇〇〇");
    EXPECT_EQ(origin(view, "转三", text), "转三");
    EXPECT_EQ(view->reasons_in({9, 12}), std::vector<std::string_view>{reason_for(Undone::numerals)});
    std::string const mixed = "壹叁捌-00壹叁-捌零零零";
    EXPECT_EQ(numerals_view(mixed)->text, "138-0013-8000");
    EXPECT_FALSE(numerals_view("三三两两，一五一十"));
    EXPECT_FALSE(numerals_view("12345678 年"));
}

TEST(Spread, LettersThatStandApartBecomeWords) {
    std::string const text = "On the first page\nT O P   S E C R E T\nand 机  密 besides, a b c\n";
    auto const view = spread_view(text);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->text, "TOP SECRET\n机密\n");
    EXPECT_EQ(origin(view, "TOP SECRET", text), "T O P   S E C R E T");
    EXPECT_EQ(origin(view, "SECRET", text), "S E C R E T");
    EXPECT_EQ(origin(view, "机密", text), "机  密");
    EXPECT_EQ(view->reasons_in({0, 3}), std::vector<std::string_view>{reason_for(Undone::spread)});
    EXPECT_EQ(spread_view("P R O\nJ E C T\n\nX Y Z")->text, "PRO JECT XYZ\n");
    EXPECT_EQ(spread_view("S\nE\nC\nR\nE\nT")->text, "SECRET\n");
    EXPECT_EQ(spread_view("蓝\n鹭\n\n\n工\n程")->text, "蓝鹭 工程\n");
    EXPECT_EQ(spread_view("Z E P H")->map.to_source({0, 5}), (Span{0, 7}));
    EXPECT_FALSE(spread_view("I am a boy, x y z"));
    EXPECT_FALSE(spread_view("1 2 3 4 5 6 7 8"));
    EXPECT_FALSE(spread_view("蓝鹭 工程"));
    EXPECT_FALSE(spread_view(""));
}

// Wherever a run stands in a text that is looked at thirty-two bytes at a time, and then sixteen.
TEST(Spread, IsFoundAtEachPlaceOfALongText) {
    for (std::size_t before = 0; before < 100; ++before) {
        for (std::size_t after = 0; after < 100; after += 3) {
            std::string const front(before, '-'), back(after, '-');
            for (std::string const run : {"Z E P H", "Z   E   P   H", "机 密", "机     密", "Z\nE\nP\nH"}) {
                std::string const text = front + (before > 0 ? " " : "") + run + (after > 0 ? " " : "") + back;
                auto const view = spread_view(text);
                ASSERT_TRUE(view) << text;
                EXPECT_EQ(view->text, run[0] == 'Z' ? "ZEPH\n" : "机密\n") << text;
            }
        }
    }
}

TEST(Smuggled, TagsAndSelectorsAreRead) {
    std::string text = "hello";
    for (char const c : std::string("secret")) append_utf8(text, 0xE0000 + static_cast<char32_t>(c));
    text += " there ";
    for (char const c : std::string("token")) append_utf8(text, 0xE0100 + static_cast<char32_t>(c) - 16);
    auto const view = smuggled_view(text);
    ASSERT_TRUE(view);
    EXPECT_EQ(view->text, "secret\ntoken\n");
    EXPECT_EQ(view->map.to_source({0, 6}), (Span{5, 5 + 24}));
    EXPECT_EQ(view->map.to_source({7, 12}), (Span{36, 36 + 20}));
    EXPECT_FALSE(smuggled_view("❤\uFE0F and ☀\uFE0F"));
}

}  // namespace
}  // namespace keepmum
