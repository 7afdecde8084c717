// Where an expression may begin, and what occurs there, beside what RE2 finds. The first line is the expression, the rest the text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "match/pattern/beginnings.h"
#include "match/regex.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    std::string_view const all(reinterpret_cast<char const*>(data), size);
    size_t const line = std::min(all.find('\n'), size);
    std::string_view const pattern = all.substr(0, line), text = all.substr(std::min(line + 1, size)).substr(0, 256);
    if (pattern.size() > 128) return 0;
    auto const regex = keepmum::Regex::compile(pattern, 1 << 18);
    auto const beginnings = regex ? keepmum::Beginnings::make(pattern) : std::nullopt;
    if (!beginnings) return 0;
    std::vector<keepmum::Span> groups(static_cast<size_t>(regex->group_count()) + 1);
    keepmum::Beginnings::Walk walk;
    for (uint64_t at = 0; at < text.size(); ++at) {
        bool const begins = regex->find(text, at, text.size(), groups, keepmum::Regex::Anchor::start) && groups[0].size() > 0;
        bool const told = beginnings->find(text, {at, text.size()}, walk) == at;
        if (begins && !told) std::abort();
        if (!told) continue;
        auto const reach = beginnings->reach(text, at, text.size(), keepmum::Beginnings::Know::of_each);
        if (begins && (!reach.occurs || reach.end < groups[0].end)) std::abort();
        beginnings->trace(text, at, regex->group_count(), walk);
        if (!walk.groups.empty() && (!begins || walk.groups != groups)) std::abort();
    }
    return 0;
}
