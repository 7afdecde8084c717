// SPDX-License-Identifier: GPL-3.0-or-later
#include <gtest/gtest.h>

#include "base/utf8.h"
#include "extract/collect.h"
#include "extract/text/extractors.h"
#include "extract/text/reader.h"

namespace keepmum {
namespace {

TEST(PlainText, Utf8IsNotCopied) {
    Evidence const input = input_of("key = 机密\n");
    Collect out;
    auto const done = plain_text()->extract(input, out);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->read, input.size());
    ASSERT_EQ(out.all.size(), 1u);
    EXPECT_EQ(out.all[0].content.data(), input.content.data());
    EXPECT_TRUE(out.all[0].map.is_identity());
}

TEST(PlainText, EncryptedMessagesInItAreChildren) {
    std::string const message = "-----BEGIN PGP MESSAGE-----\n\nhQEMA1234567890AQf/abcd\n=abcd\n-----END PGP MESSAGE-----";
    Collect out;
    EXPECT_TRUE(plain_text()->extract(input_of("Dear all,\n" + message + "\nand -----BEGIN PGP MESSAGE----- is how they begin\n"), out));
    ASSERT_EQ(out.all.size(), 2u);
    EXPECT_EQ(out.all[1].content.view(), message);
    EXPECT_EQ(out.all[1].role, Role::shown);
    EXPECT_EQ(out.all[1].place.steps[0].name, "encrypted message 1");
    Collect cut;
    EXPECT_TRUE(plain_text()->extract(input_of("Dear all,\n" + message.substr(0, 50)), cut));
    ASSERT_EQ(cut.all.size(), 2u);
    EXPECT_EQ(cut.all[1].content.view(), message.substr(0, 50));
}

TEST(PlainText, WhatIsPackedInItsLinesIsUnpacked) {
    std::string const said = "The blue heron stands here.\n";
    struct Row {
        char const* how;
        std::string text;
        std::string inside;
    };
    std::string const pairs = "54686520626c7565206865726f6e207374616e647320686572652e0a";
    std::string spaced, colons, dump, registry;
    for (std::size_t at = 0; at < pairs.size(); at += 2) {
        spaced += (at == 0 ? "" : " ") + pairs.substr(at, 2);
        colons += (at == 0 ? "" : ":") + pairs.substr(at, 2);
        registry += (at == 0 ? "" : at % 24 == 0 ? ",\\\r\n  " : ",") + pairs.substr(at, 2);
    }
    Row const rows[] = {
        {"git", "diff --git a/a.bin b/a.bin\nindex 00..11\nGIT binary patch\nliteral 28\ngc$^E#NL5J6DNR+#NG;0GQz$M;%u6W-aZ>fT0Fq}3&j0`b\n\nliteral 0\nHcmV?d00001\n\n", said},
        {"uu", "See:\n\nbegin 644 a.txt\n<5&AE(&)L=64@:&5R;VX@<W1A;F1S(&AE<F4N\"@\n`\nend\n", said},
        {"xxd", "00000000: 5468 6520 626c 7565 2068 6572 6f6e 2073  The blue heron s\n00000010: 7461 6e64 7320 6865 7265 2e0a            tands here..\n", said},
        {"hexdump -C", "00000000  54 68 65 20 62 6c 75 65  20 68 65 72 6f 6e 20 73  |The blue heron s|\n"
                       "00000010  74 61 6e 64 73 20 68 65  72 65 2e 0a              |tands here..|\n0000001c\n", said},
        {"pairs", "It says\n" + spaced + "\n", said},
        {"colons", colons + "\n", said},
        {"registry", "Windows Registry Editor Version 5.00\r\n[HKEY_CURRENT_USER\\A]\r\n\"A\"=hex(7):" + registry + ",00\r\n\"B\"=dword:00000001\r\n", said + "\n"},
        {"fingerprint", "SHA256 7d:0f:99:b1:1c:e4:8a:52:de:ad:be:ef:00:11:22:33\n", ""},
        {"addresses", "00:1b:63:84:45:e6 eth0\nface bead cafe\n0000 1111 2222\n", ""},
        {"uu cut", "begin 644 a.txt\n<5&AE(&)L=64@:&5R", "gap"},
        {"no uu", "begin 100 yards from the shore\nand go on\n", ""},
        {"damaged", "GIT binary patch\nliteral 28\ngc$^EzzzzzJ6DNR+#NG;0GQz$M;%u6W-aZ>fT0Fq}3&j0`b\n\n", "gap"},
        {"no code", "GIT binary patch\nliteral 28\nno code at all\n\n", "gap"},
    };
    for (Row const& row : rows) {
        Collect out;
        ASSERT_TRUE(plain_text()->extract(input_of(row.text), out)) << row.how;
        EXPECT_EQ(out.gaps.size(), row.inside == "gap" ? 1u : 0u) << row.how;
        if (row.inside == "gap") continue;
        ASSERT_EQ(out.all.size(), row.inside.empty() ? 1u : 2u) << row.how;
        if (!row.inside.empty()) EXPECT_EQ(out.all[1].content.view(), row.inside) << row.how;
    }
}

TEST(PlainText, MarksAndCharsetsMapToBytes) {
    std::string const bytes = "\xFF\xFE" + encode_with_icu("key=机密\r\n", "UTF-16LE");
    Collect out;
    auto const done = plain_text()->extract(input_of(bytes), out);
    EXPECT_EQ(done->read, bytes.size());
    EXPECT_EQ(out.joined(Role::shown), "key=机密\r\n");
    EXPECT_EQ(out.all[0].map.to_source({4, 7}), (Span{10, 12}));
    EXPECT_TRUE(out.gaps.empty());
}

class FakeFile final : public Content {
  public:
    explicit FakeFile(std::string bytes) : bytes_(std::move(bytes)) {}
    std::uint64_t size() const override { return bytes_.size(); }
    Result<Blob> read(std::uint64_t offset, std::size_t size) const override {
        return Blob::copy(std::string_view(bytes_).substr(offset, size));
    }

