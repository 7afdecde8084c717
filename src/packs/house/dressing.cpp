// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/house/dressing.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/hex.h"
#include "base/icu.h"
#include "base/utf8.h"
#include "format/text/entities.h"
#include "packs/house/spelling.h"

namespace keepmum {
namespace {

constexpr std::size_t longest_mark = 200;
constexpr std::size_t longest_joint = 80;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char at_or_nul(std::string_view text, std::size_t at) { return at < text.size() ? text[at] : '\0'; }

Dressing made(std::size_t length, std::uint8_t separators = 0) { return {static_cast<std::uint32_t>(length), separators}; }

// A tag, a comment or the border of a CDATA section. Cells of tables are no dressing: a word does not run from one to the next.
Dressing tag_at(std::string_view text, std::size_t at) {
    if (text.substr(at).starts_with("<![CDATA[")) return made(9);
    std::size_t const name = at + (at_or_nul(text, at + 1) == '/' ? 2 : 1);
    char const first = at_or_nul(text, name);
    if (!is_alpha(first) && first != '!') return {};
    std::size_t end = name;
    while (end < text.size() && end - at < longest_mark && text[end] != '>' && text[end] != '<') ++end;
    if (at_or_nul(text, end) != '>') return {};
    std::size_t last = name;
    while (last < end && is_alnum(text[last])) ++last;
    std::string const element = ascii_lower(text.substr(name, last - name));
    if (element == "td" || element == "th" || element == "tr" || element == "li") return {};
    bool const breaks = element == "br" || element == "p" || element == "div" || (element.size() == 2 && element[0] == 'h');
    return made(end + 1 - at, breaks ? line_end : 0);
}

// From a string's end over a sign that joins, or none, to the next: "Blue" "Heron", 'Blue' +\n 'Heron', "Blue" & _\n "Heron".
Dressing string_joint_at(std::string_view text, std::size_t at) {
    char const quote = text[at];
    std::size_t const limit = std::min(text.size(), at + longest_joint);
    std::size_t end = at + 1;
    auto const pass = [&](auto fits, std::size_t most) {
        std::size_t const from = end;
        while (end < limit && end - from < most && fits(text[end])) ++end;
    };
    pass(is_space, longest_joint);
    pass([](char c) { return c == '+' || c == '&' || c == '.' || c == '_' || c == '\\'; }, 2);
    pass(is_space, longest_joint);
    pass([](char c) { return c == '+' || c == '_' || c == '\\'; }, 1);
    pass(is_space, longest_joint);
    pass([](char c) { return c == 'u' || c == 'L' || c == 'f' || c == 'r' || c == 'b'; }, 1);
    if (end == at + 1 || at_or_nul(text, end) != quote) return {};
    return made(end + 1 - at);
}

// \n, \t; \- and \ ; a line that goes on; \fB of a manual page; \N of subtitles.
Dressing backslash_at(std::string_view text, std::size_t at) {
    char const next = at_or_nul(text, at + 1);
    switch (next) {
        case '-':
        case '/': return made(2);
        case '_': return made(2, dash);
        case ' ':
        case ',':
        case ';': return made(2, blank);
        case 'n':
        case 'r':
        case 'N': return made(2, line_end);
        case 't':
        case 'h': return made(2, blank);
        case '\\': return made(1);
        case 'f': {
            char const font = at_or_nul(text, at + 2);
            if (font == '(') return at + 5 <= text.size() ? made(5) : Dressing{};
            return is_upper(font) ? made(3) : Dressing{};
        }
        default: break;
    }
    std::size_t end = at + 1 + (next == '\r');
    if (at_or_nul(text, end) != '\n') return {};
    ++end;
    while (end < text.size() && end - at < longest_joint && (text[end] == ' ' || text[end] == '\t')) ++end;
    return made(end - at);
}

// Colours and the like of a terminal (ECMA-48, 5.4).
Dressing terminal_at(std::string_view text, std::size_t at) {
    if (at_or_nul(text, at + 1) != '[') return {};
    std::size_t end = at + 2;
    while (end < text.size() && end - at < 32 && text[end] >= 0x20 && text[end] < 0x40) ++end;
    return end < text.size() && text[end] >= 0x40 && text[end] < 0x7F ? made(end + 1 - at) : Dressing{};
}

// {\b1} of subtitles and {\bf of TeX; alone, braces keep capitals in BibTeX.
Dressing brace_at(std::string_view text, std::size_t at) {
    if (at_or_nul(text, at + 1) != '\\' || !is_alpha(at_or_nul(text, at + 2))) return made(1);
    std::size_t end = at + 2;
    std::string_view const ends = "} {\n";
    while (end < text.size() && end - at < longest_mark && ends.find(text[end]) == std::string_view::npos) ++end;
    char const last = at_or_nul(text, end);
    return last == '}' || last == ' ' ? made(end + 1 - at) : Dressing{};
}

Dressing link_at(std::string_view text, std::size_t at) {
    if (text[at] == '[' || at_or_nul(text, at + 1) != '(') return made(1);
    std::size_t end = at + 2;
    while (end < text.size() && end - at < longest_mark && text[end] != ')' && text[end] != '(' && text[end] != '\n') ++end;
    return at_or_nul(text, end) == ')' ? made(end + 1 - at) : Dressing{};
}

// _x20_ of drawings, _x000D_ of workbooks.
Dressing underscore_at(std::string_view text, std::size_t at) {
    if (at_or_nul(text, at + 1) != 'x') return {};
    std::uint32_t value = 0;
    std::size_t end = at + 2;
    for (; end < text.size() && end - at < 6 && hex_value(text[end]) >= 0; ++end) {
        value = value << 4 | static_cast<std::uint32_t>(hex_value(text[end]));
    }
    if (end - at < 4 || at_or_nul(text, end) != '_') return {};
    std::uint8_t const separators = separator_of(value);
    return separators != 0 || value < 0x20 ? made(end + 1 - at, separators) : Dressing{};
}

// The bytes of one UTF-8 character, each written as `width` digits of `base` behind `sign`; a lone byte is one of Latin-1.
EscapedLetter escaped_bytes(std::string_view text, std::size_t at, std::string_view sign, unsigned base, std::size_t width) {
    std::string bytes;
    std::size_t end = at, after_first = at;
    while (bytes.size() < 4 && text.substr(std::min(end, text.size())).starts_with(sign)) {
        unsigned value = 0;
        std::size_t digits = 0;
        for (; digits < width && end + sign.size() + digits < text.size(); ++digits) {
            int const digit = hex_value(text[end + sign.size() + digits]);
            if (digit < 0 || static_cast<unsigned>(digit) >= base) break;
            value = value * base + static_cast<unsigned>(digit);
        }
        if (digits < width || value > 0xFF) break;
        if (!bytes.empty() && (value & 0xC0) != 0x80) break;
        bytes += static_cast<char>(value);
        end += sign.size() + width;
        if (bytes.size() == 1) after_first = end;
        if (value < 0x80) break;
    }
    if (bytes.empty()) return {};
    CodePoint const point = decode_utf8(bytes, 0);
    if (point.valid) return {point.value, static_cast<std::uint32_t>(at + point.length * (sign.size() + width) - at)};
    return {static_cast<unsigned char>(bytes[0]), static_cast<std::uint32_t>(after_first - at)};
}

EscapedLetter unicode_escape(std::string_view text, std::size_t at) {
    bool const braced = at_or_nul(text, at + 2) == '{';
    std::size_t const begin = at + (braced ? 3 : 2), most = text[at + 1] == 'U' ? 8 : braced ? 6 : 4;
    char32_t value = 0;
    std::size_t end = begin;
    for (; end < text.size() && end - begin < most && hex_value(text[end]) >= 0; ++end) {
        value = value << 4 | static_cast<char32_t>(hex_value(text[end]));
    }
    // Old property lists write \U and four digits.
    bool const whole = braced ? end > begin && at_or_nul(text, end) == '}' : end - begin == most || (most == 8 && end - begin == 4);
    if (!whole || value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {};
    return {value, static_cast<std::uint32_t>(end + braced - at)};
}

// \"u, \'{e}, \v{c}: a letter and what stands over it.
EscapedLetter tex_accent(std::string_view text, std::size_t at) {
    struct Accent {
        char sign;
        char32_t mark;
    };
    constexpr Accent accents[] = {{'"', 0x308}, {'\'', 0x301}, {'`', 0x300}, {'^', 0x302}, {'~', 0x303}, {'=', 0x304}, {'.', 0x307},
                                  {'c', 0x327}, {'v', 0x30C}, {'u', 0x306}, {'H', 0x30B}, {'k', 0x328}, {'r', 0x30A}};
    char const sign = at_or_nul(text, at + 1);
    auto const* const accent = std::find_if(std::begin(accents), std::end(accents), [&](Accent const& one) { return one.sign == sign; });
    if (accent == std::end(accents)) return {};
    bool const braced = at_or_nul(text, at + 2) == '{';
    if (is_alpha(sign) && !braced) return {};
    char const letter = at_or_nul(text, at + (braced ? 3 : 2));
    if (!is_alpha(letter) || (braced && at_or_nul(text, at + 4) != '}')) return {};
    std::string composed(1, letter);
    append_utf8(composed, accent->mark);
    composed = normalize_nfkc(composed);
    return {decode_utf8(composed, 0).value, braced ? 5u : 3u};
}

constexpr auto dressing_bytes = [] {
    std::array<bool, 256> table{};
    for (char const c : {'<', '*', '~', '`', '"', '\'', '\\', '{', '}', '[', ']', '%', '+', '&', '=', '_', '\x7F', '\xC2'}) {
        table[static_cast<unsigned char>(c)] = true;
    }
    for (int c = 0; c < 0x20; ++c) table[c] = table[c] || (c != '\t' && c != '\n' && c != '\r');
    return table;
}();

}  // namespace

bool may_dress(char c) { return dressing_bytes[static_cast<unsigned char>(c)]; }

bool is_line_mark(char c) { return c == '>' || c == '#' || c == '/' || c == '*' || c == '|' || c == ';' || c == '%' || c == '!'; }

Dressing dressing_at(std::string_view text, std::size_t at) {
    char const c = text[at];
    switch (c) {
        case '<': return tag_at(text, at);
        case '*':
        case '~':
        case '`':
        case '}': return made(1);
        case '"':
        case '\'': return string_joint_at(text, at);
        case '\\': return backslash_at(text, at);
        case '{': return brace_at(text, at);
        case '[':
        case ']': return text.substr(at).starts_with("]]>") ? made(3) : link_at(text, at);
        case '+': return made(1, blank);
        case '_': return underscore_at(text, at);
        case '\x1B': return terminal_at(text, at);
        case '\f':
        case '\v': return made(1, line_end);
        // A soft hyphen at a line's end is a hyphen; elsewhere nobody sees it.
        case '\xC2': {
            if (at_or_nul(text, at + 1) != '\xAD') return {};
            std::size_t end = at + 2;
            while (at_or_nul(text, end) == ' ' || at_or_nul(text, end) == '\r') ++end;
            return made(2, at_or_nul(text, end) == '\n' ? dash : 0);
        }
        // A line that goes on, in quoted-printable and in TeX.
        case '=':
        case '%': {
            std::size_t end = at + 1 + (at_or_nul(text, at + 1) == '\r');
            if (at_or_nul(text, end) == '\n') {
                for (++end; c == '%' && end < text.size() && end - at < longest_joint && (text[end] == ' ' || text[end] == '\t');) ++end;
                return made(end - at);
            }
            break;
        }
        case '&': break;
        default: return static_cast<unsigned char>(c) < 0x20 || c == '\x7F' ? made(1) : Dressing{};
    }
    // An escape of what is no letter.
    EscapedLetter const escaped = escaped_letter_at(text, at);
    if (escaped.length == 0) return {};
    std::uint8_t const separators = separator_of(escaped.value);
    return separators != 0 || is_ignorable(escaped.value) ? made(escaped.length, separators) : Dressing{};
}

EscapedLetter escaped_letter_at(std::string_view text, std::size_t at) {
    switch (text[at]) {
        case '%': return escaped_bytes(text, at, "%", 16, 2);
        case '=': return escaped_bytes(text, at, "=", 16, 2);
        case '&': {
            CharacterReference const reference = decode_reference(text, at);
            return {reference.value, reference.length};
        }
        case '\\': break;
        default: return {};
    }
    char const next = at_or_nul(text, at + 1);
    if (next == 'u' || next == 'U') {
        EscapedLetter const letter = unicode_escape(text, at);
        if (letter.length != 0) return letter;
    }
    if (next == 'x') return escaped_bytes(text, at, "\\x", 16, 2);
    if (next >= '0' && next <= '3') return escaped_bytes(text, at, "\\", 8, 3);
    return tex_accent(text, at);
}

bool is_behind_escape(std::string_view text, std::size_t at) {
    std::string_view const before = text.substr(0, at);
    auto const last = [&](std::size_t count) { return before.substr(at - count); };
    auto const is_hex = [](char c) { return hex_value(c) >= 0; };
    if (at >= 2 && before[at - 2] == '\\' && std::string_view("ntrN").find(before[at - 1]) != std::string_view::npos) return true;
    if (at >= 3 && last(3).starts_with("\\f") && is_upper(before[at - 1])) return true;
    if (at >= 3 && (before[at - 3] == '%' || before[at - 3] == '=') && is_hex(before[at - 2]) && is_hex(before[at - 1])) return true;
    return at >= 6 && last(6).starts_with("\\u") && std::all_of(before.end() - 4, before.end(), is_hex);
}

}  // namespace keepmum
