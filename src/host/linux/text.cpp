// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/linux/text.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>

#include "base/hex.h"
#include "base/utf8.h"

namespace keepmum::linux_host {

namespace {

constexpr std::string_view white = " \t\r\n\v\f";

std::optional<std::uint64_t> number(std::string_view text, int base) {
    std::uint64_t value = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

std::string_view trim(std::string_view text) {
    std::size_t const begin = text.find_first_not_of(white);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(white) + 1 - begin);
}

std::string_view next_line(std::string_view& text) {
    std::size_t const end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

std::string_view next_word(std::string_view& text) {
    std::size_t const begin = std::min(text.find_first_not_of(" \t"), text.size());
    text.remove_prefix(begin);
    std::size_t const end = std::min(text.find_first_of(" \t"), text.size());
    std::string_view const word = text.substr(0, end);
    text.remove_prefix(std::min(text.find_first_not_of(" \t", end), text.size()));
    return word;
}

std::vector<std::string_view> words(std::string_view line, std::size_t most) {
    std::vector<std::string_view> all;
    line = trim(line);
    while (!line.empty() && all.size() < most) all.push_back(next_word(line));
    return all;
}

std::optional<std::uint64_t> whole_number(std::string_view text) { return number(text, 10); }

std::optional<std::uint64_t> hex_number(std::string_view text) {
    if (text.starts_with("0x") || text.starts_with("0X")) text.remove_prefix(2);
    return number(text, 16);
}

std::optional<std::string> hex_bytes(std::string_view text) {
    std::string bytes;
    int high = -1;
    for (char const c : text) {
        if (high < 0 && (c == ' ' || c == ':' || c == '\n')) continue;
        int const digit = hex_value(c);
        if (digit < 0) return std::nullopt;
        if (high < 0) {
            high = digit;
        } else {
            bytes += static_cast<char>(high * 16 + digit);
            high = -1;
        }
    }
    if (high >= 0) return std::nullopt;
    return bytes;
}

std::string_view unquoted(std::string_view text) {
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front()) {
        return text.substr(1, text.size() - 2);
    }
    return text;
}

bool has_word_part(std::string_view text, std::string_view part) {
    auto const same = [](char left, char right) { return to_lower(left) == to_lower(right); };
    return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end();
}

std::vector<Pair> pairs(std::string_view text) {
    std::vector<Pair> all;
    std::string_view section;
    while (!text.empty()) {
        std::string_view const whole = next_line(text);
        std::string_view const line = trim(whole);
        if (line.empty() || line.front() == '#' || line.front() == ';') continue;
        if (line.front() == '[' && line.back() == ']') {
            section = line.substr(1, line.size() - 2);
            continue;
        }
        std::size_t const equal = line.find('=');
        if (equal == std::string_view::npos) continue;
        all.push_back({section, trim(line.substr(0, equal)), trim(line.substr(equal + 1)), line});
    }
    return all;
}

std::string plain_time(std::string_view text) {
    bool const plain = text.size() <= 40 && text.find_first_not_of("0123456789-:.TZ+") == text.npos;
    return plain ? std::string(text) : std::string();
}

std::string made_name(std::string_view bytes) {
    std::string name = prove({}, bytes).line;
    std::size_t const most = 120;
    if (name.size() > most) name.resize(valid_utf8_prefix(std::string_view(name).substr(0, most)));
    return name;
}

std::string iso_time(std::int64_t seconds) {
    if (seconds <= 0 || seconds > 4'102'444'800) return {};  // the year 2100
    std::time_t const when = seconds;
    std::tm parts{};
    if (!::gmtime_r(&when, &parts)) return {};
    char text[96];
    std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", parts.tm_year + 1900, parts.tm_mon + 1,
                  parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text;
}

}  // namespace keepmum::linux_host
