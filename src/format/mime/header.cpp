// Header values: encoded words, parameters, and the charsets in both.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "base/hex.h"
#include "format/mime/mime.h"
#include "format/text/charset.h"

namespace keepmum {

namespace {

std::string to_text(std::string_view bytes, std::string_view charset) {
    if (std::optional<Charset> const known = charset_named(charset)) return decode_charset(bytes, *known).text;
    if (is_utf8(bytes)) return std::string(bytes);
    if (std::optional<CharsetGuess> const guess = guess_charset(bytes)) return decode_charset(bytes, guess->charset).text;
    return decode_charset(bytes, Charset::windows_1252).text;
}

// The Q encoding of RFC 2047, or the %XX of RFC 2231.
std::string undo_hex(std::string_view text, char sign) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == sign && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
            out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            out += sign == '=' && text[i] == '_' ? ' ' : text[i];
        }
    }
    return out;
}

// "=?charset?B?text?=" at `at`; length 0 where there is none.
struct EncodedWord {
    std::string charset, bytes;
    std::size_t length = 0;
};

EncodedWord encoded_word(std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 4096;
    std::string_view const rest = text.substr(at, longest);
    if (!rest.starts_with("=?")) return {};
    std::size_t const first = rest.find('?', 2);
    std::size_t const second = first == std::string_view::npos ? first : rest.find('?', first + 1);
    if (second == std::string_view::npos || second != first + 2) return {};
    std::size_t const end = rest.find("?=", second + 1);
    if (end == std::string_view::npos) return {};
    std::string_view charset = rest.substr(2, first - 2);
    charset = charset.substr(0, charset.find('*'));  // a language may follow (RFC 2231)
    std::string_view const payload = rest.substr(second + 1, end - second - 1);
    char const kind = to_lower(rest[first + 1]);
    if (kind != 'b' && kind != 'q') return {};
    std::string bytes = kind == 'q' ? undo_hex(payload, '=') : decode_transfer(payload, "base64").bytes;
    return {std::string(charset), std::move(bytes), end + 2};
}

}  // namespace

std::string decode_header(std::string_view value) {
    std::string unfolded;
    for (char c : value) {
        if (c != '\r' && c != '\n') unfolded += c == '\t' ? ' ' : c;
    }
    std::string out, plain, word_charset, word_bytes;
    auto flush_plain = [&] { out += to_text(plain, ""), plain.clear(); };
    auto flush_word = [&] {
        if (!word_bytes.empty()) out += to_text(word_bytes, word_charset);
        word_bytes.clear();
    };
    std::size_t at = std::min(unfolded.find_first_not_of(' '), unfolded.size());
    while (at < unfolded.size()) {
        EncodedWord const word = encoded_word(unfolded, at);
        if (word.length > 0) {
            // Blanks between two encoded words are not part of the value; and a character may be cut
            // in two by the words' border, so bytes of one charset are joined before decoding.
            if (plain.find_first_not_of(' ') != std::string::npos || (out.empty() && word_bytes.empty())) {
                flush_word();
                flush_plain();
            }
            plain.clear();
            if (word.charset != word_charset) flush_word();
            word_charset = word.charset;
            word_bytes += word.bytes;
            at += word.length;
        } else {
            if (!word_bytes.empty() && unfolded[at] != ' ') flush_word();
            plain += unfolded[at++];
        }
    }
    flush_word();
    while (!plain.empty() && plain.back() == ' ') plain.pop_back();
    flush_plain();
    return out;
}

std::string parameter(std::string_view value, std::string_view name) {
    // Pieces of a continued parameter by number; plain ones count as piece 0.
    struct Piece {
        std::string text;
        bool extended = false;
    };
    std::map<int, Piece> pieces;
    std::size_t at = value.find(';');
    while (at != std::string_view::npos && at < value.size()) {
        ++at;
        while (at < value.size() && (value[at] == ' ' || value[at] == '\t')) ++at;
        std::size_t const equals = value.find_first_of("=;", at);
        if (equals == std::string_view::npos || value[equals] == ';') {
            at = equals;
            continue;
        }
        std::string key = ascii_lower(value.substr(at, equals - at));
        while (!key.empty() && key.back() == ' ') key.pop_back();
        std::string text;
        at = equals + 1;
        while (at < value.size() && value[at] == ' ') ++at;
        if (at < value.size() && value[at] == '"') {
            for (++at; at < value.size() && value[at] != '"'; ++at) {
                if (value[at] == '\\' && at + 1 < value.size()) ++at;
                text += value[at];
            }
            at = value.find(';', at);
        } else {
            std::size_t const end = std::min(value.find(';', at), value.size());
            text = value.substr(at, end - at);
            while (!text.empty() && text.back() == ' ') text.pop_back();
            at = end < value.size() ? end : std::string_view::npos;
        }
        bool const extended = key.ends_with('*');
        if (extended) key.pop_back();
        std::size_t const star = key.find('*');
        if (key.substr(0, star) != name) continue;
        int number = 0;
        if (star != std::string::npos) {
            for (char c : std::string_view(key).substr(star + 1, 4)) number = is_digit(c) ? number * 10 + (c - '0') : number;
        }
        pieces.emplace(number, Piece{std::move(text), extended});
    }
    std::string bytes, charset;
    bool first = true;
    for (auto const& [number, piece] : pieces) {
        std::string_view text = piece.text;
        if (piece.extended && first) {
            std::size_t const quote = text.find('\''), second = quote == std::string_view::npos ? quote : text.find('\'', quote + 1);
            if (second != std::string_view::npos) {
                charset = text.substr(0, quote);
                text.remove_prefix(second + 1);
            }
        }
        bytes += piece.extended ? undo_hex(text, '%') : std::string(text);
        first = false;
    }
    return charset.empty() ? decode_header(bytes) : to_text(bytes, charset);
}

}  // namespace keepmum
