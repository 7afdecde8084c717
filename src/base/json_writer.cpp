// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_writer.h"

#include <array>

#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr char hex_digits[] = "0123456789abcdef";

void append_escape(std::string& out, char32_t unit) {
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) out += hex_digits[(unit >> shift) & 15];
}

constexpr auto plain = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0x20; c < 0x7F; ++c) table[c] = c != '"' && c != '\\';
    return table;
}();

bool stands_for_itself(char c) { return plain[static_cast<unsigned char>(c)]; }

void append_wide(std::string& out, CodePoint code, std::string_view bytes) {
    if (!code.valid) {
        out += "\xEF\xBF\xBD";
    } else if (!is_disguising(code.value)) {
        out += bytes;
    } else if (code.value < 0x10000) {
        append_escape(out, code.value);
    } else {
        append_escape(out, 0xD800 + ((code.value - 0x10000) >> 10));
        append_escape(out, 0xDC00 + ((code.value - 0x10000) & 0x3FF));
    }
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        // Nearly all of it stands for itself.
        std::size_t end = at;
        while (end < text.size() && stands_for_itself(text.data()[end])) ++end;
        out.append(text.substr(at, end - at));
        if (end == text.size()) break;
        at = end;
        unsigned char const byte = static_cast<unsigned char>(text[at]);
        if (byte >= 0x7F) {
            CodePoint const code = decode_utf8(text, at);
            append_wide(out, code, text.substr(at, code.length));
            at += code.length;
            continue;
        }
        ++at;
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += static_cast<char>(byte);
        } else if (byte == '\n') {
            out += "\\n";
        } else if (byte == '\t') {
            out += "\\t";
        } else if (byte == '\r') {
            out += "\\r";
        } else {
            append_escape(out, byte);
        }
    }
    out += '"';
}

void JsonWriter::separate() {
    if (comma_) out_ += ',';
    comma_ = true;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    separate();
    append_json_string(out_, name);
    out_ += ':';
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    append_json_string(out_, text);
    return *this;
}

JsonWriter& JsonWriter::plain(std::string_view token) {
    separate();
    out_ += token;
    return *this;
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
    comma_ = false;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_ += bracket;
    comma_ = true;
    return *this;
}

}  // namespace keepmum
