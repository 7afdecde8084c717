// Which structure owns each byte of a PDF file (ISO 32000-2, 7.5), read without its tables.
//
// The file is walked once from front to back, as a damaged-file repair would: objects, cross-reference
// tables, trailers and marks are known by their own words. So what the tables leave out (older
// revisions, dropped objects, bytes between objects, data before and behind) is seen as plainly as the
// rest. Layout of the walk: [junk] %PDF- … { N G obj … endobj | xref … | trailer … | startxref N | %%EOF }.
// Rejected: taking extents from the tables, which say where an object begins but not where it ends.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

struct PdfPiece {
    enum class What : std::uint8_t {
        header,    // %PDF-1.7
        object,    // N G obj … endobj
        table,     // xref and its rows
        trailer,   // trailer and its dictionary
        pointer,   // startxref and its number
        end_mark,  // %%EOF
        comment,
        space,
        stray,     // owned by nothing
    };
    What what = What::stray;
    std::uint64_t begin = 0, end = 0;
    std::uint32_t number = 0, generation = 0;         // objects
    std::uint64_t stream_begin = 0, stream_end = 0;   // objects with a stream: its raw data; else 0, 0
    std::uint64_t body = 0;                           // objects: offset behind "obj"
    bool broken = false;                              // an object without its end
    std::uint64_t size() const { return end - begin; }
};

struct PdfByteMap {
    std::vector<PdfPiece> pieces;  // in order, without gaps: together the whole file
    // Ends of the file's revisions, first to last: each end mark that closes one. Bytes 0 to cut are
    // the file as it once was.
    std::vector<std::uint64_t> cuts;
    std::size_t end_marks = 0;         // all, also the one in front of a file laid out for the web
    std::vector<Span> comments;        // in and between objects, each to its line's end
    bool closed = false;           // the last word is an end mark with its startxref
};

// Linear in the size of `file`.
PdfByteMap map_pdf_bytes(std::string_view file);

}  // namespace keepmum
