// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/text/json_scanner.h"

#include <optional>

namespace keepmum {

namespace {

std::optional<std::uint32_t> four_digits(std::string_view text, std::size_t at, std::size_t end) {
    if (at + 4 > end) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
        char const c = to_lower(text[i]);
        int const digit = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) return std::nullopt;
        value = value << 4 | static_cast<std::uint32_t>(digit);
    }
    return value;
}

char32_t simple_escape(char c) {
    switch (c) {
        case 'n': return '\n';
        case 't': return '\t';
        case 'r': return '\r';
        case 'b':
        case 'f': return ' ';
        case '"':
        case '\\':
        case '/': return static_cast<char32_t>(c);
        default: return 0;
    }
}

// The end of the string that begins at `at`, which is behind the opening quote.
std::size_t string_end(std::string_view input, std::size_t at) {
    while (at < input.size()) {
        std::size_t const stop = input.find_first_of("\"\\", at);
        if (stop == std::string_view::npos) return input.size();
        if (input[stop] == '"') return stop;
        at = stop + 2;
    }
    return input.size();
}

}  // namespace

bool JsonScanner::next(JsonEvent& event) {
    while (at_ < input_.size()) {
        char const c = input_[at_];
        event.depth = objects_.size();
        event.span = {at_, at_ + 1};
        if (c == '"') {
            std::size_t const end = string_end(input_, at_ + 1);
            event.span = {at_ + 1, end};
            at_ = std::min(end + 1, input_.size());
            std::size_t const behind = input_.find_first_not_of(" \t\r\n", at_);
            bool const key = !objects_.empty() && objects_.back() && behind != std::string_view::npos && input_[behind] == ':';
            event.what = key ? JsonEvent::What::key : JsonEvent::What::string;
            if (key) at_ = behind + 1;
            return true;
        }
        if (c == '{' || c == '[') {
            objects_.push_back(c == '{');
            ++at_;
            event.what = c == '{' ? JsonEvent::What::begin_object : JsonEvent::What::begin_array;
            return true;
        }
        if (c == '}' || c == ']') {
            if (!objects_.empty()) objects_.pop_back();
            ++at_;
            event.depth = objects_.size();
            event.what = c == '}' ? JsonEvent::What::end_object : JsonEvent::What::end_array;
            return true;
        }
        ++at_;
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',' || c == ':') continue;
        while (at_ < input_.size() && (is_alnum(input_[at_]) || input_[at_] == '.' || input_[at_] == '+' || input_[at_] == '-')) ++at_;
        event.span.end = at_;
        event.what = JsonEvent::What::other;
        return true;
    }
    return false;
}

void append_unescaped(MappedText& to, std::string_view text, Span span) {
    std::size_t at = span.begin;
    while (at < span.end) {
        std::size_t stop = text.find('\\', at);
        if (stop == std::string_view::npos || stop >= span.end) stop = span.end;
        to.copy(text.substr(at, stop - at), at);
        at = stop;
        if (at + 1 >= span.end) {
            if (at < span.end) to.copy(text.substr(at, 1), at);
            return;
        }
        if (char32_t const plain = simple_escape(text[at + 1])) {
            to.put(plain, at, 2);
            at += 2;
            continue;
        }
        std::optional<std::uint32_t> const value = text[at + 1] == 'u' ? four_digits(text, at + 2, span.end) : std::nullopt;
        if (!value) {
            to.copy(text.substr(at, 1), at);
            ++at;
            continue;
        }
        bool const pair = *value >= 0xD800 && *value <= 0xDBFF && at + 12 <= span.end && text[at + 6] == '\\' && text[at + 7] == 'u';
        std::optional<std::uint32_t> const low = pair ? four_digits(text, at + 8, span.end) : std::nullopt;
        if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
            to.put(0x10000 + ((*value - 0xD800) << 10) + (*low - 0xDC00), at, 12);
            at += 12;
        } else {
            to.put(*value == 0 ? U' ' : *value, at, 6);
            at += 6;
        }
    }
}

MappedText unescape_json(std::string_view input) {
    MappedText out;
    if (input.find('\\') == std::string_view::npos) return out;
    std::size_t at = 0;
    while (at < input.size()) {
        std::size_t const quote = input.find('"', at);
        if (quote == std::string_view::npos) break;
        std::size_t const end = string_end(input, quote + 1);
        out.copy(input.substr(at, quote + 1 - at), at);
        append_unescaped(out, input, {quote + 1, end});
        at = end;
        if (at < input.size()) {
            out.copy(input.substr(at, 1), at);
            ++at;
        }
    }
    out.copy(input.substr(std::min(at, input.size())), at);
    return out;
}

}  // namespace keepmum
