// Bytes and objects of the file that no view of the document shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>
#include <string_view>

#include "extract/pdf/object_file.h"
#include "extract/pdf/scribe.h"
#include "format/pdf/byte_map.h"

namespace keepmum::pdf {

// Data in front of the header, behind the last end mark and between objects; remarks in the source;
// objects that begin at none of the `live` offsets (counted from the header). Returns the bytes that
// could not be read; a gap was put for each.
std::uint64_t put_leftovers(std::string_view bytes, PdfByteMap const& map, ObjectFile const& file,
                            std::set<std::uint64_t> const& live, Scribe& scribe);

// Objects that stand in the tables and that nothing refers to, and pages in no page tree.
std::uint64_t put_unreferenced(ObjectFile const& file, Survey const& survey, Scribe& scribe);

}  // namespace keepmum::pdf
