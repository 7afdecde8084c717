// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/encoded.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace keepmum {
namespace {

std::string piece(std::string_view text, EncodedRun const& run) {
    return std::string(text.substr(run.begin, run.end - run.begin));
}

// The only run of `text`, or a word about what there is instead.
std::string only(std::string_view text, Encoding encoding) {
    auto const runs = find_encoded(text);
    if (runs.size() != 1) return std::to_string(runs.size()) + " runs";
    if (runs[0].encoding != encoding) return "encoding " + std::to_string(static_cast<int>(runs[0].encoding));
    return piece(text, runs[0]);
}

TEST(Encoded, Base64WithPadding) {
    EXPECT_EQ(only("key: c2VjcmV0IHBhc3N3b3JkIGlzIGh1bnRlcjI=, ok", Encoding::base64),
              "c2VjcmV0IHBhc3N3b3JkIGlzIGh1bnRlcjI=");
}

TEST(Encoded, Base64IsFoundWhereverItStands) {
    std::string const run = "c2VjcmV0IHBhc3N3b3JkIGlz";
    for (std::size_t before = 0; before < 200; ++before) {
        for (std::size_t after : {0, 1, 70}) {
            std::string const text = std::string(before, ' ') + run + std::string(after, ' ');
            auto const runs = find_encoded(text);
            ASSERT_EQ(runs.size(), 1u) << before;
            EXPECT_EQ(runs[0].begin, before);
            EXPECT_EQ(runs[0].end, before + run.size());
        }
    }
}

TEST(Encoded, Base64WrappedOverLines) {
    std::string const wrapped =
        "VGhpcyBpcyBhIGxvbmdlciB0ZXh0\r\n  IHRoYXQgaXMgd3JhcHBlZCBvdmVy\r\n  IHNldmVyYWwgbGluZXMu";
    EXPECT_EQ(only("body:\n" + wrapped + "\n\nKind regards", Encoding::base64), wrapped);
}

TEST(Encoded, AWordBelowIsNoLastLine) {
    EXPECT_EQ(only("VGhpcyBpcyBhIGxvbmdlciB0ZXh0\nKind regards", Encoding::base64), "VGhpcyBpcyBhIGxvbmdlciB0ZXh0");
}

TEST(Encoded, Hex) {
    EXPECT_EQ(only("id=70617373776f72643a2068756e746572", Encoding::hex), "70617373776f72643a2068756e746572");
    EXPECT_EQ(only("x 70617373776F72643A206875\n6E74657220697320746865 y", Encoding::hex),
              "70617373776F72643A206875\n6E74657220697320746865");
    EXPECT_TRUE(find_encoded("70617373776f72643a2068").empty());
}

TEST(Encoded, WordsIdentifiersAndPathsAreNotEncoded) {
    for (std::string_view text :
         {"a_rather_long_function_name_with_words", "/usr/share/documentation/something/else",
          "InternationalizationOfEverything", "------------------------------------", "abstractFactoryBuilderFactory",
          "https://example.org/path/to/something-or-other/index.html", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaazz"}) {
        EXPECT_TRUE(find_encoded(text).empty()) << text;
    }
}

TEST(Encoded, Escapes) {
    EXPECT_EQ(only("s = '\\x70\\x61\\x73\\x73';", Encoding::hex_escapes), "\\x70\\x61\\x73\\x73");
    EXPECT_EQ(only("{0x70, 0x61,0x73, 0x73,\n 0x77, 0x6f, 0x72, 0x64}", Encoding::hex_escapes),
              "0x70, 0x61,0x73, 0x73,\n 0x77, 0x6f, 0x72, 0x64");
    EXPECT_EQ(only("go to a?q=x%E4%BD%A0y%20z now", Encoding::percent), "%E4%BD%A0y%20");
    EXPECT_EQ(only("say \\u4f60 and \\u{597d}!", Encoding::unicode_escapes), "\\u4f60 and \\u{597d}");
    EXPECT_EQ(only("&#20320;&#x597D; &amp; R&D", Encoding::entities), "&#20320;&#x597D; &amp;");
    EXPECT_EQ(only("=E4=BD=A0 hello =\nthere", Encoding::quoted_printable), "=E4=BD=A0 hello =\n");
}

TEST(Encoded, OrdinaryTextHasNoEscapes) {
    for (std::string_view text : {"a=10, b=20, c=30, d=40", "100% of 20% and 30% or 5%", "x & y && z; AT&T", "0x41",
                                  "C:\\users\\x86\\u2", "f(0x12345678, 0x9abcdef0)"}) {
        EXPECT_TRUE(find_encoded(text).empty()) << text;
    }
}

TEST(Encoded, AnythingIsTakenInOrderAndInside) {
    std::mt19937 random(7);
    std::string_view const alphabet = "aAbB0f9+/=-_ \r\n\\x%u{}&#;,G";
    for (int round = 0; round < 3000; ++round) {
        std::string text(random() % 300, ' ');
        for (char& c : text) c = alphabet[random() % alphabet.size()];
        if (round % 3 == 0) text.insert(text.size() / 2, std::string(random() % 90, 'A'));
        std::uint32_t last = 0;
        for (EncodedRun const& run : find_encoded(text)) {
            EXPECT_LT(run.begin, run.end);
            EXPECT_LE(run.end, text.size());
            EXPECT_LE(last, run.begin);
            last = run.begin;
        }
    }
}

}  // namespace
}  // namespace keepmum
