// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/place.h"

#include <charconv>

#include "base/hex.h"
#include "base/utf8.h"

namespace keepmum {

namespace {

constexpr How all_hows[] = {How::part,  How::page,     How::sheet,  How::slide, How::table,  How::row,
                            How::field, How::revision, How::region, How::time,  How::decode, How::tail};

void append_hex(std::string& out, unsigned char byte) {
    static constexpr char digits[] = "0123456789ABCDEF";
    out += '%';
    out += digits[byte >> 4];
    out += digits[byte & 15];
}

// The kind that "page:…" begins with, or member.
How kind_of(std::string_view step) {
    for (How how : all_hows) {
        std::string_view const prefix = word(how);
        if (step.size() > prefix.size() && step.starts_with(prefix) && step[prefix.size()] == ':') return how;
    }
    return How::member;
}

Result<std::string> unescape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i];
            continue;
        }
        if (i + 2 >= text.size() || hex_value(text[i + 1]) < 0 || hex_value(text[i + 2]) < 0) {
            return fail(Fault::invalid, "a % that is not followed by two hexadecimal digits", std::string(text));
        }
        out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
        i += 2;
    }
    return out;
}

Result<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty()) {
        return fail(Fault::invalid, "not a number in a place", std::string(text));
    }
    return value;
}

// Compares runs of digits by value and everything else by bytes.
int natural_compare(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    while (i < a.size() && j < b.size()) {
        if (is_digit(a[i]) && is_digit(b[j])) {
            std::size_t si = i, sj = j;
            while (si < a.size() && a[si] == '0') ++si;
            while (sj < b.size() && b[sj] == '0') ++sj;
            std::size_t ei = si, ej = sj;
            while (ei < a.size() && is_digit(a[ei])) ++ei;
            while (ej < b.size() && is_digit(b[ej])) ++ej;
            if (ei - si != ej - sj) return ei - si < ej - sj ? -1 : 1;
            if (int const order = a.substr(si, ei - si).compare(b.substr(sj, ej - sj))) return order;
            i = ei;
            j = ej;
        } else {
            if (a[i] != b[j]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[j]) ? -1 : 1;
            ++i;
            ++j;
        }
    }
    if (i < a.size()) return 1;
    if (j < b.size()) return -1;
    return a.compare(b);  // "01" against "1": still an order
}

}  // namespace

std::string escape_name(std::string_view name) {
    std::string out;
    for (std::size_t at = 0; at < name.size();) {
        CodePoint const point = decode_utf8(name, at);
        bool const special = point.value == '%' || point.value == '!' || point.value == '@' || point.value == '+';
        bool const control = point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0) ||
                             (point.value >= 0x200B && point.value <= 0x200F) ||
                             (point.value >= 0x2028 && point.value <= 0x202E) ||
                             (point.value >= 0x2060 && point.value <= 0x206F) || point.value == 0xFEFF;
        if (special || control || !point.valid) {
            for (int i = 0; i < point.length; ++i) append_hex(out, static_cast<unsigned char>(name[at + i]));
        } else {
            out.append(name.substr(at, point.length));
        }
        at += point.length;
    }
    return out;
}

Place Place::with(How how, std::string name) const {
    Place place{source, steps, std::nullopt};
    place.steps.push_back({how, std::move(name)});
    return place;
}

Place Place::under(Place const& parent) const {
    Place place{parent.source, parent.steps, span};
    place.steps.insert(place.steps.end(), steps.begin(), steps.end());
    return place;
}

std::string print(Place const& place) {
    std::string out = escape_name(place.source);
    for (Step const& step : place.steps) {
        out += '!';
        if (step.how == How::member) {
            std::string name = escape_name(step.name);
            if (kind_of(name) != How::member) name.replace(name.find(':'), 1, "%3A");
            out += name;
        } else {
            out += word(step.how);
            out += ':';
            out += escape_name(step.name);
        }
    }
    if (place.span) {
        out += '@';
        out += std::to_string(place.span->begin);
        out += '+';
        out += std::to_string(place.span->size());
    }
    return out;
}

Result<Place> parse_place(std::string_view text) {
    Place place;
    if (std::size_t const at = text.find('@'); at != std::string_view::npos) {
        std::string_view const span = text.substr(at + 1);
        std::size_t const plus = span.find('+');
        if (plus == std::string_view::npos) return fail(Fault::invalid, "a span without a length", std::string(text));
        std::uint64_t const begin = TRY(number(span.substr(0, plus)));
        std::uint64_t const length = TRY(number(span.substr(plus + 1)));
        place.span = Span{begin, begin + length};
        text = text.substr(0, at);
    }
    std::size_t bang = text.find('!');
    place.source = TRY(unescape(text.substr(0, bang)));
    while (bang != std::string_view::npos) {
        text = text.substr(bang + 1);
        bang = text.find('!');
        std::string_view step = text.substr(0, bang);
        How const how = kind_of(step);
        if (how != How::member) step = step.substr(word(how).size() + 1);
        place.steps.push_back({how, TRY(unescape(step))});
    }
    return place;
}

bool before(Place const& left, Place const& right) {
    if (left.source != right.source) return left.source < right.source;
    for (std::size_t i = 0; i < left.steps.size() && i < right.steps.size(); ++i) {
        Step const& a = left.steps[i];
        Step const& b = right.steps[i];
        if (a.how != b.how) return a.how < b.how;
        if (int const order = natural_compare(a.name, b.name)) return order < 0;
    }
    if (left.steps.size() != right.steps.size()) return left.steps.size() < right.steps.size();
    Span const a = left.span.value_or(Span{}), b = right.span.value_or(Span{});
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.end < b.end;
}

}  // namespace keepmum
