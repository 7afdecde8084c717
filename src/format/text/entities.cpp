// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/entities.h"

#include <algorithm>
#include <iterator>

#include "base/utf8.h"

namespace keepmum {

namespace {

struct Named {
    std::string_view name;
    char32_t value;
    bool bare;
};
constexpr Named table[] = {
#include "format/text/entities.inc"
};

constexpr std::size_t longest_name = 24;

constexpr char16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

Named const* find(std::string_view name) {
    auto const at = std::lower_bound(std::begin(table), std::end(table), name,
                                     [](Named const& row, std::string_view value) { return row.name < value; });
    return at != std::end(table) && at->name == name ? &*at : nullptr;
}

CharacterReference numeric(std::string_view text, std::size_t at) {
    bool const hex = at + 2 < text.size() && (text[at + 2] == 'x' || text[at + 2] == 'X');
    std::size_t const first = at + (hex ? 3 : 2);
    std::size_t i = first;
    std::uint32_t value = 0;
    // Leading zeroes have no end in hostile text; ten digits hold every code point.
    for (; i < text.size() && i < first + 10; ++i) {
        char const c = to_lower(text[i]);
        int const digit = is_digit(c) ? c - '0' : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) break;
        value = std::min<std::uint32_t>(value, 0xFFFFFF) * (hex ? 16 : 10) + static_cast<std::uint32_t>(digit);
    }
    if (i == first) return {};
    if (i < text.size() && text[i] == ';') ++i;
    char32_t c = value;
    if (c >= 0x80 && c <= 0x9F) c = windows_1252[c - 0x80];
    if (c == 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
    return {c, static_cast<std::uint8_t>(i - at)};
}

}  // namespace

CharacterReference decode_reference(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size()) return {};
    if (text[at + 1] == '#') return numeric(text, at);
    std::size_t end = at + 1;
    while (end < text.size() && end - at <= longest_name && is_alnum(text[end])) ++end;
    std::string_view const name = text.substr(at + 1, end - at - 1);
    if (name.empty()) return {};
    if (end < text.size() && text[end] == ';') {
        if (Named const* const row = find(name)) return {row->value, static_cast<std::uint8_t>(name.size() + 2)};
    }
    // Without a semicolon the longest known beginning counts: &copy2024.
    for (std::size_t length = std::min<std::size_t>(name.size(), 6); length >= 2; --length) {
        Named const* const row = find(name.substr(0, length));
        if (row && row->bare) return {row->value, static_cast<std::uint8_t>(length + 1)};
    }
    return {};
}

}  // namespace keepmum
