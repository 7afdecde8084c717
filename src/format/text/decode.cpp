// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/decode.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/hex.h"
#include "base/icu.h"
#include "base/utf8.h"
#include "format/text/charset.h"
#include "format/text/entities.h"

namespace keepmum {

namespace {

// Bytes and their map while a run is undone.
struct Undoing {
    std::string bytes;
    OffsetMap map;

    void add(char byte, std::size_t source, std::size_t width) {
        map.add(bytes.size(), source, 1, static_cast<std::uint32_t>(width));
        bytes += byte;
    }
    void add(char32_t character, std::size_t source, std::size_t width) {
        std::size_t const before = bytes.size();
        append_utf8(bytes, character);
        map.add(before, source, static_cast<std::uint32_t>(bytes.size() - before), static_cast<std::uint32_t>(width));
    }
};

constexpr auto base64_values = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (int i = 0; i < 26; ++i) table['A' + i] = static_cast<std::int8_t>(i);
    for (int i = 0; i < 26; ++i) table['a' + i] = static_cast<std::int8_t>(26 + i);
    for (int i = 0; i < 10; ++i) table['0' + i] = static_cast<std::int8_t>(52 + i);
    table['+'] = table['-'] = 62;
    table['/'] = table['_'] = 63;
    return table;
}();

int base64_value(char c) { return base64_values[static_cast<unsigned char>(c)]; }

// The number in the `count` hex digits at `at`, or nothing.
std::optional<std::uint32_t> hex_at(std::string_view text, std::size_t at, std::size_t count) {
    if (at > text.size() || count > text.size() - at) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        int const digit = hex_value(text[at + i]);
        if (digit < 0) return std::nullopt;
        value = value << 4 | static_cast<std::uint32_t>(digit);
    }
    return value;
}

void undo_base64(std::string_view text, Span run, Undoing& out) {
    std::uint32_t bits = 0;
    std::size_t letters = 0, first = 0, last = 0;
    auto put = [&](std::size_t count) {
        std::size_t const width = last + 1 - first;
        // A whole quantum is one unit, so long runs on one line are one segment of the map.
        out.map.add(out.bytes.size(), first, static_cast<std::uint32_t>(count), static_cast<std::uint32_t>(width));
        for (std::size_t i = 0; i < count; ++i) out.bytes += static_cast<char>(bits >> (16 - 8 * i));
        bits = 0;
        letters = 0;
    };
    for (std::size_t at = run.begin; at < run.end; ++at) {
        int const value = base64_value(text[at]);
        if (value < 0) {
            if (text[at] == '=') break;
            continue;
        }
        if (letters == 0) first = at;
        last = at;
        bits = bits << 6 | static_cast<std::uint32_t>(value);
        if (++letters == 4) put(3);
    }
    if (letters == 2) {
        bits <<= 12;
        put(1);
    } else if (letters == 3) {
        bits <<= 6;
        put(2);
    }
}

void undo_hex(std::string_view text, Span run, Undoing& out) {
    int high = -1;
    std::size_t first = 0;
    for (std::size_t at = run.begin; at < run.end; ++at) {
        int const value = hex_value(text[at]);
        if (value < 0) continue;
        if (high < 0) {
            high = value;
            first = at;
        } else {
            out.add(static_cast<char>(high << 4 | value), first, at + 1 - first);
            high = -1;
        }
    }
}

// "\x41" where it stands, and lists of "0x41" with what parts them left out.
void undo_hex_escapes(std::string_view text, Span run, Undoing& out) {
    bool listed = false;
    for (std::size_t at = run.begin; at < run.end;) {
        bool const escape = (text[at] == '\\' || text[at] == '0') && at + 3 < run.end && (text[at + 1] | 0x20) == 'x';
        std::optional<std::uint32_t> const value = escape ? hex_at(text, at + 2, 2) : std::nullopt;
        if (value) {
            listed = text[at] == '0';
            out.add(static_cast<char>(*value), at, 4);
            at += 4;
            continue;
        }
        bool const parting = text[at] == ',' || text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t';
        if (!listed || !parting) out.add(text[at], at, 1);
        ++at;
    }
}

void undo_percent(std::string_view text, Span run, Undoing& out) {
    for (std::size_t at = run.begin; at < run.end;) {
        std::optional<std::uint32_t> const value = text[at] == '%' ? hex_at(text.substr(0, run.end), at + 1, 2) : std::nullopt;
        out.add(value ? static_cast<char>(*value) : text[at], at, value ? 3 : 1);
        at += value ? 3 : 1;
    }
}

struct Escape {
    char32_t value = 0;
    std::size_t length = 0;
};

