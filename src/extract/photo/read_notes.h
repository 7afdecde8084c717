// What Exiv2 does not tell of makers' notes, and facts that stand in segments of nobody's standard.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "extract/photo/tags.h"

namespace keepmum {

// Serial numbers and lenses in the maker's note of an Exif structure: Olympus, Panasonic, Pentax, Ricoh.
void read_notes(std::string_view tiff, TagSource source, Tags& tags);

// Canon's raw files have the maker's note (CMT3) and the satellites' directory (CMT4) as structures of their own: gives tags
// of such a structure, as they were read, their right names.
enum class CanonPart : unsigned char { notes, gps };
void name_canon(CanonPart part, Tags const& read, Tags& tags);

// Canon's directory before Exif (CIFF), and what Photoshop's "save for the web" keeps; nothing where `bytes` are none.
void read_ciff(std::string_view bytes, TagSource source, Tags& tags);
void read_ducky(std::string_view bytes, TagSource source, Tags& tags);

// Dates, "key=value", <key>value</key> and "key": "value", and IPTC records, wherever they stand in `bytes`. Says nothing of what
// else is there.
void read_anything(std::string_view bytes, std::string_view whose, TagSource source, Tags& tags);

}  // namespace keepmum
