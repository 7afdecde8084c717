// Evidence: one thing to look at, with the way back to where it came from.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/blob.h"
#include "base/content.h"
#include "base/offset_map.h"
#include "core/place.h"

namespace keepmum {

enum class Kind : std::uint8_t {
    bytes,    // a file or an embedded file, still to be identified
    text,     // UTF-8 prose, code or markup
    image,    // a picture (decoded elsewhere)
    fields,   // "name: value" lines: metadata, headers, properties
    records,  // table rows, cells parted by tabs, rows by line feeds; marks name the cells
};

// How a reader of the document would meet this text. Everything but `shown` and `margin` is easily
// overlooked by the one who sends it.
enum class Role : std::uint8_t {
    shown,     // on the page
    margin,    // header, footer, watermark: on the page, and where markings stand
    note,      // footnote, endnote, speaker notes
    comment,   // remarks, annotations, replies
    inserted,  // tracked insertion not yet accepted
    deleted,   // tracked deletion still in the file
    hidden,    // present but not displayed: hidden text, sheets, rows, slides, layers, white on white
    covered,   // displayed, then painted over
    earlier,   // an earlier revision of the document
    metadata,  // properties, headers, tags
    name,      // a file or member name
    link,      // a target outside the document
    markup,    // raw source of what is also given as shown text
    residue,   // bytes that no structure of the file accounts for
};

std::string_view word(Role role);
std::string_view word(Kind kind);

// A landmark in a text, for people: from `at` on, until the next mark of the same kind.
struct Mark {
    enum class What : std::uint8_t {
        paragraph,  // a = number, from 1
        cell,       // a = row, b = column, both from 1
        box,        // a, b, c, d = left, top, width, height in 1/100 point from the page's upper left
        field,      // a = index into Evidence::names
        line,       // a = number, from 1
    };
    std::uint32_t at = 0;
    What what = What::paragraph;
    std::int32_t a = 0, b = 0, c = 0, d = 0;
    friend bool operator==(Mark const&, Mark const&) = default;
};

struct Evidence {
    Kind kind = Kind::bytes;
    Role role = Role::shown;
    Place place;         // without a span; from an extractor: relative to what it was given
    std::string media;   // media type as far as known, "" where the engine is to find out
    std::string reason;  // for hidden and covered: how it is hidden ("vanish", "white", "box", "very-hidden", …)
    Blob content;        // text kinds: valid UTF-8, less than 4 GiB
    OffsetMap map;       // text kinds: offsets in `content` to bytes of the part named by `place`
    std::vector<Mark> marks;         // sorted by `at`
    std::vector<std::string> names;  // field names, sheet column headings; see Mark
    std::uint64_t stored = 0;        // bytes kind: bytes of the parent that this takes up (packed size); 0 = unknown
    std::shared_ptr<Content const> large;  // bytes kind: set instead of `content` where it is too large for memory

    std::uint64_t size() const { return large ? large->size() : content.size(); }
};

}  // namespace keepmum
