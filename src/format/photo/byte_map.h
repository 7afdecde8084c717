// The byte map of a picture or recording: to whom each of its bytes belongs.
//
// Readers of tags list what they know and stay silent about the rest. A walker goes the other way: it
// starts from the bytes and owes an answer for each of them. What it cannot name is `unknown`, and
// nobody may call such a file clean.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "format/pixels/canvas.h"

namespace keepmum {

// What a stretch of bytes is for.
enum class Owner : std::uint8_t {
    picture,         // what a viewer shows: pixels, frames, sound
    structure,       // needed to show it: markers, sizes, tables, palettes, colour profile
    metadata,        // about it: Exif, XMP, comments, text, settings of editors
    hidden_picture,  // a picture that a viewer does not show: thumbnail, preview, layer, what was cropped away
    unknown,         // no part of the format as far as this walker knows
};
std::string_view word(Owner owner);  // "picture", "structure", "metadata", "hidden picture", "unknown"

struct Owned {
    std::uint64_t offset = 0, size = 0;  // bytes of the file
    Owner owner = Owner::unknown;
    std::string what;                    // the format's own name for it: "APP1 Exif", "IDAT", "after the end"
};

// A piece that other readers go on with, put together where the file has it in several places.
struct Piece {
    enum class What : std::uint8_t {
        exif,       // a TIFF structure, without the container's own prefix
        xmp,        // an XMP packet (ISO 16684-3); extended XMP, put together, is a piece of its own: "extended XMP"
        iptc,       // IPTC-IIM records
        photoshop,  // image resource blocks (8BIM …)
        icc,        // a colour profile
        c2pa,       // a JUMBF box
        text,       // UTF-8 text: comments, PNG text chunks; `name` is its key
        picture,    // a whole picture or film file that a viewer of this one does not show; `name` says which
        rows,       // what a picture shows beyond its declared size, as a PNM file that shows it; `name` says which
        other,      // metadata in none of these forms, as it stands: makers' segments, private chunks, dates; `name` says which
        unknown,    // bytes that belong to nothing
    };
    What what = What::unknown;
    std::string name;           // "thumbnail", "preview", "MPF picture 2", "after the end", "Comment", …; always said
    std::uint64_t offset = 0;   // of its first byte in the file
    std::uint64_t stored = 0;   // bytes that it takes up in the file
    std::string bytes;          // owned: decompressed and joined
};

// A picture from afar: one sample of brightness for 8 × 8 pixels, what is left of them at the edges included.
struct FarView {
    std::uint32_t width = 0, height = 0;  // samples
    std::vector<std::uint8_t> grey;
};

struct Walk {
    std::string_view media;                // static storage
    std::uint32_t width = 0, height = 0;   // as declared, before orientation; 0 where there are none
    std::uint32_t pictures = 0;            // frames, pages or items that a viewer shows
    std::vector<Owned> map;                // sorted, without holes or overlaps, from 0 to the size of the file
    std::vector<Piece> pieces;             // in the order of the file
    std::vector<Trouble> troubles;         // damage; what was read before it stands
    // The visible picture, where the walk followed each code of it from its first to its last and met nothing that any decoder might
    // complain of: whoever wants no more of it need not decode it. Empty of rarer forms, of all but JPEG, and of what is damaged.
    FarView far;
    std::string tables;                    // what encoders leave in the tables ("3f9a…", JPEG quantisation and sampling), or ""

    // Bytes that belong to `owner`.
    std::uint64_t size_of(Owner owner) const {
        std::uint64_t sum = 0;
        for (Owned const& part : map) sum += part.owner == owner ? part.size : 0;
        return sum;
    }
};

// Walks by content, never by name. Whatever is unknown or a hidden picture in the map is among the
// pieces too, unless a trouble says otherwise. Every byte is labelled, whatever the file says of
// itself; linear in its size but for decompression, which stops at `most_unpacked` bytes in all.
// Neither makes pixels nor trusts a length.
Walk walk_picture(std::string_view bytes, std::uint64_t most_unpacked);

}  // namespace keepmum
