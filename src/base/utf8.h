// UTF-8 (RFC 3629): reading and writing code points, and finding where validity ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

struct CodePoint {
    char32_t value = 0;        // U+FFFD where the bytes are invalid
    std::uint8_t length = 1;   // bytes taken, 1 for an invalid byte
    bool valid = true;
};

// The code point at `at`, which must be less than text.size().
CodePoint decode_utf8(std::string_view text, std::size_t at);

void append_utf8(std::string& text, char32_t code_point);

// Length of the longest prefix that is valid UTF-8.
std::size_t valid_utf8_prefix(std::string_view text);
inline bool is_utf8(std::string_view text) { return valid_utf8_prefix(text) == text.size(); }

// `text` with each invalid byte as U+FFFD.
std::string made_valid(std::string_view text);

bool is_ascii(std::string_view text);

// CJK ideographs, kana and hangul: scripts written without spaces between words.
bool is_cjk(char32_t code_point);

// Letters and digits of any script (by Unicode general category L, M or N).
bool is_word(char32_t code_point);

// Controls, zero-width and bidirectional controls, line separators, tags: characters that do not show
// themselves but change how what stands around them is shown.
bool is_disguising(char32_t code_point);

// ASCII only: for keywords, hex digits and file structures.
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
inline bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
inline bool is_alpha(char c) { return is_upper(c) || is_lower(c); }
inline bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
inline char to_lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }
inline char to_upper(char c) { return is_lower(c) ? static_cast<char>(c - 32) : c; }
std::string ascii_lower(std::string_view text);
std::string ascii_upper(std::string_view text);
bool equal_ascii_case(std::string_view left, std::string_view right);

}  // namespace keepmum
