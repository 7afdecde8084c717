// Puts out what a document holds besides its pages: properties, remarks, forms, links, scripts,
// bookmarks, attachments and pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "extract/pdf/object_file.h"
#include "extract/pdf/scribe.h"

namespace keepmum::pdf {

// Bytes of the file whose streams could not be read; a gap was put for each.
std::uint64_t put_structure(ObjectFile const& file, Survey const& survey, Scribe& scribe);

// The strings of one object, and its stream, which nothing in the document leads to. Returns bytes of
// the stream that could not be read.
std::uint64_t put_residue(ObjectFile::Orphan&& orphan, Place const& place, Scribe& scribe);

}  // namespace keepmum::pdf
