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
        bool const alike = last.text_unit == text_unit && last.source_unit == source_unit;
        // Called for each character of many texts: no division where none is needed.
        bool const in_step = alike && (text_unit == 1 ? last.source + length * source_unit == source
                                                      : length % text_unit == 0 &&
                                                            last.source + length / text_unit * source_unit == source);
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

OffsetMap join_maps(OffsetMap const& inner, OffsetMap const& outer, std::uint64_t text_size) {
    if (outer.is_identity()) return inner;
    if (inner.is_identity()) return outer;
    auto const& ours = inner.segments();
    auto const& theirs = outer.segments();
    OffsetMap out;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        OffsetMap::Segment const& segment = ours[i];
        std::uint64_t const end = i + 1 < ours.size() ? ours[i + 1].text : text_size;
        if (segment.text_unit != segment.source_unit) {
            // One unit after the other: what a unit came from may be of several lengths outside.
            for (std::uint64_t at = segment.text; at < end; at += segment.text_unit) {
                std::uint64_t const middle = segment.source + (at - segment.text) / segment.text_unit * segment.source_unit;
                Span const source = outer.to_source({middle, middle + segment.source_unit});
                out.add(at, source.begin, segment.text_unit, static_cast<std::uint32_t>(source.size()));
            }
            continue;
        }
        // A plain copy: each outer segment that it runs through carries over as it is.
        std::uint64_t at = segment.text;
        while (at < end) {
            std::uint64_t const middle = segment.source + (at - segment.text);
            auto const after = std::upper_bound(theirs.begin(), theirs.end(), middle,
                                                [](std::uint64_t x, OffsetMap::Segment const& s) { return x < s.text; });
            OffsetMap::Segment const& under = after == theirs.begin() ? theirs.front() : *(after - 1);
            std::uint64_t const into = middle >= under.text ? (middle - under.text) / under.text_unit : 0;
            out.add(at, under.source + into * under.source_unit, under.text_unit, under.source_unit);
            if (after == theirs.end()) break;
            at = segment.text + (after->text - segment.source);
        }
    }
    return out;
}

}  // namespace keepmum
