// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/base64.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

TEST(Base64, DecodesBothAlphabets) {
    EXPECT_EQ(decode_base64(""), "");
    EXPECT_EQ(decode_base64("Zg=="), "f");
    EXPECT_EQ(decode_base64("Zg"), "f");
    EXPECT_EQ(decode_base64("Zm8="), "fo");
    EXPECT_EQ(decode_base64("Zm9v"), "foo");
    EXPECT_EQ(decode_base64("Zm9v\r\nYmFy"), "foobar");
    EXPECT_EQ(decode_base64("-_-_"), decode_base64("+/+/"));
    EXPECT_EQ(decode_base64("//79"), "\xff\xfe\xfd");
}

TEST(Base64, Encodes) {
    for (char const* text : {"", "f", "fo", "foo", "foob", "\xff\xfe\xfd"}) EXPECT_EQ(decode_base64(encode_base64(text)), text);
    EXPECT_EQ(encode_base64("fo"), "Zm8=");
    EXPECT_EQ(encode_base64("\xff\xfe\xfd"), "//79");
}

TEST(Base64, RefusesWhatIsNone) {
    for (char const* text : {"Z", "Zm9vY", "Zg===", "Zg==Zg", "Zm9v!", "密码"})
        EXPECT_FALSE(decode_base64(text)) << text;
}

}  // namespace
}  // namespace keepmum
