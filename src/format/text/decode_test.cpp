// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/decode.h"

#include <gtest/gtest.h>

#include <string>

#include "base/icu.h"
#include "base/utf8.h"
#include "format/text/entities.h"

namespace keepmum {
namespace {

std::string to_base64(std::string_view bytes, std::size_t wrap = 0) {
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t bits = 0;
        std::size_t const count = std::min<std::size_t>(3, bytes.size() - i);
        for (std::size_t j = 0; j < 3; ++j) bits = bits << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j) {
            if (wrap != 0 && column++ == wrap) {
                out += "\r\n";
                column = 1;
            }
            out += j <= count ? letters[bits >> (18 - 6 * j) & 63] : '=';
        }
    }
    return out;
}

EncodedRun run_of(std::string_view text, std::string_view part, Encoding encoding) {
    auto const at = static_cast<std::uint32_t>(text.find(part));
    return {at, at + static_cast<std::uint32_t>(part.size()), encoding};
}

std::string source_of(DecodedRun const& run, std::string_view needle, std::string_view text) {
    std::size_t const at = run.content.find(needle);
    if (at == std::string::npos) return "(not found in " + run.content + ")";
    Span const span = run.map.to_source({at, at + needle.size()});
    return std::string(text.substr(span.begin, span.size()));
}

TEST(Decode, Base64MapsToItsQuanta) {
    std::string const text = "Authorization: Basic " + to_base64("user:hunter2 and more");
    auto const run = decode_run(text, {21, static_cast<std::uint32_t>(text.size()), Encoding::base64});
    ASSERT_TRUE(run);
    EXPECT_EQ(run->content, "user:hunter2 and more");
    EXPECT_EQ(run->map.to_source({0, 3}), (Span{21, 25}));
    EXPECT_EQ(run->map.to_source({5, 12}), (Span{25, 37}));
}

TEST(Decode, WrappedBase64) {
    std::string const secret = "The quick brown fox says that the password is hunter2, and more of it.";
    for (std::size_t wrap : {5u, 7u, 64u}) {
        std::string const text = "x\r\n" + to_base64(secret, wrap) + "\r\n";
        auto const run = decode_run(text, {3, static_cast<std::uint32_t>(text.size() - 2), Encoding::base64});
        ASSERT_TRUE(run) << wrap;
        EXPECT_EQ(run->content, secret);
        Span const span = run->map.to_source({0, run->content.size()});
        EXPECT_EQ(span.begin, 3u);
        EXPECT_LE(span.end, text.size() - 2);
    }
}

TEST(Decode, OtherCharsetsInBase64) {
    std::string const wide = to_base64(encode_with_icu("Write-Host 'hunter2'", "UTF-16LE"));
    auto const run = decode_run(wide, {0, static_cast<std::uint32_t>(wide.size()), Encoding::base64});
    ASSERT_TRUE(run);
    EXPECT_EQ(run->content, "Write-Host 'hunter2'");
    std::string const chinese = to_base64(encode_with_icu("机密文件，请勿外传，仅供内部使用", "gb18030"));
    auto const second = decode_run(chinese, {0, static_cast<std::uint32_t>(chinese.size()), Encoding::base64});
    ASSERT_TRUE(second);
    EXPECT_EQ(second->content, "机密文件，请勿外传，仅供内部使用");
}

TEST(Decode, NoiseGivesNothing) {
    std::string noise;
    std::uint64_t state = 5;
    for (int i = 0; i < 60; ++i) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        noise += static_cast<char>(state >> 56);
    }
    std::string const text = to_base64(noise);
    EXPECT_FALSE(decode_run(text, {0, static_cast<std::uint32_t>(text.size()), Encoding::base64}));
    std::string const digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    EXPECT_FALSE(decode_run(digest, {0, 64, Encoding::hex}));
}

TEST(Decode, FilesBecomeBytes) {
    std::string const file = std::string("PK\3\4\x14\0\0\0\xFF\xFE", 10) + std::string(50, '\x90');
    std::string const text = to_base64(file);
    auto const run = decode_run(text, {0, static_cast<std::uint32_t>(text.size()), Encoding::base64});
    ASSERT_TRUE(run);
    EXPECT_EQ(run->what, DecodedRun::What::bytes);
    EXPECT_EQ(run->content, file);
}

