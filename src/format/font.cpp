// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/font.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/icu.h"
#include "base/offset_map.h"

namespace keepmum {

namespace {

std::uint32_t big(std::string_view bytes, std::size_t at, std::size_t size) {
    if (at > bytes.size() || size > bytes.size() - at) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

constexpr std::array<std::string_view, 62> font_tables = {
    "BASE", "CBDT", "CBLC", "CFF ", "CFF2", "COLR", "CPAL", "DSIG", "EBDT", "EBLC", "EBSC", "FFTM", "GDEF",
    "GPOS", "GSUB", "HVAR", "JSTF", "LTSH", "MATH", "MERG", "MVAR", "OS/2", "PCLT", "STAT", "SVG ", "VDMX",
    "VORG", "VVAR", "avar", "cmap", "cvar", "cvt ", "fpgm", "fvar", "gasp", "glyf", "gvar", "hdmx", "head",
    "hhea", "hmtx", "kern", "loca", "maxp", "meta", "name", "post", "prep", "sbix", "vhea", "vmtx", "feat",
    "morx", "mort", "prop", "trak", "lcar", "opbd", "acnt", "bsln", "just", "kerx"};
// Tables that may hold whatever a font maker likes, text and pictures included.
constexpr std::array<std::string_view, 5> open_tables = {"SVG ", "sbix", "CBDT", "DSIG", "meta"};

constexpr std::array<std::string_view, 26> profile_types = {
    "XYZ ", "curv", "para", "desc", "text", "mluc", "sf32", "sig ", "view", "meas", "mft1", "mft2", "mAB ",
    "mBA ", "chrm", "vcgt", "dict", "ndin", "mmod", "ui08", "ui16", "ui32", "uf32", "dtim", "mpet", "cicp"};

template <std::size_t N>
bool is_one_of(std::string_view word, std::array<std::string_view, N> const& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

// Whether the spans cover [0, size) but for at most three zero bytes behind each.
bool covers(std::vector<Span>& spans, std::string_view bytes) {
    std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.begin < b.begin; });
    auto is_padding = [&](std::uint64_t from, std::uint64_t to) {
        if (to - from > 3) return false;
        return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(from), bytes.begin() + static_cast<std::ptrdiff_t>(to),
                           [](char c) { return c == '\0'; });
    };
    std::uint64_t reached = 0;
    for (Span const& span : spans) {
        if (span.begin > reached && !is_padding(reached, span.begin)) return false;
        reached = std::max(reached, span.end);
    }
    return reached <= bytes.size() && is_padding(reached, bytes.size());
}

constexpr std::array<std::string_view, 23> name_words = {
    "copyright", "family", "subfamily", "unique id", "full name", "version", "postscript name", "trademark",
    "manufacturer", "designer", "description", "vendor url", "designer url", "licence", "licence url", "reserved",
    "typographic family", "typographic subfamily", "compatible name", "sample", "cid name", "wws family", "wws subfamily"};

void read_names(std::string_view table, AccountedFile& out) {
    std::size_t const count = big(table, 2, 2), storage = big(table, 4, 2);
    for (std::size_t i = 0; i < count && 6 + 12 * (i + 1) <= table.size() && out.strings.size() < 4096; ++i) {
        std::size_t const at = 6 + 12 * i;
        std::size_t const platform = big(table, at, 2), id = big(table, at + 6, 2), length = big(table, at + 8, 2);
        std::size_t const offset = storage + big(table, at + 10, 2);
        if (offset > table.size() || length > table.size() - offset) continue;
        std::string_view const raw = table.substr(offset, length);
        auto text = decode_with_icu(raw, platform == 1 ? "macintosh" : "UTF-16BE");
        if (!text || text->text.empty()) continue;
        NamedString named{id < name_words.size() ? std::string(name_words[id]) : "name " + std::to_string(id), std::move(text->text)};
        bool const known = std::any_of(out.strings.begin(), out.strings.end(),
                                       [&](NamedString const& one) { return one.name == named.name && one.text == named.text; });
        if (!known) out.strings.push_back(std::move(named));
    }
}

// One table directory at `at`; its tables join `spans`. False where it is damaged.
bool read_directory(std::string_view bytes, std::size_t at, std::vector<Span>& spans, AccountedFile& out) {
    std::size_t const count = big(bytes, at + 4, 2);
    if (count == 0 || at > bytes.size() || bytes.size() - at < 12 + 16 * count) return false;
    spans.push_back({at, at + 12 + 16 * count});
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const row = at + 12 + 16 * i;
        std::string_view const tag = bytes.substr(row, 4);
        std::uint64_t const offset = big(bytes, row + 8, 4), length = big(bytes, row + 12, 4);
        if (offset > bytes.size() || length > bytes.size() - offset) return false;
        spans.push_back({offset, offset + length});
        if (!is_one_of(tag, font_tables) || is_one_of(tag, open_tables)) out.fault = "the font has a table that may hold anything";
        if (tag == "name" && out.strings.size() < 256) read_names(bytes.substr(offset, length), out);
    }
    return true;
}

