// The worker's side of the record; see record.h.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include "base/utf8.h"
#include "engine/isolate/record.h"
#include "engine/isolate/wire.h"

namespace keepmum {
namespace {

WireFrame frame(char tag, std::string const& meta, Blob content = {}) {
    WireFrame frame;
    std::uint32_t const meta_size = static_cast<std::uint32_t>(meta.size());
    std::uint64_t const content_size = content.size();
    frame.head.resize(wire::header_size);
    frame.head[0] = tag;
    std::memcpy(frame.head.data() + 4, &meta_size, sizeof meta_size);
    std::memcpy(frame.head.data() + 8, &content_size, sizeof content_size);
    frame.head += meta;
    frame.content = std::move(content);
    return frame;
}

// Printable ASCII; anything else becomes '?'.
std::string clean_word(std::string_view text) {
    std::string word(text.substr(0, wire::max_word));
    for (char& c : word) {
        if (c < 0x20 || c > 0x7E) c = '?';
    }
    return word;
}

std::string clean_text(std::string_view text, std::size_t max) {
    std::string clean;
    for (std::size_t at = 0; at < text.size() && clean.size() + 4 <= max;) {
        CodePoint const point = decode_utf8(text, at);
        bool const control = point.value < 0x20 || point.value == 0x7F;
        append_utf8(clean, control ? U' ' : point.value);
        at += point.length;
    }
    return clean;
}

// A field's name may hold any valid UTF-8, tabs and line ends too.
std::string clean_name(std::string_view text) {
    text = text.substr(0, wire::max_name);
    if (is_utf8(text)) return std::string(text);
    std::string clean;
    for (std::size_t at = 0; at < text.size() && clean.size() + 4 <= wire::max_name;) {
        CodePoint const point = decode_utf8(text, at);
        append_utf8(clean, point.value);
        at += point.length;
    }
    return clean;
}

void write_steps(wire::Writer& meta, Place const& place) {
    std::size_t const count = std::min(place.steps.size(), wire::max_steps);
    meta.number(count);
    for (std::size_t i = 0; i < count; ++i) {
        meta.number(static_cast<std::uint64_t>(place.steps[i].how));
        meta.string(std::string_view(place.steps[i].name).substr(0, wire::max_name));
    }
}

void write_map(wire::Writer& meta, OffsetMap const& map) {
    auto const& segments = map.segments();
    // Of several segments that begin at one offset only the last has any text.
    auto covered = [&](std::size_t i) {
        return i + 1 < segments.size() && segments[i + 1].text == segments[i].text;
    };
    std::size_t count = 0;
    for (std::size_t i = 0; i < segments.size(); ++i) count += !covered(i);
    meta.number(count);
    OffsetMap::Segment last{0, 0, 0, 0};
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (covered(i)) continue;
        OffsetMap::Segment const& segment = segments[i];
        meta.number(segment.text - last.text);
        meta.signed_number(static_cast<std::int64_t>(segment.source - last.source));
        meta.number(segment.text_unit);
        meta.number(segment.source_unit);
        last = segment;
    }
}

void write_marks(wire::Writer& meta, std::vector<Mark> marks, std::size_t text_size) {
    auto earlier = [](Mark const& left, Mark const& right) { return left.at < right.at; };
    if (!std::is_sorted(marks.begin(), marks.end(), earlier)) {
        std::stable_sort(marks.begin(), marks.end(), earlier);
    }
    while (!marks.empty() && marks.back().at > text_size) marks.pop_back();
    meta.number(marks.size());
    std::uint32_t last = 0;
    for (Mark const& mark : marks) {
        meta.number(mark.at - last);
        std::int32_t const values[] = {mark.a, mark.b, mark.c, mark.d};
        unsigned what = static_cast<unsigned>(mark.what);
        for (unsigned i = 0; i < 4; ++i) what |= unsigned(values[i] != 0) << (3 + i);
        meta.number(what);
        for (std::int32_t value : values) {
            if (value != 0) meta.signed_number(value);
        }
        last = mark.at;
    }
}

// Comparing as numbers: pointers into different blocks have no order of their own.
bool lies_within(std::string_view part, std::string_view whole) {
    auto const at = reinterpret_cast<std::uintptr_t>(part.data());
    auto const begin = reinterpret_cast<std::uintptr_t>(whole.data());
    return !part.empty() && at >= begin && at - begin <= whole.size() &&
           part.size() <= whole.size() - (at - begin);
}

}  // namespace

WireFrame encode(Evidence const& evidence, std::string_view input) {
    wire::Writer meta;
    bool const text = wire::is_text(evidence.kind);
    meta.number(static_cast<std::uint64_t>(evidence.kind));
    meta.number(static_cast<std::uint64_t>(evidence.role));
    write_steps(meta, evidence.place);
    meta.string(clean_word(evidence.media));
    meta.string(clean_word(evidence.reason));
    meta.number(std::min(evidence.stored, wire::max_number));
    meta.number(evidence.names.size());
    for (std::string const& name : evidence.names) meta.string(clean_name(name));
    write_map(meta, text ? evidence.map : OffsetMap());
    write_marks(meta, text ? evidence.marks : std::vector<Mark>(), evidence.content.size());
    if (!text && lies_within(evidence.content.view(), input)) {
        meta.number(1);
        meta.number(static_cast<std::uint64_t>(evidence.content.data() - input.data()));
        meta.number(evidence.content.size());
        return frame('E', meta.bytes());
    }
    meta.number(0);
    return frame('E', meta.bytes(), evidence.content);
}

WireFrame encode(Gap const& gap) {
    wire::Writer meta;
    write_steps(meta, gap.place);
    bool const span = gap.place.span && gap.place.span->begin <= gap.place.span->end &&
                      gap.place.span->end <= wire::max_number;
    meta.number(span);
    if (span) {
        meta.number(gap.place.span->begin);
        meta.number(gap.place.span->size());
    }
    meta.number(static_cast<std::uint64_t>(gap.cause));
    meta.number(static_cast<std::uint64_t>(gap.stage));
    meta.number(std::min(gap.bytes, wire::max_number));
    meta.string(clean_word(gap.media));
    meta.string(clean_text(gap.detail, wire::max_detail));
    return frame('G', meta.bytes());
}

WireFrame encode_progress() { return frame('P', {}); }

WireFrame encode(Done const& done, std::uint64_t frames_before) {
    wire::Writer meta;
    meta.number(std::min(done.read, wire::max_number));
    meta.string(clean_word(done.media));
    meta.number(frames_before);
    return frame('D', meta.bytes());
}

}  // namespace keepmum