TEST(Decode, EscapesWithTheWordAroundThem) {
    struct Row {
        Encoding encoding;
        char const* text;
        char const* run;
        char const* needle;
        char const* source;
    };
    Row const rows[] = {
        {Encoding::hex, "x 70617373776f72643d68756e74657232 y", "70617373776f72643d68756e74657232", "hunter2", "68756e74657232"},
        {Encoding::hex_escapes, R"(s = "\x70\x61ss\x77ord")", R"(\x70\x61ss\x77)", "password", R"(\x70\x61ss\x77ord)"},
        {Encoding::hex_escapes, "{0x70, 0x61, 0x73, 0x73}", "0x70, 0x61, 0x73, 0x73", "pass", "0x70, 0x61, 0x73, 0x73"},
        {Encoding::percent, "q=password%3Dhunter2%21%40 x", "%3Dhunter2%21%40", "password=hunter2!@", "password%3Dhunter2%21%40"},
        {Encoding::unicode_escapes, R"("\u673a\u5bc6\ud83d\ude00\u{41}\U00000042")", R"(\u673a\u5bc6\ud83d\ude00\u{41}\U00000042)", "机密😀AB",
         R"(\u673a\u5bc6\ud83d\ude00\u{41}\U00000042)"},
        {Encoding::entities, "p&#97;ss&#x77;ord&equals;x", "&#97;ss&#x77;", "password=x", "p&#97;ss&#x77;ord&equals;x"},
        {Encoding::quoted_printable, "pass=\r\nword=3Dh=E5=AF=86", "=\r\nword=3Dh=E5=AF=86", "password=h密", "pass=\r\nword=3Dh=E5=AF=86"},
    };
    for (Row const& row : rows) {
        auto const run = decode_run(row.text, run_of(row.text, row.run, row.encoding));
        ASSERT_TRUE(run) << row.text;
        EXPECT_EQ(source_of(*run, row.needle, row.text), row.source) << row.text;
    }
}

TEST(Decode, FindsAndUndoesTogether) {
    std::string const text = "token: " + to_base64("the password of the vault is hunter2") + "\n";
    bool found = false;
    for (EncodedRun const& run : find_encoded(text)) {
        auto const decoded = decode_run(text, run);
        found = found || (decoded && decoded->content.find("hunter2") != std::string::npos);
    }
    EXPECT_TRUE(found);
}

TEST(Decode, CutsAnywhereWithoutHarm) {
    std::string const text = R"(\u673a\ud83d\ude00&#x41;&amp;%E6%9C%BA=E6=9C=BA\x41\U0001F600\u{1F600})";
    for (std::size_t from = 0; from < text.size(); ++from) {
        for (std::size_t to = from + 1; to <= text.size(); ++to) {
            for (int kind = 0; kind <= static_cast<int>(Encoding::quoted_printable); ++kind) {
                auto const run = decode_run(std::string_view(text).substr(0, to),
                                            {static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to), static_cast<Encoding>(kind)});
                EXPECT_TRUE(!run || run->what == DecodedRun::What::bytes || is_utf8(run->content));
            }
        }
    }
}

TEST(Entities, AsBrowsersReadThem) {
    auto value = [](std::string_view text) { return decode_reference(text, 0).value; };
    EXPECT_EQ(value("&amp;"), U'&');
    EXPECT_EQ(value("&#128;"), U'€');
    EXPECT_EQ(value("&#x5BC6;"), U'密');
    EXPECT_EQ(value("&#x110000;"), U'\uFFFD');
    EXPECT_EQ(value("&copy2024"), U'©');
    EXPECT_EQ(decode_reference("&copy2024", 0).length, 5);
    EXPECT_EQ(decode_reference("&nonsense;", 0).length, 0);
    EXPECT_EQ(decode_reference("&", 0).length, 0);
    EXPECT_EQ(decode_reference("&#", 0).length, 0);
    EXPECT_EQ(decode_reference("&#x", 0).length, 0);
}

}  // namespace
}  // namespace keepmum
