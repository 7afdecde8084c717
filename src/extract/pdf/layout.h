// Passages out of poppler's page layout, and out of glyphs that stand apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "extract/pdf/page_reader.h"
#include "extract/pdf/sight.h"

class TextPage;

namespace keepmum::pdf {

// The page in reading order: columns, blocks, lines; words split by a hyphen at a line's end are
// joined. The page must have been coalesced.
Passage lay_out(TextPage const& page);

// For pages with too many glyphs for a layout, and for lines that it cannot put in order, as a watermark from corner to
// corner: drawing order.
PageText::Hidden gather(Sight const& sight, Fate fate, Lines lines = Lines::all);

}  // namespace keepmum::pdf