// One of \uXXXX, \u{X…}, \UXXXXXXXX at `at`.
Escape unicode_escape(std::string_view text, std::size_t at) {
    if (text[at] != '\\' || at + 1 >= text.size()) return {};
    if (text[at + 1] == 'U') {
        auto const value = hex_at(text, at + 2, 8);
        return value ? Escape{*value, 10} : Escape{};
    }
    if (text[at + 1] != 'u') return {};
    if (at + 2 < text.size() && text[at + 2] == '{') {
        std::size_t end = at + 3;
        while (end < text.size() && end < at + 11 && hex_value(text[end]) >= 0) ++end;
        auto const value = hex_at(text, at + 3, end - at - 3);
        bool const closed = end > at + 3 && end < text.size() && text[end] == '}';
        return value && closed ? Escape{*value, end + 1 - at} : Escape{};
    }
    auto const value = hex_at(text, at + 2, 4);
    if (!value) return {};
    if (*value < 0xD800 || *value > 0xDBFF) return {*value, 6};
    auto const low = text.substr(std::min(at + 6, text.size())).starts_with("\\u") ? hex_at(text, at + 8, 4) : std::nullopt;
    if (!low || *low < 0xDC00 || *low > 0xDFFF) return {0xFFFD, 6};
    return {0x10000 + ((*value - 0xD800) << 10) + (*low - 0xDC00), 12};
}

void undo_unicode_escapes(std::string_view text, Span run, Undoing& out) {
    std::string_view const within = text.substr(0, run.end);
    for (std::size_t at = run.begin; at < run.end;) {
        Escape const escape = unicode_escape(within, at);
        if (escape.length != 0) {
            out.add(escape.value, at, escape.length);
            at += escape.length;
        } else {
            out.add(text[at], at, 1);
            ++at;
        }
    }
}

void undo_entities(std::string_view text, Span run, Undoing& out) {
    std::string_view const within = text.substr(0, run.end);
    for (std::size_t at = run.begin; at < run.end;) {
        CharacterReference const reference = text[at] == '&' ? decode_reference(within, at) : CharacterReference{};
        if (reference.length != 0) {
            out.add(reference.value, at, reference.length);
            at += reference.length;
        } else {
            out.add(text[at], at, 1);
            ++at;
        }
    }
}

void undo_quoted_printable(std::string_view text, Span run, Undoing& out) {
    std::string_view const within = text.substr(0, run.end);
    for (std::size_t at = run.begin; at < run.end;) {
        if (text[at] == '=') {
            if (auto const value = hex_at(within, at + 1, 2)) {
                out.add(static_cast<char>(*value), at, 3);
                at += 3;
                continue;
            }
            std::size_t end = at + 1;
            while (end < run.end && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
            if (end < run.end && text[end] == '\n') {  // soft line break
                at = end + 1;
                continue;
            }
        }
        out.add(text[at], at, 1);
        ++at;
    }
}

// What stands before and behind escapes belongs to what they say: `pass%77ord`, `key = &#65;&#75;`.
Span with_neighbours(std::string_view text, Span run) {
    constexpr std::size_t reach = 128;
    auto is_edge = [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '"' || c == '\'' || c == '<' || c == '>'; };
    for (std::size_t i = 0; i < reach && run.begin > 0 && text[run.begin - 1] != '\n'; ++i) --run.begin;
    for (std::size_t i = 0; i < reach && run.end < text.size() && !is_edge(text[run.end]); ++i) ++run.end;
    // A word of other letters may have been cut in the middle of a character.
    while (run.begin < run.end && (text[run.begin] & 0xC0) == 0x80) ++run.begin;
    while (run.end < text.size() && (text[run.end] & 0xC0) == 0x80) ++run.end;
    return run;
}

bool is_mostly_printable(std::string_view text) {
    std::size_t printable = 0, all = 0;
    for (std::size_t at = 0; at < text.size();) {
        CodePoint const point = decode_utf8(text, at);
        printable += is_printable(point.value) && point.value != 0xFFFD;
        ++all;
        at += point.length;
    }
    return all != 0 && printable * 10 >= all * 9;
}

// Fewer bytes say nothing about a charset.
constexpr std::size_t least_in_a_charset = 8;

// Decoded bytes as text: UTF-8, or another charset that is beyond doubt.
bool make_text(Undoing& undone) {
    if (undone.bytes.size() < 4) return false;
    if (is_utf8(undone.bytes) && is_mostly_printable(undone.bytes)) return true;
    if (undone.bytes.size() < least_in_a_charset) return false;
    std::optional<CharsetGuess> const guess = guess_charset(undone.bytes);
    if (!guess || !guess->firm || !guess->known || guess->charset == Charset::utf8) return false;
    DecodedText text = decode_charset(std::string_view(undone.bytes).substr(guess->mark), guess->charset, guess->mark);
    if (text.invalid != 0 || !is_mostly_printable(text.text)) return false;
    undone.map = join_maps(text.map, undone.map, text.text.size());
    undone.bytes = std::move(text.text);
    return true;
}

// Whether make_text() would turn down what a short run of base64 or hex holds, which is no file either: most
// such runs are names in source code. Nothing is allocated.
bool is_surely_noise(std::string_view run, Encoding encoding) {
    constexpr std::size_t most = 1024;  // characters; what is longer is seldom a name, and worth the full look
    unsigned const width = encoding == Encoding::base64 ? 6 : 4;
    if (run.size() > most) return false;
    char bytes[most * 6 / 8];
    std::size_t size = 0;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (char const c : run) {
        int const value = width == 6 ? base64_value(c) : hex_value(c);
        if (value < 0) {
            if (c == '=') break;
            continue;
        }
        bits = bits << width | static_cast<std::uint32_t>(value);
        held += width;
        if (held < 8) continue;
        held -= 8;
        bytes[size++] = static_cast<char>(bits >> held);
    }
    std::string_view const decoded(bytes, size);
    if (has_file_head(decoded) || is_utf8(decoded)) return false;
    return size < least_in_a_charset || !may_be_firm(decoded);
}

}  // namespace

