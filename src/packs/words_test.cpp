// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/words.h"

#include <gtest/gtest.h>

#include "packs/rarity.h"

namespace keepmum {
namespace {

TEST(Words, FindsAnywhereWithoutCase) {
    WordSet const words({"Example", "x", "ab", "", "密码"});
    EXPECT_EQ(words.find_in("someEXAMPLEhere"), "example");
    EXPECT_EQ(words.find_in("1x2"), "x");
    EXPECT_EQ(words.find_in("2x"), "x");
    EXPECT_EQ(words.find_in("cAB"), "ab");
    EXPECT_TRUE(words.any_in("我的密码"));
    EXPECT_FALSE(words.any_in("ecampl"));
    EXPECT_FALSE(words.any_in(""));
    EXPECT_FALSE(WordSet().any_in("x"));
}

TEST(Words, AgreesWithPlainSearch) {
    std::vector<std::string> list;
    for (int i = 0; i < 500; ++i) list.push_back("w" + std::to_string(i * 7919 % 1000));
    WordSet const words(list);
    for (int i = 0; i < 1000; ++i) {
        std::string const text = "aw" + std::to_string(i);
        bool plain = false;
        for (std::string const& word : list) plain = plain || text.find(word) != std::string::npos;
        EXPECT_EQ(words.any_in(text), plain) << text;
    }
}

TEST(Words, WholeWordsOnly) {
    EXPECT_TRUE(has_word("your lic number", "lic"));
    EXPECT_FALSE(has_word("public number", "lic"));
    EXPECT_FALSE(has_word("license", "lic"));
    EXPECT_TRUE(has_word("my_aws_key", "aws"));
    EXPECT_TRUE(has_word("myAwsKey", "aws"));
    EXPECT_TRUE(has_word("阿里云密钥", "阿里云"));
    EXPECT_FALSE(has_word("", "aws"));
}

TEST(Rarity, PartsKeysFromWords) {
    for (std::string_view key :
         {"nAH2VzKrMrRjySLlt8HC", "e0ec946fcefea5ce0d4d924f", "Tr0ub4dor&3", "qX7vLp2K",
          "383c8164d4bdd95d8b1bfbf4f540d754", "7a2f9a4289e530bef6dbf31f4cbf63d5"}) {
        EXPECT_TRUE(looks_random(key)) << key << " " << rarity(key);
    }
    for (std::string_view words :
         {"getUserPassword", "changeme", "org.springframework.security", "zhangsan123",
          "DEFAULT_MAX_RETRY_COUNT", "password_reset_token", "2024-01-15T12:30:00", "short",
          "correcthorsebattery", "SecretManagerServiceClient", "1234567890123456"}) {
        EXPECT_FALSE(looks_random(words)) << words << " " << rarity(words);
    }
    EXPECT_EQ(rarity(""), 0);
    EXPECT_DOUBLE_EQ(entropy("abcd"), 2.0);
    EXPECT_EQ(entropy(""), 0);
}

}  // namespace
}  // namespace keepmum
