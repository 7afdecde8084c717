// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/encoded.h"

#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>

#include "base/utf8.h"

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
    std::string const longest = "c2VjcmV0IHBhc3N3b3JkIGlz";
    for (std::size_t before = 0; before < 200; ++before) {
        for (std::size_t after : {0, 1, 70}) {
            std::string const run = longest.substr(0, after == 1 ? 20 : 24);
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

bool is_sign(char c) { return c == '+' || c == '/' || c == '-' || c == '_'; }
bool is_letter_of_base64(char c) { return is_alnum(c) || is_sign(c); }

// What a run is made of, told character by character.
struct Plain {
    std::size_t size = 0, changes = 0, varied = 0;
    bool hex = true;
    int before = 0;
    char last = 0;
    void feel(char c) {
        int const kind = is_lower(c) ? 1 : is_upper(c) ? 2 : is_digit(c) ? 3 : 0;
        changes += kind != 0 && before != 0 && kind != before;
        if (kind) before = kind;
        varied += c != last;
        last = c;
        hex = hex && (is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'));
        ++size;
    }
};

// The runs of base64 and hex in a text of one line.
std::vector<EncodedRun> plain_runs(std::string_view text) {
    std::vector<EncodedRun> runs;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        Plain run;
        while (end < text.size() && is_letter_of_base64(text[end])) run.feel(text[end++]);
        auto const begin = static_cast<std::uint32_t>(at);
        at = end + 1;
        if (run.size < 20) continue;
        if (run.hex) {
            if (run.size >= 24 && run.size % 2 == 0) runs.push_back({begin, static_cast<std::uint32_t>(end), Encoding::hex});
        } else if (run.changes * 4 >= run.varied) {
            for (int i = 0; i < 2 && end < text.size() && text[end] == '='; ++i) ++end;
            runs.push_back({begin, static_cast<std::uint32_t>(end), Encoding::base64});
        }
    }
    return runs;
}

TEST(Encoded, TheSameAsCharacterByCharacter) {
    std::mt19937 random(11);
    std::string_view const alphabets[] = {"abcdefXYZ019", "aB3", "0123456789abcdefABCDEF", "aaaaB+/-_1", "Aa_", "0"};
    std::string_view const parting = " .,(=*)\t\x80\xFF";
    std::size_t found = 0;
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        while (text.size() < 20 + random() % 300) {
            std::string_view const alphabet = alphabets[random() % std::size(alphabets)];
            for (std::size_t left = random() % (random() % 4 ? 40 : 160); left > 0; --left) text += alphabet[random() % alphabet.size()];
            text += parting[random() % parting.size()];
        }
        std::vector<EncodedRun> const expected = plain_runs(text);
        found += expected.size();
        std::vector<EncodedRun> runs = find_encoded(text);
        std::erase_if(runs, [](EncodedRun const& run) { return run.encoding != Encoding::base64 && run.encoding != Encoding::hex; });
        ASSERT_EQ(runs, expected) << text;
    }
    EXPECT_GT(found, 10'000u);
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
