// Pictures of a page without its text, with rectangles where chosen glyphs stand.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "extract/pdf/page_reader.h"
#include "extract/pdf/picture.h"

class PDFDoc;

namespace keepmum::pdf {

// `page` from 1. Not complete where the page could not be painted, or `watch` stopped it.
Pictures paint_page(PDFDoc& document, int page, Sight const& sight, Watch& watch);

}  // namespace keepmum::pdf
