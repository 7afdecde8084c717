// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/unjudged.h"

#include <algorithm>

namespace keepmum {

std::vector<Span> lines_of(std::string_view text, std::vector<Span> spans) {
    std::sort(spans.begin(), spans.end(), [](Span a, Span b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
    std::vector<Span> lines;
    for (Span const span : spans) {
        std::uint64_t const last = lines.empty() ? 0 : lines.back().end;
        if (!lines.empty() && span.end <= last) continue;
        std::uint64_t begin = std::clamp<std::uint64_t>(span.begin, last, text.size());
        while (begin > last && text[begin - 1] != '\n') --begin;
        std::uint64_t const from = std::clamp<std::uint64_t>(span.end, begin, text.size());
        std::uint64_t const end = std::min<std::uint64_t>(text.find('\n', from), text.size());
        if (!lines.empty() && begin <= last) lines.back().end = std::max(last, end);
        else lines.push_back({begin, end});
    }
    return lines;
}

bool touches(std::span<Span const> lines, Span span) {
    auto const after = std::partition_point(lines.begin(), lines.end(), [&](Span line) { return line.end <= span.begin; });
    return after != lines.end() && after->begin < span.end;
}

}  // namespace keepmum
