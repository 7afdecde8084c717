// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/expression.h"

#include <hs/hs.h>
#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <vector>

#include "match/regex.h"

namespace keepmum {

std::uint64_t occurrence_width(std::string_view pattern) {
    hs_expr_info_t* info = nullptr;
    hs_compile_error_t* error = nullptr;
    if (hs_expression_info(std::string(pattern).c_str(), 0, &info, &error) != HS_SUCCESS) {
        hs_free_compile_error(error);
        return Regex::npos;
    }
    std::uint64_t const width = info->max_width;
    free(info);
    return width >= 0xFFFFFFFFu ? Regex::npos : width;
}

namespace {

// Length of the flags that `rest` begins with, such as (?i) or (?is-m); 0 where there are none.
std::size_t flags_length(std::string_view rest) {
    if (!rest.starts_with("(?")) return 0;
    std::size_t const end = rest.find_first_not_of("imsU-", 2);
    return end != rest.npos && end > 2 && rest[end] == ')' ? end + 1 : 0;
}

// Length of the set, escape or dot that `rest` begins with; 0 where it begins otherwise.
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

std::string nominating_expression(std::string_view pattern) {
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

bool is_weak(std::string_view pattern) {
    re2::FilteredRE2 filter(2);
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_log_errors(false);
    int number = 0;
    if (filter.Add(re2::StringPiece(pattern.data(), pattern.size()), options, &number) != RE2::NoError) return true;
    std::vector<std::string> atoms;
    filter.Compile(&atoms);
    return atoms.empty();
}

}  // namespace keepmum
