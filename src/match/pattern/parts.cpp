// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/pattern/parts.h"

#include <algorithm>

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

namespace {

// Length of the part that `rest` begins with, where parentheses and bars are parts; 0 where it is not understood.
std::size_t part_length(std::string_view rest) {
    if (std::size_t const flags = flags_length(rest)) return flags;
    if (std::size_t const set = set_length(rest)) return set;
    if (rest[0] == '\\') return rest.size() < 2 || rest[1] == 'Q' || rest[1] == 'C' ? 0 : 2;
    return rest[0] == '[' ? 0 : 1;
}

// Walks to the end of the alternatives that `at` stands in, and adds those behind the next bar to `kept`.
bool skip_row(std::string_view pattern, std::size_t& at, std::string& kept) {
    bool keeps = false;
    for (int depth = 0; at < pattern.size();) {
        std::string_view const rest = pattern.substr(at);
        std::size_t const length = part_length(rest);
        if (length == 0) return false;
        if (length == 1 && rest[0] == ')' && depth-- == 0) return true;
        depth += length == 1 && rest[0] == '(';
        keeps = keeps || (length == 1 && rest[0] == '|' && depth == 0);
        if (keeps) kept += rest.substr(0, length);
        at += length;
    }
    return true;
}

}  // namespace

std::optional<std::string> closing_at(std::string_view pattern, std::size_t at) {
    int open = 0;
    std::size_t here = 0;
    while (here < at) {
        std::size_t const length = part_length(pattern.substr(here));
        if (length == 0) return std::nullopt;
        if (length == 1) open += pattern[here] == '(' ? 1 : pattern[here] == ')' ? -1 : 0;
        here += length;
    }
    if (here != at) return std::nullopt;
    std::string closing;
    for (; open >= 0; --open) {
        if (!skip_row(pattern, here, closing)) return std::nullopt;
        if (open == 0) break;
        if (here == pattern.size() || repetition_length(pattern.substr(here + 1)) > 0) return std::nullopt;
        closing += ')';
        ++here;
    }
    return closing;
}

std::optional<LazyStart> lazy_start(std::string_view pattern) {
    constexpr std::size_t most_digits = 6;
    std::size_t flags = 0;
    while (std::size_t const more = flags_length(pattern.substr(flags))) flags += more;
    if (pattern.substr(0, flags).find('U') != pattern.npos) return std::nullopt;  // takes as much as it can, then
    std::size_t const set = set_length(pattern.substr(flags));
    std::size_t const repetition = set ? optional_repetition_length(pattern.substr(flags + set)) : 0;
    std::string_view const how = pattern.substr(std::min(flags + set, pattern.size()), repetition);
    std::size_t const rest = flags + set + repetition;
    if (how.size() < 2 || how.back() != '?' || rest == pattern.size()) return std::nullopt;
    // Where there are other ways beside, the start belongs to the first of them alone.
    if (closing_at(pattern, rest) != "") return std::nullopt;
    LazyStart start{std::string(pattern.substr(0, flags + set)), std::string(pattern.substr(0, flags)), 1};
    start.rest += pattern.substr(rest);
    if (how[0] == '*') start.most = ~std::uint64_t{0};
    if (how[0] != '{') return start;
    std::string_view const digits = how.substr(3, how.size() - 5);  // {0,…}?
    if (digits.empty() || digits.size() > most_digits) return std::nullopt;
    start.most = 0;
    for (char c : digits) start.most = start.most * 10 + static_cast<std::uint64_t>(c - '0');
    return start;
}

}  // namespace keepmum
