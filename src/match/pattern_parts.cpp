// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/pattern_parts.h"

#include "base/utf8.h"

namespace keepmum {

std::size_t flags_length(std::string_view rest) {
    if (!rest.starts_with("(?")) return 0;
    std::size_t const end = rest.find_first_not_of("imsU-", 2);
    return end != rest.npos && end > 2 && rest[end] == ')' ? end + 1 : 0;
}

std::size_t set_length(std::string_view rest) {
    if (rest.starts_with('.')) return 1;
    if (rest.starts_with('\\')) return rest.size() > 1 && std::string_view("wWdDsS").find(rest[1]) != rest.npos ? 2 : 0;
    if (!rest.starts_with('[')) return 0;
    std::size_t at = 1;
    if (rest.substr(at).starts_with('^')) ++at;
    if (rest.substr(at).starts_with(']')) ++at;
    while (at < rest.size() && rest[at] != ']') {
        if (rest[at] == '\\') {
            at += 2;
        } else if (rest.substr(at).starts_with("[:")) {
            std::size_t const end = rest.find(":]", at);
            at = end == rest.npos ? at + 1 : end + 2;
        } else {
            ++at;
        }
    }
    return at < rest.size() ? at + 1 : 0;
}

std::size_t repetition_length(std::string_view rest) {
    std::size_t length = 0;
    if (!rest.empty() && std::string_view("*+?").find(rest[0]) != std::string_view::npos) length = 1;
    if (rest.starts_with('{')) {
        std::size_t const end = rest.find_first_not_of("0123456789,", 1);
        if (end != rest.npos && rest[end] == '}' && end > 1 && is_digit(rest[1])) length = end + 1;
    }
    return length > 0 && rest.substr(length).starts_with('?') ? length + 1 : length;
}

namespace {

// Length of the repetition that `rest` begins with, if nothing at all satisfies it; else 0.
std::size_t optional_repetition_length(std::string_view rest) {
    std::size_t length = 0;
    if (rest.starts_with('*') || rest.starts_with('?')) {
        length = 1;
    } else if (rest.starts_with("{0,")) {
        std::size_t const end = rest.find_first_not_of("0123456789", 3);
        if (end != rest.npos && rest[end] == '}') length = end + 1;
    }
    return length > 0 && rest.substr(length).starts_with('?') ? length + 1 : length;
}

}  // namespace

std::string without_optional_start(std::string_view pattern) {
    std::string kept;
    while (true) {
        if (std::size_t const flags = flags_length(pattern)) {
            kept += pattern.substr(0, flags);
            pattern.remove_prefix(flags);
            continue;
        }
        std::size_t const set = set_length(pattern);
        std::size_t const repetition = set ? optional_repetition_length(pattern.substr(set)) : 0;
        if (!repetition) return kept + std::string(pattern);
        pattern.remove_prefix(set + repetition);
    }
}

}  // namespace keepmum