void read_profile_text(std::string_view tag, std::string_view element, AccountedFile& out) {
    std::string_view const type = element.substr(0, 4);
    if (type == "text" && element.size() > 8) {
        if (auto text = decode_with_icu(element.substr(8), "windows-1252")) out.strings.push_back({std::string(tag), std::move(text->text)});
    } else if (type == "desc" && element.size() > 12) {
        std::size_t const length = std::min<std::size_t>(big(element, 8, 4), element.size() - 12);
        if (auto text = decode_with_icu(element.substr(12, length), "windows-1252")) out.strings.push_back({std::string(tag), std::move(text->text)});
    } else if (type == "mluc") {
        std::size_t const count = big(element, 8, 4), size = big(element, 12, 4);
        for (std::size_t i = 0; size == 12 && i < count && 16 + 12 * (i + 1) <= element.size(); ++i) {
            std::size_t const length = big(element, 16 + 12 * i + 4, 4), offset = big(element, 16 + 12 * i + 8, 4);
            if (offset > element.size() || length > element.size() - offset || out.strings.size() > 1024) continue;
            if (auto text = decode_with_icu(element.substr(offset, length), "UTF-16BE")) out.strings.push_back({std::string(tag), std::move(text->text)});
        }
    }
}

}  // namespace

std::optional<AccountedFile> read_font(std::string_view bytes) {
    if (bytes.size() < 28) return std::nullopt;
    AccountedFile out;
    std::vector<Span> spans;
    bool sound = true;
    if (bytes.starts_with("ttcf")) {
        std::size_t const count = big(bytes, 8, 4);
        std::size_t const header = 12 + 4 * count + (big(bytes, 4, 2) >= 2 ? 12 : 0);
        if (count == 0 || count > 256 || header > bytes.size()) return std::nullopt;
        spans.push_back({0, header});
        for (std::size_t i = 0; i < count && sound; ++i) sound = read_directory(bytes, big(bytes, 12 + 4 * i, 4), spans, out);
    } else {
        sound = read_directory(bytes, 0, spans, out);
    }
    if (!sound) {
        out.fault = "the table directory of the font is damaged";
    } else if (out.fault.empty() && !covers(spans, bytes)) {
        out.fault = "bytes of the font belong to no table";
    }
    out.complete = out.fault.empty();
    return out;
}

std::optional<AccountedFile> read_colour_profile(std::string_view bytes) {
    if (bytes.size() < 132 || bytes.substr(36, 4) != "acsp") return std::nullopt;
    AccountedFile out;
    std::size_t const count = big(bytes, 128, 4);
    if (count > 1024 || bytes.size() - 132 < 12 * count) {
        out.fault = "the tag table of the profile is damaged";
        return out;
    }
    std::vector<Span> spans = {{0, 132 + 12 * count}};
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const row = 132 + 12 * i;
        std::uint64_t const offset = big(bytes, row + 4, 4), length = big(bytes, row + 8, 4);
        if (offset > bytes.size() || length > bytes.size() - offset || length < 8) {
            out.fault = "the tag table of the profile is damaged";
            return out;
        }
        std::string_view const element = bytes.substr(offset, length);
        if (!is_one_of(element.substr(0, 4), profile_types)) out.fault = "the profile has a tag of unknown type";
        read_profile_text(bytes.substr(row, 4), element, out);
        spans.push_back({offset, offset + length});
    }
    if (out.fault.empty() && big(bytes, 0, 4) != bytes.size()) out.fault = "the profile says it has another size";
    if (out.fault.empty() && !covers(spans, bytes)) out.fault = "bytes of the profile belong to no tag";
    out.complete = out.fault.empty();
    return out;
}

}  // namespace keepmum