std::string_view word(Encoding encoding) {
    switch (encoding) {
        case Encoding::base64: return "base64";
        case Encoding::hex: return "hex";
        case Encoding::hex_escapes: return "hex-escapes";
        case Encoding::percent: return "percent";
        case Encoding::unicode_escapes: return "unicode-escapes";
        case Encoding::entities: return "entities";
        case Encoding::quoted_printable: return "quoted-printable";
    }
    return "";
}

std::string decode_data_uri(std::string_view uri) {
    std::size_t const comma = uri.find(',');
    if (comma == std::string_view::npos) return {};
    bool const base64 = ascii_lower(uri.substr(0, comma)).ends_with(";base64");
    // Percent escapes may stand in base64 too (%2B, %3D).
    Undoing plain;
    undo_percent(uri, {comma + 1, uri.size()}, plain);
    if (!base64) return std::move(plain.bytes);
    Undoing out;
    undo_base64(plain.bytes, {0, plain.bytes.size()}, out);
    return std::move(out.bytes);
}

bool has_file_head(std::string_view bytes) {
    using namespace std::string_view_literals;
    for (std::string_view const mark :
         {"PK\3\4"sv, "%PDF-"sv, "\x89PNG\r\n"sv, "\xFF\xD8\xFF"sv, "GIF8"sv, "Rar!\x1A"sv, "7z\xBC\xAF"sv, "\x1F\x8B\x08"sv,
          "\xD0\xCF\x11\xE0"sv, "BZh9"sv, "\xFD" "7zXZ"sv, "\x28\xB5\x2F\xFD"sv, "\x7F" "ELF"sv, "SQLite format 3"sv,
          "RIFF"sv, "II*\0"sv, "MM\0*"sv, "MSCF\0"sv, "wOFF"sv, "wOF2"sv, "\0\1\0\0\0"sv, "OTTO"sv, "\x78\x9F\x3E\x22"sv,
          "OggS"sv, "ID3"sv, "fLaC"sv}) {
        if (!bytes.empty() && bytes[0] == mark[0] && bytes.starts_with(mark)) return true;
    }
    if (bytes.size() > 12 && bytes.substr(4, 4) == "ftyp") return true;
    return bytes.size() > 26 && bytes.starts_with("BM") && bytes.substr(6, 4) == "\0\0\0\0"sv;
}

std::optional<DecodedRun> decode_run(std::string_view text, EncodedRun const& run) {
    if (run.begin >= run.end || run.end > text.size()) return std::nullopt;
    DecodedRun out;
    out.span = {run.begin, run.end};
    bool const escapes = run.encoding != Encoding::base64 && run.encoding != Encoding::hex;
    if (escapes) out.span = with_neighbours(text, out.span);
    else if (is_surely_noise(text.substr(run.begin, run.end - run.begin), run.encoding)) return std::nullopt;
    Undoing undone;
    switch (run.encoding) {
        case Encoding::base64: undo_base64(text, out.span, undone); break;
        case Encoding::hex: undo_hex(text, out.span, undone); break;
        case Encoding::hex_escapes: undo_hex_escapes(text, out.span, undone); break;
        case Encoding::percent: undo_percent(text, out.span, undone); break;
        case Encoding::unicode_escapes: undo_unicode_escapes(text, out.span, undone); break;
        case Encoding::entities: undo_entities(text, out.span, undone); break;
        case Encoding::quoted_printable: undo_quoted_printable(text, out.span, undone); break;
    }
    // A head of letters alone may begin a sentence too ("RIFF raff"); what follows it tells.
    bool const reads = is_utf8(undone.bytes) && is_mostly_printable(undone.bytes) && !undone.bytes.starts_with("%PDF-");
    if (has_file_head(undone.bytes) && !reads) {
        out.what = DecodedRun::What::bytes;
    } else if (!make_text(undone)) {
        return std::nullopt;
    }
    out.content = std::move(undone.bytes);
    out.map = std::move(undone.map);
    return out;
}

}  // namespace keepmum
