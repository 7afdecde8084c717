// Views of a text: what a detector should see beside the text as it stands.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/blob.h"
#include "base/offset_map.h"
#include "core/evidence.h"
#include "format/text/canonical.h"

namespace keepmum {

// A text derived from another: its canonical form, or what was encoded in a part of it. The text as it
// stands in the evidence is the view without a parent.
struct View {
    Blob text;
    OffsetMap map;                    // offsets in `text` to offsets in the parent's text
    View const* parent = nullptr;     // outlives this view
    std::string decoded;              // "base64", "hex", …; "" where nothing was decoded
    std::shared_ptr<TextView const> made;  // of a canonical view: what was undone, and where
    bool is_file = false;             // `text` is a file's bytes rather than text
    bool is_canonical = false;        // a view of how the parent's text reads, not of something encoded in it
    std::uint32_t depth = 0;          // encodings undone on the way here

    // Whether it is a reading in which that was undone before all.
    bool is_of(Undone what) const { return made && !made->changes.empty() && made->changes.front().what == what; }

    // A span of this view in offsets of the evidence's own text.
    Span to_whole(Span span) const {
        for (View const* view = this; view->parent; view = view->parent) span = view->map.to_source(span);
        return span;
    }
};

// Bounds what one text may unfold to, so that nested encodings stay linear in its size; and tells what was left for it.
struct DeriveBudget {
    std::uint64_t bytes_left = 0;  // set from the text's size at the first call
    bool started = false;
    std::uint64_t too_deep = 0, too_much = 0;  // bytes of the evidence's own text
};

// All views derived directly from `view`, in order of their origin.
std::vector<View> derive(View const& view, DeriveBudget& budget);

// The marks of the evidence's own text, where they fall in `view`.
std::vector<Mark> marks_in(View const& view, std::vector<Mark> const& marks);

}  // namespace keepmum
