// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/context.h"

#include <gtest/gtest.h>

#include "detect/check_digits.h"

namespace keepmum {
namespace {

std::string_view near(std::string_view text, std::string_view number, std::span<std::string_view const> words,
                      Evidence const& evidence = {.kind = Kind::text}) {
    std::size_t const at = text.find(number);
    return find_near({evidence, text, {}}, {at, at + number.size()}, words);
}

TEST(Context, FindsWholeWordsOnly) {
    std::string_view const words[] = {"lic", "id card", "身份证", "иин", "numéro"};
    EXPECT_EQ(near("public 123", "123", words), "");
    EXPECT_EQ(near("my LIC: 123", "123", words), "lic");
    EXPECT_EQ(near("lics 123", "123", words), "lic");
    EXPECT_EQ(near("idCard=123", "123", words), "id card");
    EXPECT_EQ(near("ID_CARD\n123", "123", words), "id card");
    EXPECT_EQ(near("他的身份证号123", "123", words), "身份证");
    EXPECT_EQ(near("ИИН 123", "123", words), "иин");
    EXPECT_EQ(near("123 is the NUMÉRO", "123", words), "numéro");
    EXPECT_EQ(near("solicit 123", "123", words), "");
    EXPECT_EQ(near("lic " + std::string(60, '.') + "123", "123", words), "");
}

TEST(Context, ReadsTheHeadOfTheColumnAndNotTheRowAbove) {
    std::string_view const words[] = {"phone"};
    std::string_view const text = "name\tphone\tother\nbob\t111\t222\nphone\t333\t444\n";
    Evidence evidence{.kind = Kind::records};
    evidence.names = {"name", "Phone No", "other"};
    std::int32_t row = 1, column = 1;
    for (std::uint32_t at = 0; at < text.size(); ++at) {
        if (at == 0 || text[at - 1] == '\t' || text[at - 1] == '\n') {
            evidence.marks.push_back({at, Mark::What::cell, row, column});
        }
        if (text[at] == '\t') ++column;
        if (text[at] == '\n') ++row, column = 1;
    }
    EXPECT_EQ(near(text, "111", words, evidence), "phone");
    EXPECT_EQ(near(text, "222", words, evidence), "");
    EXPECT_EQ(near(text, "444", words, evidence), "phone");
}

TEST(CheckDigits, AgreeWithPublishedExamples) {
    EXPECT_TRUE(passes_mod_11_2("11010519491231002X"));
    EXPECT_FALSE(passes_mod_11_2("110105194912310021"));
    EXPECT_TRUE(passes_luhn("79927398713"));
    EXPECT_FALSE(passes_luhn("79927398710"));
    EXPECT_TRUE(passes_verhoeff("2363"));
    EXPECT_FALSE(passes_verhoeff("2364"));
    EXPECT_TRUE(passes_mod_11_10("07945"));
    EXPECT_EQ(remainder_97("3214282912345698765432161182"), 1);
    EXPECT_TRUE(is_birth_date(2000, 2, 29));
    EXPECT_FALSE(is_birth_date(1900, 2, 29));
    EXPECT_FALSE(is_birth_date(2999, 1, 1));
    EXPECT_TRUE(is_monotonous("7890123"));
    EXPECT_FALSE(is_monotonous("7890133"));
}

}  // namespace
}  // namespace keepmum