  private:
    std::string bytes_;
};

// Every position of the input must be in some slice, together with what stands around it.
void expect_slices(std::string const& bytes, std::string_view needle_text) {
    Evidence input;
    input.large = std::make_shared<FakeFile>(bytes);
    Collect out;
    auto const done = plain_text()->extract(input, out);
    ASSERT_TRUE(done);
    EXPECT_EQ(done->read, bytes.size());
    EXPECT_GT(out.all.size(), 1u);
    std::uint64_t covered = 0;
    std::size_t found = 0;
    for (Evidence const& slice : out.all) {
        ASSERT_TRUE(is_utf8(slice.content.view()));
        Span const span = slice.map.to_source({0, slice.content.size()});
        EXPECT_LE(span.begin, covered);
        covered = span.end;
        found += slice.content.view().find(needle_text) != std::string_view::npos;
    }
    EXPECT_EQ(covered, bytes.size());
    EXPECT_GE(found, 1u);
}

TEST(PlainText, LargeFilesComeInOverlappingSlices) {
    std::string lines;
    while (lines.size() < TextReader::slice_size + 1000) lines += "a line of an ordinary log file 机密\n";
    expect_slices(lines + "THE END", "THE END");
}

TEST(PlainText, OneLineWithoutAnyEndIsCutBetweenCharacters) {
    std::string line;
    while (line.size() < TextReader::slice_size + 1000) line += "机密";
    std::string const needle = "PASSWORD=hunter2";
    line.replace(TextReader::slice_size / 6 * 6 - 6, 6, needle);
    expect_slices(line, needle);
}

TEST(PlainText, BinaryInsideTextBecomesAChild) {
    std::string picture = "\x89PNG\r\n\x1A\n";
    for (int i = 0; i < 3000; ++i) picture += static_cast<char>(i * 37 % 256);
    std::string text;
    while (text.size() < 200'000) text += "an ordinary line\n";
    Collect out;
    auto const done = plain_text()->extract(input_of(text + picture), out);
    ASSERT_TRUE(done);
    ASSERT_EQ(out.all.size(), 2u);
    EXPECT_EQ(out.all[0].kind, Kind::bytes);
    EXPECT_EQ(print(out.all[0].place), "!tail:200005");
    EXPECT_TRUE(out.all[0].content.view().starts_with("\x89PNG"));
}

TEST(PlainText, CutAnywhereItGivesAPrefixOrAGap) {
    std::string const bytes = encode_with_icu("项目负责人：王伟。请勿外传。The key is abc.\n", "gb18030");
    std::string const whole = decode_charset(bytes, Charset::gb18030).text;
    for (std::size_t part = 1; part <= 16; ++part) {
        std::string const cut = bytes.substr(0, bytes.size() * part / 16);
        Collect out;
        auto const done = plain_text()->extract(input_of(cut), out);
        ASSERT_TRUE(done);
        std::string const got = out.all.empty() ? "" : std::string(out.all[0].content.view());
        std::string const safe = got.substr(0, got.size() < 4 ? 0 : got.size() - 3);
        EXPECT_TRUE(whole.starts_with(safe) || !out.gaps.empty() || out.all.size() > 1) << part;
        EXPECT_TRUE(done->read == cut.size() || !out.gaps.empty()) << part;
    }
}

TEST(Strings, FindsRunsInEveryFormAtAnyOffset) {
    std::string const noise("\x01\x02\xFE\x03\x80\x81\x00\x05", 8);
    for (std::size_t shift = 0; shift < 2; ++shift) {
        std::string const bytes = noise + std::string(shift, '\x07') + "password=hunter2" + noise +
                                  encode_with_icu("secret token", "UTF-16LE") + noise +
                                  encode_with_icu("机密文件名单", "UTF-16LE") + noise +
                                  encode_with_icu("wide letters", "UTF-16BE") + noise +
                                  encode_with_icu("内部资料请勿外传", "gb18030") + noise + "项目负责人名单" + noise;
        Collect out;
        ASSERT_TRUE(strings_in_binary()->extract(input_of(bytes), out));
        for (char const* needle : {"password=hunter2", "secret token", "机密文件名单", "wide letters",
                                   "内部资料请勿外传", "项目负责人名单"}) {
            EXPECT_NE(out.joined(Role::residue).find(needle), std::string::npos) << needle;
        }
        EXPECT_EQ(out.source_of(Role::residue, "secret token", bytes), encode_with_icu("secret token", "UTF-16LE"));
        EXPECT_EQ(out.source_of(Role::residue, "资料", bytes), encode_with_icu("资料", "gb18030"));
    }
}

TEST(Strings, NoiseDoesNotReadAsChinese) {
    std::string noise;
    std::uint64_t state = 7;
    for (int i = 0; i < 100'000; ++i) {
        state = state * 6364136223846793005ull + 1442695040888963407ull;
        noise += static_cast<char>(state >> 56);
    }
    Collect out;
    ASSERT_TRUE(strings_in_binary()->extract(input_of(noise), out));
    EXPECT_LT(out.joined(Role::residue).size(), noise.size() / 20);
    Collect long_run;
    ASSERT_TRUE(strings_in_binary()->extract(input_of(std::string(2'000'000, '\x55')), long_run));
}

TEST(Sealed, SaysThatItIsEncrypted) {
    Collect out;
    auto const done = sealed_file()->extract(input_of("Salted__12345678"), out);
    EXPECT_EQ(done->read, 0u);
    ASSERT_EQ(out.gaps.size(), 1u);
    EXPECT_EQ(out.gaps[0].cause, Cause::encrypted);
    EXPECT_EQ(out.gaps[0].bytes, 16u);
}

}  // namespace
}  // namespace keepmum
