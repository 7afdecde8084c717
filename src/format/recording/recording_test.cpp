// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/recording/recording.h"

#include <gtest/gtest.h>

namespace keepmum {
namespace {

using namespace std::string_literals;

Recording rewrite(std::string const& file) {
    Rewriter const rewriter = rewriter_of(file);
    if (!rewriter) return ADD_FAILURE() << "no recording", Recording();
    Rewritten done = rewriter(file);
    if (Trouble const* const trouble = std::get_if<Trouble>(&done))
        return ADD_FAILURE() << trouble->detail, Recording();
    return std::get<Recording>(std::move(done));
}

std::string why_not(std::string const& file) {
    Rewriter const rewriter = rewriter_of(file);
    if (!rewriter) return "no recording";
    Rewritten const done = rewriter(file);
    Trouble const* const trouble = std::get_if<Trouble>(&done);
    return trouble ? trouble->detail : "";
}

// MPEG 1, layer III, 128 kbit/s at 44.1 kHz, two channels: 417 bytes, of which 36 are header and side information.
// The first granule's first channel has `bits` bits, which begin `back` bytes before this frame's own.
std::string frame(unsigned back, unsigned bits, char fill, unsigned flags = 0) {
    std::string out = "\xFF\xFB\x90"s + static_cast<char>(flags) + std::string(413, '\0');
    out[4] = static_cast<char>(back >> 1);
    out[5] = static_cast<char>((back & 1) << 7 | (bits >> 12 & 0));
    // 9 bits of back, 3 private, 8 of scale factors, then 12 bits of length: bits 20 to 31 of the side information.
    out[6] = static_cast<char>(bits >> 8 & 15);
    out[7] = static_cast<char>(bits);
    std::fill(out.begin() + 36, out.end(), fill);
    return out;
}

TEST(Mp3, KeepsTheBitsThatArePlayedAlone) {
    // 100 bits are played of the first; the second begins 10 bytes back.
    std::string const out = rewrite(frame(0, 100, '\x55') + frame(10, 85, '\x33') + frame(0, 0, '\x77')).bytes;
    ASSERT_EQ(out.size(), 3 * 417u);
    EXPECT_EQ(out.substr(36, 12), std::string(12, '\x55'));
    EXPECT_EQ(out[48], '\x50');
    EXPECT_EQ(out.substr(49, 358), std::string(358, '\0'));
    EXPECT_EQ(out.substr(407, 10), std::string(10, '\x55'));
    EXPECT_EQ(out[417 + 36], '\x30');
    EXPECT_EQ(out.find('\x77'), std::string::npos);
    EXPECT_EQ(rewrite(out).bytes, out);
}

TEST(Mp3, FlagsThatPlayNothingAreTheSameInAll) {
    std::string const plain = rewrite(frame(0, 64, 'a') + frame(0, 64, 'b')).bytes;
    EXPECT_EQ(rewrite(frame(0, 64, 'a', 0x0C) + frame(0, 64, 'b', 0x0C)).bytes, plain);
    std::string marked = frame(0, 64, 'a') + frame(0, 64, 'b');
    marked[2] |= 1;
    marked[5] |= 0x70;
    EXPECT_EQ(rewrite(marked).bytes, plain);
}

TEST(Mp3, WhatIsNotOfOneKindIsRefused) {
    std::string other = frame(0, 64, 'b');
    other[3] = static_cast<char>(0xC0);  // one channel
    EXPECT_TRUE(why_not(frame(0, 64, 'a') + frame(0, 64, 'a') + other).starts_with("a rare kind"));
    EXPECT_TRUE(why_not("ID3\3\0\0\0\0\0\0nothing"s).starts_with("damaged"));
}

TEST(Mp3, SoundThatWouldReadAsATagIsRefused) {
    // Zero bytes behind the last frame are no part of a copy, so what stands 128 bytes before the frame's end comes to stand there.
    std::string last = frame(0, 2000, 'b');
    last.replace(last.size() - 128, 3, "TAG");
    EXPECT_EQ(why_not(frame(0, 64, 'a') + last + std::string(6, '\0')), "");  // not played, so it goes
    last[6] = 0x0F;
    last[7] = static_cast<char>(0xFF);
    EXPECT_TRUE(why_not(frame(0, 64, 'a') + last + std::string(6, '\0')).starts_with("a rare kind"));
}

TEST(Mp3, UnevenRatesGetPlacesToJumpTo) {
    std::string faster = "\xFF\xFB\xB0\0"s + std::string(622, '\0');  // 192 kbit/s
    Recording const out = rewrite(frame(0, 64, 'a') + faster + frame(0, 64, 'b'));
    EXPECT_EQ(out.bytes.find("Xing"), 36u);
    EXPECT_EQ(out.bytes[36 + 11], 3);
    EXPECT_EQ(rewrite(out.bytes).bytes, out.bytes);
}

std::string wave(std::string const& format, std::string const& samples, std::string const& more = "") {
    auto const size = [](std::size_t value) {
        std::string out;
        for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> 8 * i);
        return out;
    };
    std::string const body = "WAVEfmt " + size(format.size()) + format + "data" + size(samples.size()) + samples +
                             (samples.size() % 2 ? "\1" : "") + more;
    return "RIFF" + size(body.size()) + body;
}

std::string const mono = "\1\0\1\0\x40\x1F\0\0\x40\x1F\0\0\1\0\x8\0"s;

TEST(Wav, IsFormatAndSamples) {
    std::string const plain = rewrite(wave(mono, "abc")).bytes;
    EXPECT_EQ(plain.size(), 12 + 24 + 8 + 4u);
    EXPECT_EQ(plain.back(), '\0');
    EXPECT_EQ(rewrite(wave(mono + "\6\0secret"s, "abc", "LIST\4\0\0\0INFO"s)).bytes, plain);
    EXPECT_EQ(rewrite(plain).bytes, plain);
    EXPECT_TRUE(why_not(wave("\2\0"s + mono.substr(2), "abc")).starts_with("a rare kind"));
    EXPECT_TRUE(why_not(plain.substr(0, 40)).starts_with("damaged"));
    EXPECT_TRUE(why_not(wave(mono.substr(0, 12) + "\7\0\x8\0"s, "abc")).starts_with("a rare kind"));
}

// A frame of 192 samples of one value, mono, 16 bits, with its checksums.
std::string flac_frame(unsigned number) {
    auto const crc = [](std::string const& bytes, unsigned polynomial, int bits) {
        unsigned value = 0;
        for (char const byte : bytes) {
            value ^= static_cast<unsigned>(static_cast<unsigned char>(byte)) << (bits - 8);
            for (int i = 0; i < 8; ++i)
                value = (value >> (bits - 1) & 1 ? value << 1 ^ polynomial : value << 1) & ((1u << bits) - 1);
        }
        return value;
    };
    std::string out = "\xFF\xF8\x19\x08"s + static_cast<char>(number);
    out += static_cast<char>(crc(out, 7, 8));
    out += "\0\1"s + static_cast<char>(number * 9);
    unsigned const sum = crc(out, 0x8005, 16);
    return out + static_cast<char>(sum >> 8) + static_cast<char>(sum);
}

std::string flac(std::string const& sound, unsigned samples, std::string const& blocks = "") {
    std::string information(34, '\0');
    information.replace(10, 4, "\x0A\xC4\x40\xF0"s);
    information[16] = static_cast<char>(samples >> 8);
    information[17] = static_cast<char>(samples);
    return "fLaC"s + (blocks.empty() ? '\x80' : '\0') + "\0\0\x22"s + information + blocks + sound;
}

TEST(Flac, IsItsFramesAndWhatTheyAre) {
    std::string sound;
    for (unsigned i = 0; i < 6; ++i) sound += flac_frame(i);
    Recording const plain = rewrite(flac(sound, 6 * 192));
    EXPECT_EQ(plain.bytes.size(), 42 + sound.size());
    EXPECT_EQ(rewrite(flac(sound + "secret", 0, "\x82\0\0\6secret"s)).bytes, plain.bytes);
    EXPECT_EQ(rewrite(plain.bytes).bytes, plain.bytes);
    // A frame that is damaged, left out, or of another number.
    std::string broken = sound;
    broken[3 * 11 + 8] ^= 1;
    EXPECT_TRUE(why_not(flac(broken, 6 * 192)).starts_with("damaged"));
    EXPECT_TRUE(why_not(flac(broken, 0)).starts_with("damaged"));
    EXPECT_TRUE(why_not(flac(sound.substr(0, 5 * 11), 6 * 192)).starts_with("damaged"));
    EXPECT_TRUE(why_not(flac(flac_frame(0) + flac_frame(2), 2 * 192)).starts_with("damaged"));
}

TEST(Recording, ATagThatCoversAllLeavesNoSound) {
    EXPECT_TRUE(why_not("ID3\xFF\0\x96\0\0\0\0\x66LaC\xFF\1\xFF\xFF"s).starts_with("damaged"));
}

TEST(Recording, CutFilesAreNeverTakenForWholeOnes) {
    std::string sound;
    for (unsigned i = 0; i < 6; ++i) sound += flac_frame(i);
    for (std::string const& file : {flac(sound, 6 * 192), wave(mono, std::string(400, 'a')),
                                    frame(0, 64, 'a') + frame(0, 64, 'b') + frame(0, 64, 'c')}) {
        std::string const whole = rewrite(file).bytes;
        for (std::size_t i = 0; i < 16; ++i) {
            std::string const cut = file.substr(0, file.size() * i / 16);
            Rewriter const rewriter = rewriter_of(cut);
            Rewritten const done = rewriter ? rewriter(cut) : Rewritten(Trouble());
            if (Recording const* const recording = std::get_if<Recording>(&done)) {
                // MP3 tells nowhere how long it is: whole frames of it are a shorter one.
                EXPECT_EQ(recording->media, "audio/mpeg");
                EXPECT_TRUE(whole.starts_with(recording->bytes));
            }
        }
    }
}

}  // namespace
}  // namespace keepmum
