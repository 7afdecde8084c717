// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tree.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

TEST(Tree, TomlKeepsOrderAndLines) {
    auto const tree = parse_toml(
        "title = 'x'\n\n[zebra]\nb = 1\na = 2.5\n[[rules]]\nid = 'one'\n[[rules]]\nid = \"two\"\non = true\n",
        "p.toml");
    ASSERT_TRUE(tree);
    ASSERT_EQ(tree->members().size(), 3u);
    EXPECT_EQ(tree->members()[1].key, "zebra");
    Tree const* const zebra = tree->find("zebra");
    EXPECT_EQ(zebra->members()[0].key, "b");
    EXPECT_EQ(zebra->members()[0].value.line(), 4u);
    EXPECT_EQ(zebra->find("a")->number(), 2.5);
    auto const rules = tree->tables("rules");
    ASSERT_TRUE(rules);
    ASSERT_EQ(rules->size(), 2u);
    EXPECT_EQ((*rules)[1].line(), 8u);
    EXPECT_EQ((*rules)[1].find("on")->where(), "p.toml:10");
    EXPECT_EQ(*(*rules)[1].text("id"), "two");
}

TEST(Tree, ComplaintsNameFileLineAndKey) {
    auto const tree = parse_toml("a = 1\nb = ['x', 2]\nc = 'y'\nd = 2026-11-22\n", "p.toml");
    ASSERT_TRUE(tree);
    auto const wrong = tree->text("a");
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().where, "p.toml:1");
    EXPECT_EQ(wrong.error().what, "'a' must be a string, not a whole number");
    EXPECT_EQ(wrong.error().zh, "“a”要写带引号的文字，现在写的是整数");
    EXPECT_EQ(tree->text("q").error().zh, "“q”没有写");
    EXPECT_EQ(tree->texts("b").error().where, "p.toml:2");
    EXPECT_EQ(tree->text("q").error().what, "'q' is missing");
    EXPECT_EQ(*tree->text("q", "none"), "none");
    EXPECT_EQ(tree->texts("c")->size(), 1u);
    EXPECT_EQ(*tree->text("d"), "2026-11-22");
    EXPECT_EQ(tree->only({"a", "b", "d"}).error().where, "p.toml:3");
    EXPECT_TRUE(tree->only({"a", "b", "c", "d"}));
}

TEST(Tree, OverlayKeepsEachOrigin) {
    auto const below = parse_toml("a = 1\nb = 2\n", "below"),
               above = parse_toml("\n\nb = 3\nc = [1, 'x', {d = 1.5}]\n", "above");
    Tree const both = overlay(*below, *above);
    EXPECT_EQ(both.find("a")->where(), "below:1");
    EXPECT_EQ(both.find("b")->where(), "above:3");
    EXPECT_EQ(both.find("b")->integer(), 3);
    EXPECT_EQ(print(both), "{ a = 1, b = 3, c = [1, 'x', { d = 1.5 }] }");
    EXPECT_EQ(print(*parse_json("[\"it's\\n\\u0001\", true, null]")), "[\"it's\\n\\u0001\", true, null]");
}

TEST(Tree, BrokenTomlNamesTheLine) {
    auto const tree = parse_toml("a = 1\nb = \n", "p.toml");
    ASSERT_FALSE(tree);
    EXPECT_EQ(tree.error().where, "p.toml:2");
    EXPECT_FALSE(parse_toml("a = 1\na = 2\n", "p"));
    for (char const* broken :
         {"[\n044{6{6C", "[", "[[", "[[\n", "[a.\n", "a.\n", "a = [\n", "a = {", "a = '", "a = {\n}", "= 1",
          "["
          "\"",
          "a = 1 b", "a = 20-", "a = \"\\u12"}) {
        EXPECT_FALSE(parse_toml(broken, "p")) << broken;
    }
}

TEST(Tree, TomlLettersOutsideAsciiStandInQuotes) {
    EXPECT_EQ(*parse_toml("# 注释 “x”\n'名' = \"值\\\"é\" # é\n", "p")->text("名"), "值\"é");
    EXPECT_EQ(*parse_toml("a = \"\"\"“a” \\\n   b 值\"\"\"\nb = 'é'", "p")->text("b"), "é");
    EXPECT_EQ(*parse_toml("a = '''值'''''\nb = 'é'", "p")->text("a"), "值''");
    EXPECT_TRUE(
        parse_toml("\xef\xbb\xbf"
                   "a = 1",
                   "p"));
    EXPECT_EQ(parse_toml("a = 1\n名 = 2\n", "p").error().where, "p:2");
    EXPECT_EQ(parse_toml("a = 1 、\n", "p").error().where, "p:1");
    EXPECT_FALSE(parse_toml("a = \"\\é\"", "p"));
    EXPECT_FALSE(parse_toml("\xef\xbb\xbe", "p"));
}

TEST(Tree, JsonKeepsOrderAndLines) {
    auto const tree = parse_json(
        "{\n \"z\": [1,\n 2\n],\n \"a\": null, \"b\": -1.5,\n\"n\":18446744073709551615}", "x.json");
    ASSERT_TRUE(tree);
    EXPECT_EQ(tree->members()[0].key, "z");
    EXPECT_EQ(tree->members()[0].value.line(), 2u);
    EXPECT_EQ(tree->find("z")->items()[1].line(), 3u);
    EXPECT_EQ(tree->find("a")->line(), 5u);
    EXPECT_TRUE(tree->find("a")->is(Tree::Kind::null));
    EXPECT_EQ(tree->find("b")->number(), -1.5);
    EXPECT_TRUE(tree->find("n")->is(Tree::Kind::floating));
}

TEST(Tree, JsonRefusesWhatIsBrokenDeepOrDouble) {
    EXPECT_FALSE(parse_json("{"));
    EXPECT_FALSE(parse_json(""));
    EXPECT_FALSE(parse_json("[1] 2"));
    EXPECT_FALSE(parse_json("{\"a\":1,\"a\":2}"));
    EXPECT_FALSE(parse_json("\"\xff\""));
    EXPECT_FALSE(parse_json("1e999"));
    EXPECT_EQ(parse_json("[\n1,\n}", "x").error().where, "x:3");
    std::string deep(200, '[');
    deep += std::string(200, ']');
    EXPECT_EQ(parse_json(deep).error().what, "is nested too deeply");
    EXPECT_TRUE(parse_json(deep, "", 200));
    EXPECT_FALSE(parse_json(std::string(1'000'000, '['), "", 1000));
}

}  // namespace
}  // namespace keepmum
