// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/offset_map.h"

#include <algorithm>

namespace keepmum {

OffsetMap OffsetMap::shifted(std::uint64_t base) {
    OffsetMap map;
    if (base != 0) map.add(0, base);
    return map;
}

void OffsetMap::add(std::uint64_t text, std::uint64_t source, std::uint32_t text_unit,
                    std::uint32_t source_unit) {
    if (text_unit == 0) text_unit = 1;
    if (segments_.empty() && text == 0 && source == 0 && text_unit == 1 && source_unit == 1) {
        segments_.push_back({0, 0, 1, 1});
        return;
    }
    if (!segments_.empty()) {
        Segment& last = segments_.back();
        if (text == last.text) {  // the last one stayed empty
            last = {text, source, text_unit, source_unit};
            return;
        }
        std::uint64_t const length = text - last.text;
        bool const in_step = last.text_unit == text_unit && last.source_unit == source_unit &&
                             length % text_unit == 0 &&
                             last.source + length / text_unit * source_unit == source;
        if (in_step) return;
    }
    segments_.push_back({text, source, text_unit, source_unit});
}

OffsetMap::Segment const* OffsetMap::segment_at(std::uint64_t text) const {
    auto after = std::upper_bound(
        segments_.begin(), segments_.end(), text,
        [](std::uint64_t at, Segment const& segment) { return at < segment.text; });
    return after == segments_.begin() ? &segments_.front() : &*(after - 1);
}

Span OffsetMap::to_source(Span text) const {
    if (segments_.empty()) return text;
    auto unit_of = [this](std::uint64_t at) -> Span {
        Segment const& segment = *segment_at(at);
        std::uint64_t const units = (at > segment.text ? at - segment.text : 0) / segment.text_unit;
        std::uint64_t const begin = segment.source + units * segment.source_unit;
        return {begin, begin + segment.source_unit};
    };
    Span const first = unit_of(text.begin);
    if (text.end <= text.begin) return {first.begin, first.begin};
    Span const last = unit_of(text.end - 1);
    // Views that move text about (right-to-left, table cells) may map backwards.
    return {std::min(first.begin, last.begin), std::max(first.end, last.end)};
}

}  // namespace keepmum
