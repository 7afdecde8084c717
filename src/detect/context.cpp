// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/context.h"

#include <algorithm>

#include "base/utf8.h"
#include "detect/word_index.h"

namespace keepmum {
namespace {

constexpr std::size_t npos = std::string_view::npos;
constexpr std::size_t characters_before = 60;
constexpr std::size_t characters_after = 24;
// Bytes that so many characters take at most.
constexpr std::size_t bytes_before = 4 * characters_before;
constexpr std::size_t bytes_after = 4 * characters_after;
// Characters beside a candidate that its detector may still take into its span.
constexpr std::size_t widening = 64;

bool is_tail(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::size_t step_back(std::string_view text, std::size_t at, std::size_t characters) {
    for (std::size_t seen = 0; at > 0 && seen < characters; ++seen) {
        --at;
        for (int tail = 0; tail < 3 && at > 0 && is_tail(text[at]); ++tail) --at;
    }
    return at;
}

std::size_t step_on(std::string_view text, std::size_t at, std::size_t characters) {
    for (std::size_t seen = 0; at < text.size() && seen < characters; ++seen) at += decode_utf8(text, at).length;
    return std::min(at, text.size());
}

// The index in evidence.names of the heading of the column, or the name of the field, that `at` lies
// in; npos where there is none.
std::size_t heading_at(Evidence const& evidence, std::size_t at) {
    auto const after = std::upper_bound(evidence.marks.begin(), evidence.marks.end(), at,
                                        [](std::size_t offset, Mark const& mark) { return offset < mark.at; });
    for (auto mark = after; mark != evidence.marks.begin();) {
        --mark;
        std::int64_t index = -1;
        if (mark->what == Mark::What::cell) index = std::int64_t(mark->b) - 1;
        if (mark->what == Mark::What::field) index = mark->a;
        if (index < 0 && mark->what != Mark::What::cell && mark->what != Mark::What::field) continue;
        if (index < 0 || index >= static_cast<std::int64_t>(evidence.names.size())) return npos;
        return static_cast<std::size_t>(index);
    }
    return npos;
}

bool is_table(Evidence const& evidence) { return evidence.kind == Kind::records || evidence.kind == Kind::fields; }

// The index that lies in `notes`.
WordIndex& index_of(Reading const& reading, std::unique_ptr<Notes>& notes) {
    if (!notes) notes = std::make_unique<WordIndex>(reading.text);
    return static_cast<WordIndex&>(*notes);
}

// The first word that heads the column or field of `at`.
std::size_t word_in_heading(Reading const& reading, WordIndex& index, std::size_t at,
                            std::span<std::string_view const> words) {
    if (!is_table(reading.evidence)) return npos;
    std::size_t const name = heading_at(reading.evidence, at);
    return name == npos ? npos : index.find_in_name(name, reading.evidence.names[name], words);
}

std::string_view find_with(WordIndex& index, Reading const& reading, Span span, std::span<std::string_view const> words) {
    std::string_view const text = reading.text;
    std::size_t best = word_in_heading(reading, index, span.begin, words);
    auto const look = [&](Span block, auto const& cut) {
        std::span<WordIndex::Place const> const places = index.find(block, words);
        if (places.empty()) return;
        Span const within = cut();
        for (WordIndex::Place const& place : places) {
            if (place.word < best && place.lies_in(within)) best = place.word;
        }
    };
    look({span.begin - std::min<std::size_t>(span.begin, bytes_before), span.begin}, [&] {
        std::size_t from = step_back(text, span.begin, characters_before);
        if (is_table(reading.evidence)) {
            std::size_t const line = text.substr(from, span.begin - from).rfind('\n');
            if (line != npos) from += line + 1;
        }
        return Span{from, span.begin};
    });
    look({span.end, std::min<std::size_t>(span.end + bytes_after, text.size())}, [&] {
        std::size_t to = step_on(text, span.end, characters_after);
        if (is_table(reading.evidence)) to = std::min(to, span.end + text.substr(span.end, to - span.end).find('\n'));
        return Span{span.end, to};
    });
    return best == npos ? std::string_view() : words[best];
}

}  // namespace

std::string_view find_near(Reading const& reading, Span span, std::span<std::string_view const> words) {
    std::unique_ptr<Notes> own;
    return find_with(index_of(reading, reading.notes ? *reading.notes : own), reading, span, words);
}

bool may_be_near(Reading const& reading, Span span, std::span<std::string_view const> words, Span& quiet) {
    if (!reading.notes) return !find_near(reading, span, words).empty();
    Span const before{span.begin - std::min<std::size_t>(span.begin, bytes_before + widening), span.begin};
    Span const after{span.end, std::min<std::size_t>(span.end + bytes_after + widening, reading.text.size())};
    bool const is_quiet = before.begin >= quiet.begin && after.end <= quiet.end;
    if (is_quiet && !is_table(reading.evidence)) return false;
    WordIndex& index = index_of(reading, *reading.notes);
    quiet = index.quiet_around({before.begin, after.end}, words);
    if (quiet.size() > 0) return word_in_heading(reading, index, span.begin, words) != npos;
    return !index.find(before, words).empty() || !index.find(after, words).empty() ||
           word_in_heading(reading, index, span.begin, words) != npos;
}

bool is_said_to_be_harmless(Reading const& reading, Span span) {
    static constexpr std::string_view words[] = {
        "isbn", "issn",     "doi",    "ean",     "upc",       "gtin",   "uuid",   "guid",   "sha1",
        "sha",  "sha256",   "md5",    "crc",     "checksum",  "hash",   "commit", "rfc",    "version",
        "oclc", "arxiv",    "pmid",   "pmc",     "timestamp", "lccn",   "bug",    "asin",   "changeset",
        "sku",  "revision", "serial", "part no", "书号",      "刊号",   "时间戳", "版本",   "流水号",
        "货号", "订单号"};
    return !find_near(reading, span, words).empty();
}

}  // namespace keepmum
