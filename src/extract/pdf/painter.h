// Pictures of a page without its text, with rectangles where chosen glyphs stand.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "extract/pdf/page_reader.h"
#include "extract/pdf/picture.h"

class PDFDoc;

namespace keepmum::pdf {

enum class Toggle : std::uint8_t { none, own_colour, loud };

// `page` from 1. An empty picture where the page could not be painted, or `watch` stopped it.
Picture paint_page(PDFDoc& document, int page, Sight const& sight, Toggle toggle, Watch& watch);

}  // namespace keepmum::pdf
