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

// Pages with too many glyphs for a layout: drawing order.
PageText::Hidden gather(Sight const& sight, Fate fate);

}  // namespace keepmum::pdf
