// Exiv2 behind a wall: Exif with the makers' own notes, IPTC and XMP, as plain tags.
//
// It is given single structures, as the walkers of format/photo cut them out, rather than files: it
// does not see the extended XMP, Exif under Brotli and the trailers that they see. Whole files are given to it
// where the file is the structure (TIFF and raw photos).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/photo/tags.h"

namespace keepmum {

// What Exiv2 could not read, in one plain English clause; nothing where all went well. What was read before that stands.
using Complaint = std::optional<std::string>;

Complaint read_exif(std::string_view tiff, TagSource source, Tags& tags);
Complaint read_iptc(std::string_view records, TagSource source, Tags& tags);
Complaint read_xmp(std::string_view packet, TagSource source, Tags& tags);
// A file of a kind that Exiv2 knows; a kind that it does not know is no complaint.
Complaint read_file(std::string_view file, Tags& tags);

}  // namespace keepmum
