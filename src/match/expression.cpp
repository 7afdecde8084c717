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

std::string nominating_expression(std::string_view pattern) { return std::string(pattern); }

bool is_weak(std::string_view pattern) {
    re2::FilteredRE2 filter(3);
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
