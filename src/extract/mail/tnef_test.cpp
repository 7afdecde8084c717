// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/tnef/tnef.h"

#include <gtest/gtest.h>

#include "base/icu.h"
#include "extract/collect.h"
#include "extract/mail/mail.h"

namespace keepmum {
namespace {

std::string number(std::uint64_t value, int length) {
    std::string out;
    for (int i = 0; i < length; ++i, value >>= 8) out += static_cast<char>(value & 0xFF);
    return out;
}

std::string attribute(int level, std::uint32_t id, std::string const& data) {
    std::uint32_t sum = 0;
    for (unsigned char c : data) sum += c;
    return number(static_cast<std::uint64_t>(level), 1) + number(id, 4) + number(data.size(), 4) + data + number(sum & 0xFFFF, 2);
}

std::string property(std::uint16_t id, std::uint16_t type, std::string const& value) {
    return number(type, 2) + number(id, 2) + number(1, 4) + number(value.size(), 4) + value + std::string((4 - value.size() % 4) % 4, '\0');
}

std::string properties(std::vector<std::string> const& all) {
    std::string out = number(all.size(), 4);
    for (std::string const& one : all) out += one;
    return out;
}

std::string const head = number(0x223E9F78, 4) + number(1, 2);
// "{\rtf1 WORLD}" and its end mark, uncompressed letters and one reference into the dictionary.
std::string rtf_of(std::string const& text) {
    std::string out = number(0, 4) + number(3, 4) + number(0x75465A4C, 4) + number(0, 4);
    std::size_t write = 207;
    for (std::size_t at = 0; at < text.size() + 1; at += 8) {
        std::size_t const count = std::min<std::size_t>(8, text.size() - std::min(at, text.size()));
        out += static_cast<char>(count < 8 ? 1u << count : 0);
        out += text.substr(std::min(at, text.size()), count);
        write += count;
        if (count < 8) out += {static_cast<char>(write >> 4), static_cast<char>((write << 4) & 0xF0)};
    }
    return out;
}

Collect read(std::string const& bytes) {
    Collect out;
    Result<Done> const done = tnef_extractor()->extract(input_of(bytes), out);
    EXPECT_TRUE(done && (done->read == bytes.size() || !out.gaps.empty()));
    return out;
}

std::string everything(Collect const& out) {
    std::string all;
    for (Evidence const& evidence : out.all) all += print(evidence.place) + "=" + std::string(evidence.content.view()) + ";";
    return all;
}

bool holds(Collect const& out, std::string_view words) { return everything(out).find(words) != std::string::npos; }

TEST(Tnef, SubjectBodyAttachmentsAndObjects) {
    std::string const message = properties({property(mapi_subject, 0x1F, encode_with_icu("机密会议", "UTF-16LE")), property(mapi_body, 0x1E, "the body"),
                                            property(mapi_rtf, 0x102, rtf_of("{\\rtf1 WORLD}"))});
    std::string const second = properties({property(mapi_attach_long_name, 0x1E, "long name.txt"),
                                           property(mapi_attach_object, 0x0D, std::string(16, 'i') + "inner one"),
                                           property(mapi_attach_object, 0x102, "inner two")});
    Collect const out = read(head + attribute(1, 0x00069003, message) + attribute(2, 0x00069002, "x") + attribute(2, 0x0006800F, "first") +
                             attribute(2, 0x0006800F, "again") + attribute(2, 0x00069002, "x") + attribute(2, 0x00069005, second));
    EXPECT_TRUE(out.gaps.empty());
    EXPECT_EQ(out.joined(Role::shown), "the body");
    EXPECT_TRUE(holds(out, "机密会议"));
    EXPECT_TRUE(holds(out, "!body.rtf={\\rtf1 WORLD};"));
    EXPECT_TRUE(holds(out, "=first;"));
    EXPECT_TRUE(holds(out, "=again;"));  // a second content does not hide the first
    EXPECT_TRUE(holds(out, "!long name.txt=inner one;"));
    EXPECT_TRUE(holds(out, "!long name.txt=inner two;"));
}

TEST(Tnef, NothingIsPassedOver) {
    EXPECT_TRUE(holds(read(head + attribute(1, 0x0006FFFF, "password hunter2")), "password hunter2"));      // an attribute nobody knows
    EXPECT_TRUE(holds(read(head + attribute(1, 0x00069003, number(0, 4) + "password hunter2")), "hunter2"));  // behind the last property
    std::string const wide = std::string("\1\2", 2) + encode_with_icu("hunter2", "UTF-16LE") + "\3";
    EXPECT_TRUE(holds(read(head + attribute(1, 0x00069003, properties({property(0x3FFF, 0x102, wide)}))), "hunter2"));
    Collect const tail = read(head + attribute(1, 0x00018004, "subject") + "\x07 password hunter2");
    EXPECT_EQ(tail.gaps.size(), 1u);
    EXPECT_TRUE(holds(tail, "password hunter2"));
}

TEST(Tnef, CompressedRtfIsReadToItsEnd) {
    auto const rtf = decompress_rtf(rtf_of("abcdefghij") + "more", 1000);
    ASSERT_TRUE(rtf);
    EXPECT_EQ(rtf->bytes, "abcdefghij");  // though it declares three bytes
    EXPECT_EQ(rtf->read, rtf_of("abcdefghij").size());
    EXPECT_TRUE(decompress_rtf(rtf_of("abcdefghij"), 4)->cut);
    EXPECT_FALSE(decompress_rtf("no header at all", 1000));
    // A reference into the dictionary that every reader starts with: "{\rtf1" are its first letters.
    std::string const reference = number(0, 4) + number(6, 4) + number(0x75465A4C, 4) + number(0, 4) + std::string("\x01\x00\x04", 3);
    EXPECT_EQ(decompress_rtf(reference, 1000)->bytes, "{\\rtf1");
    Collect const broken = read(head + attribute(1, 0x00069003, properties({property(mapi_rtf, 0x102, "0123456789ABCDEF password hunter2")})));
    EXPECT_EQ(broken.gaps.size(), 1u);
    EXPECT_TRUE(holds(broken, "password hunter2"));
}

TEST(Tnef, CutAnywhereItSaysSo) {
    std::string const whole = head + attribute(1, 0x00018004, "a subject") + attribute(2, 0x00069002, "x") + attribute(2, 0x0006800F, "content of the file");
    for (std::size_t i = 3; i < 16; ++i) {
        std::size_t const cut = whole.size() * i / 16;
        Collect const out = read(whole.substr(0, cut));
        std::size_t const first = head.size() + attribute(1, 0x00018004, "a subject").size();
        bool const border = cut == head.size() || cut == first || cut == first + attribute(2, 0x00069002, "x").size();
        EXPECT_TRUE(border || !out.gaps.empty()) << cut;
    }
}

TEST(Tnef, LengthsThatLieAreSurvived) {
    std::string const huge = number(0xFFFFFFFF, 4) + number(0x101E, 2) + number(0x1000, 2) + number(0xFFFFFFFF, 4) + number(0xFFFFFFF0, 4);
    EXPECT_EQ(read(head + attribute(1, 0x00069003, huge)).gaps.size(), 1u);
}

}  // namespace
}  // namespace keepmum
