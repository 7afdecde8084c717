// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstring>

namespace keepmum {

CodePoint decode_utf8(std::string_view text, std::size_t at) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    unsigned char const lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    std::size_t const left = text.size() - at;
    auto follows = [&](std::size_t i) { return i < left && (byte(i) & 0xC0) == 0x80; };
    if (lead >= 0xC2 && lead <= 0xDF && follows(1)) {
        return {char32_t((lead & 0x1F) << 6 | (byte(1) & 0x3F)), 2, true};
    }
    if (lead >= 0xE0 && lead <= 0xEF && follows(1) && follows(2)) {
        char32_t const value = (lead & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
        if (value >= 0x800 && (value < 0xD800 || value > 0xDFFF)) return {value, 3, true};
    }
    if (lead >= 0xF0 && lead <= 0xF4 && follows(1) && follows(2) && follows(3)) {
        char32_t const value = (lead & 0x07) << 18 | (byte(1) & 0x3F) << 12 |
                               (byte(2) & 0x3F) << 6 | (byte(3) & 0x3F);
        if (value >= 0x10000 && value <= 0x10FFFF) return {value, 4, true};
    }
    return {0xFFFD, 1, false};
}

void append_utf8(std::string& text, char32_t c) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
    if (c < 0x80) {
        text += static_cast<char>(c);
    } else if (c < 0x800) {
        text += static_cast<char>(0xC0 | c >> 6);
        text += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        text += static_cast<char>(0xE0 | c >> 12);
        text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        text += static_cast<char>(0xF0 | c >> 18);
        text += static_cast<char>(0x80 | (c >> 12 & 0x3F));
        text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
        text += static_cast<char>(0x80 | (c & 0x3F));
    }
}

namespace {
// Whether `size` bytes are ASCII; a multiple of 64.
template <std::size_t size>
bool all_ascii(char const* at) {
    using Words = unsigned long long __attribute__((vector_size(16)));
    Words all = {};
#pragma GCC unroll 16
    for (std::size_t i = 0; i < size; i += sizeof all) {
        Words some;
        std::memcpy(&some, at + i, sizeof some);
        all |= some;
    }
    return ((all[0] | all[1]) & 0x8080808080808080ull) == 0;
}

// Length of the longest ASCII prefix, many bytes at a time: each text is asked several times.
std::size_t ascii_prefix(std::string_view text, std::size_t from) {
    constexpr std::uint64_t high = 0x8080808080808080ull;
    std::size_t at = from;
    while (at + 256 <= text.size() && all_ascii<256>(text.data() + at)) at += 256;
    while (at + 64 <= text.size() && all_ascii<64>(text.data() + at)) at += 64;
    while (at + 8 <= text.size()) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        if (word & high) break;
        at += 8;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}
}  // namespace

std::size_t valid_utf8_prefix(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        at = ascii_prefix(text, at);
        while (at < text.size() && static_cast<unsigned char>(text[at]) >= 0x80) {
            CodePoint const point = decode_utf8(text, at);
            if (!point.valid) return at;
            at += point.length;
        }
    }
    return at;
}

std::string made_valid(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        std::size_t const good = valid_utf8_prefix(text);
        out.append(text.substr(0, good));
        if (good == text.size()) break;
        append_utf8(out, 0xFFFD);
        text.remove_prefix(good + 1);
    }
    return out;
}

bool is_ascii(std::string_view text) { return ascii_prefix(text, 0) == text.size(); }

bool is_cjk(char32_t c) {
    return (c >= 0x2E80 && c <= 0x2FDF) || c == 0x3005 || c == 0x3007 || (c >= 0x3021 && c <= 0x3029) ||
           (c >= 0x3041 && c <= 0x31FF) || (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
           (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF);
}

bool is_word(char32_t c) {
    if (c < 0x80) return is_alnum(static_cast<char>(c));
    return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), to_lower);
    return out;
}

std::string ascii_upper(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), to_upper);
    return out;
}

bool equal_ascii_case(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return to_lower(a) == to_lower(b); });
}

bool is_disguising(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c >= 0xE0000 && c <= 0xE007F);
}

}  // namespace keepmum
