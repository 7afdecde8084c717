// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_writer.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

std::string quoted(std::string_view text) {
    std::string out;
    append_json_string(out, text);
    return out;
}

TEST(JsonWriter, NestsAndParts) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("a", 1).field("b", true).key("c").begin_array().value("x").value(2u).end_array();
    json.key("d").begin_object().end_object().key("e").begin_array().end_array().field("f", "z").end_object();
    EXPECT_EQ(out, R"({"a":1,"b":true,"c":["x",2],"d":{},"e":[],"f":"z"})");
}

TEST(JsonWriter, EscapesWhatTheStandardAsks) {
    EXPECT_EQ(quoted("a\"b\\c\n\t\r\x01\x1b"), R"("a\"b\\c\n\t\r\u0001\u001b")");
    EXPECT_EQ(quoted(std::string_view("\0", 1)), R"("\u0000")");
}

TEST(JsonWriter, ShowsWhatDisguisesItself) {
    EXPECT_EQ(quoted("a\u202Eb\u200Bc\u2028\x7F"), R"("a\u202eb\u200bc\u2028\u007f")");
    EXPECT_EQ(quoted("\U000E0041"), R"("\udb40\udc41")");
    EXPECT_EQ(quoted("\xC2\x9B" "31m"), R"("\u009b31m")");
}

TEST(JsonWriter, KeepsTextAndReplacesInvalidBytes) {
    EXPECT_EQ(quoted("机密 é"), "\"机密 é\"");
    EXPECT_EQ(quoted("a\xFF\xC3"), "\"a\uFFFD\uFFFD\"");
}

}  // namespace
}  // namespace keepmum
