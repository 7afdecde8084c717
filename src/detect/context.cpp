// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/context.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"

namespace keepmum {
namespace {

constexpr std::size_t characters_before = 60;
constexpr std::size_t characters_after = 24;

// Lower case for the scripts our words are written in: Latin, Greek, Cyrillic.
char32_t lower(char32_t c) {
    if (c < 0x80) return static_cast<unsigned char>(to_lower(static_cast<char>(c)));
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 &&
        c <= 0x42F)) return c + 32;
    if (c >= 0x400 && c <= 0x40F) return c + 80;
    if (c >= 0x100 && c <= 0x137) return c | 1;
    if (c >= 0x139 && c <= 0x148) return c % 2 ? c + 1 : c;
    if (c >= 0x14A && c <= 0x177) return c | 1;
    return c;
}

bool parts_words(char32_t c) {
    return c == ' ' || c == '_' || c == '-' || c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x3000;
}

// Lower case, separators as single spaces, camelCase parted.
std::string fold(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 8);
    char32_t last = ' ';
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        at += point.length;
        if (parts_words(point.value)) {
            if (!out.empty() && out.back() != ' ') out += ' ';
        } else {
            bool const hump = point.value < 0x80 && is_upper(static_cast<char>(point.value)) && last < 0x80 &&
                              is_lower(static_cast<char>(last));
            if (hump) out += ' ';
            append_utf8(out, lower(point.value));
        }
        last = point.value;
    }
    return out;
}

bool is_tail(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::size_t step_back(std::string_view text, std::size_t at, std::size_t characters) {
    for (std::size_t seen = 0; at > 0 && seen < characters; ++seen) {
        --at;
        for (int tail = 0; tail < 3 && at > 0 && is_tail(text[at]); ++tail) --at;
    }
    return at;
}

std::size_t step_on(std::string_view text, std::size_t at, std::size_t characters) {
    for (std::size_t seen = 0; at < text.size() && seen < characters; ++seen) at += decode_utf8(text,
        at).length;
    return std::min(at, text.size());
}

bool joins_word(char32_t c) { return is_word(c) && !is_cjk(c); }

// `word` at `at` in `text` begins and ends where a word does.
bool is_whole(std::string_view text, std::size_t at, std::string_view word) {
    char32_t const first = decode_utf8(word, 0).value;
    if (!joins_word(first)) return true;
    if (at > 0 && joins_word(decode_utf8(text, step_back(text, at, 1)).value)) return false;
    std::size_t end = at + word.size();
    if (end < text.size() && text[end] == 's') ++end;
    return end >= text.size() || !joins_word(decode_utf8(text, end).value);
}

bool holds(std::string_view text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        if (is_whole(text, at, word)) return true;
    }
    return false;
}

// The heading of the column, or the name of the field, that `at` lies in; "" where there is none.
std::string_view heading_at(Evidence const& evidence, std::size_t at) {
    auto const after = std::upper_bound(evidence.marks.begin(), evidence.marks.end(), at,
                                        [](std::size_t offset, Mark const& mark) { return offset < mark.at; });
    for (auto mark = after; mark != evidence.marks.begin();) {
        --mark;
        std::int64_t index = -1;
        if (mark->what == Mark::What::cell) index = std::int64_t(mark->b) - 1;
        if (mark->what == Mark::What::field) index = mark->a;
        if (index < 0 && mark->what != Mark::What::cell && mark->what != Mark::What::field) continue;
        if (index < 0 || index >= static_cast<std::int64_t>(evidence.names.size())) return {};
        return evidence.names[static_cast<std::size_t>(index)];
    }
    return {};
}

}  // namespace

std::string_view find_near(Reading const& reading, Span span, std::span<std::string_view const> words) {
    std::string_view const text = reading.text;
    std::size_t from = step_back(text, span.begin, characters_before);
    std::size_t to = step_on(text, span.end, characters_after);
    std::string near;
    if (reading.evidence.kind == Kind::records || reading.evidence.kind == Kind::fields) {
        near = fold(heading_at(reading.evidence, span.begin)) + '\n';
        std::size_t const line = text.substr(0, span.begin).rfind('\n');
        if (line != std::string_view::npos) from = std::max(from, line + 1);
        to = std::min(to, text.find('\n', span.end));
    }
    near += fold(text.substr(from, span.begin - from)) + '\n' + fold(text.substr(span.end, to - span.end));
    for (std::string_view word : words) {
        if (holds(near, word)) return word;
    }
    return {};
}

bool is_said_to_be_harmless(Reading const& reading, Span span) {
    static constexpr std::string_view words[] = {
        "isbn",   "issn",  "doi",      "ean",     "upc",  "gtin", "uuid",   "guid",    "sha1",    "sha256",
            "sha",
        "md5",    "crc",   "checksum", "hash",    "commit", "version", "timestamp", "arxiv", "oclc", "pmid",
            "pmc",
        "lccn",   "rfc",   "changeset", "revision", "bug", "asin", "sku",    "part no", "serial",  "书号",
              "刊号",
        "时间戳", "版本", "流水号",   "订单号",  "货号"};
    return !find_near(reading, span, words).empty();
}

}  // namespace keepmum
