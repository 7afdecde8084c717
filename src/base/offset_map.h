// Where decoded text came from: a map from offsets in a text to offsets in the bytes it was made of.
//
// The map is a sorted list of segments. Within a segment, `text_unit` bytes of text stand for
// `source_unit` bytes of source, over and over: 1:1 for a plain copy, 1:2 for ASCII out of UTF-16,
// 3:2 for Chinese out of GB18030, 1:5 for one `&amp;`. A segment ends where the next one begins;
// source bytes between two segments were dropped (a tag, a soft line break). An empty map is the
// identity, so plain UTF-8 costs nothing. Rejected: one source offset per text byte (eight times
// the text), and composing maps eagerly (most texts have no finding, so most maps are never asked).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace keepmum {

// Half-open range of byte offsets.
struct Span {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    std::uint64_t size() const { return end - begin; }
    friend bool operator==(Span const&, Span const&) = default;
};

class OffsetMap {
  public:
    struct Segment {
        std::uint64_t text = 0;
        std::uint64_t source = 0;
        std::uint32_t text_unit = 1;
        std::uint32_t source_unit = 1;
        friend bool operator==(Segment const&, Segment const&) = default;
    };

    OffsetMap() = default;
    explicit OffsetMap(std::vector<Segment> segments) : segments_(std::move(segments)) {}

    // The identity shifted by `base`: for a slice of a larger whole.
    static OffsetMap shifted(std::uint64_t base);

    // Appends a segment; `text` must not be less than the last one's. Merges with it where it goes
    // on in step. A segment of zero text bytes is dropped.
    void add(std::uint64_t text, std::uint64_t source, std::uint32_t text_unit = 1,
             std::uint32_t source_unit = 1);

    bool is_identity() const { return segments_.empty(); }
    std::vector<Segment> const& segments() const { return segments_; }

    // The source bytes that the text span was made of: from the first byte of the unit that holds
    // span.begin to the last byte of the unit that holds span.end - 1. An empty span maps to an
    // empty span.
    Span to_source(Span text) const;

  private:
    Segment const* segment_at(std::uint64_t text) const;
    std::vector<Segment> segments_;
};

// One map for two in a row: `inner` leads from a text of `text_size` bytes to a middle text, `outer`
// from there to the source. Takes time and space of the segments of both.
OffsetMap join_maps(OffsetMap const& inner, OffsetMap const& outer, std::uint64_t text_size);

}  // namespace keepmum
