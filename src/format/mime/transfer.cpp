// Content transfer encodings (RFC 2045 §6; uuencode as POSIX has it).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "base/hex.h"
#include "format/mime/mime.h"

namespace keepmum {

namespace {

constexpr std::array<signed char, 256> base64_values = [] {
    std::array<signed char, 256> values{};
    values.fill(-1);
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < letters.size(); ++i) values[static_cast<unsigned char>(letters[i])] = static_cast<signed char>(i);
    values['-'] = 62;
    values['_'] = 63;
    return values;
}();

// Lines of words: blanks or other signs between the letters, or anything behind the padding, where
// mail programs stop reading. Their letters decode to nonsense, so the words are kept as they stand.
std::string words_between(std::string_view body) {
    std::string words;
    bool padded = false;
    while (!body.empty()) {
        std::size_t const feed = body.find('\n');
        std::string_view line = body.substr(0, feed);
        body.remove_prefix(feed == std::string_view::npos ? body.size() : feed + 1);
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) line.remove_suffix(1);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
        if (line.empty()) continue;
        std::size_t const padding = line.find('=');
        std::string_view const letters = line.substr(0, padding);
        bool const clean = std::all_of(letters.begin(), letters.end(), [](char c) { return base64_values[static_cast<unsigned char>(c)] >= 0; });
        bool const ends = padding == std::string_view::npos || line.find_first_not_of('=', padding) == std::string_view::npos;
        if (padded || !clean || !ends) words.append(line).append("\n");
        padded = padded || padding != std::string_view::npos;
    }
    return words;
}

TransferDecoded undo_base64(std::string_view body) {
    TransferDecoded out;
    out.bytes.reserve(body.size() / 4 * 3);
    out.residue = words_between(body);
    std::uint32_t group = 0;
    int letters = 0;
    for (char c : body) {
        int const value = base64_values[static_cast<unsigned char>(c)];
        if (value < 0) {
            // Padding ends a group: several encoded pieces may stand one behind the other.
            if (c == '=') {
                if (letters == 2) out.bytes += static_cast<char>(group >> 4);
                if (letters == 3) out.bytes.append({static_cast<char>(group >> 10), static_cast<char>(group >> 2)});
                letters = 0;
                group = 0;
            }
            continue;
        }
        group = group << 6 | static_cast<std::uint32_t>(value);
        if (++letters == 4) {
            out.bytes.append({static_cast<char>(group >> 16), static_cast<char>(group >> 8), static_cast<char>(group)});
            letters = 0;
            group = 0;
        }
    }
    if (letters == 2) out.bytes += static_cast<char>(group >> 4);
    if (letters == 3) out.bytes.append({static_cast<char>(group >> 10), static_cast<char>(group >> 2)});
    return out;
}

TransferDecoded undo_quoted_printable(std::string_view body) {
    TransferDecoded out;
    out.bytes.reserve(body.size());
    for (std::size_t i = 0; i < body.size(); ++i) {
        if (body[i] != '=') {
            out.bytes += body[i];
            continue;
        }
        if (i + 2 < body.size() && hex_value(body[i + 1]) >= 0 && hex_value(body[i + 2]) >= 0) {
            out.bytes += static_cast<char>(hex_value(body[i + 1]) * 16 + hex_value(body[i + 2]));
            i += 2;
            continue;
        }
        std::size_t at = i + 1;
        while (at < body.size() && (body[at] == ' ' || body[at] == '\t' || body[at] == '\r')) ++at;
        if (at < body.size() && body[at] == '\n') i = at;  // soft line break
        else if (at < body.size()) out.bytes += '=';       // damaged: kept as it stands
    }
    return out;
}

TransferDecoded undo_uuencode(std::string_view body) {
    TransferDecoded out;
    bool inside = false;
    while (!body.empty()) {
        std::size_t const feed = body.find('\n');
        std::string_view line = body.substr(0, feed);
        body.remove_prefix(feed == std::string_view::npos ? body.size() : feed + 1);
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (!inside) {
            inside = line.starts_with("begin ");
            if (!inside) out.residue.append(line).append("\n");
            continue;
        }
        if (line == "end") {
            inside = false;
            continue;
        }
        if (line.empty()) continue;
        auto value = [&](std::size_t at) { return at < line.size() ? (line[at] - 32) & 63 : 0; };
        auto left = static_cast<std::size_t>(value(0));
        // A letter of checksum may follow; more is no part of the encoding.
        std::size_t const expected = 1 + (left + 2) / 3 * 4;
        if (line.size() > expected + 1) out.residue.append(line.substr(expected)).append("\n");
        for (std::size_t at = 1; left > 0 && at < line.size(); at += 4) {
            int const group = value(at) << 18 | value(at + 1) << 12 | value(at + 2) << 6 | value(at + 3);
            for (int shift = 16; shift >= 0 && left > 0; shift -= 8, --left) out.bytes += static_cast<char>(group >> shift);
        }
    }
    return out;
}

}  // namespace

TransferDecoded decode_transfer(std::string_view body, std::string_view encoding) {
    if (encoding == "base64") return undo_base64(body);
    if (encoding == "quoted-printable") return undo_quoted_printable(body);
    if (encoding == "x-uuencode" || encoding == "uuencode" || encoding == "x-uue") return undo_uuencode(body);
    return {std::string(body), {}};
}

}  // namespace keepmum
