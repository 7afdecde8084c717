// Puts out the pages of a document: shown text, and apart from it what the page hides.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "extract/pdf/page_reader.h"
#include "extract/pdf/scribe.h"

namespace keepmum::pdf {

// Puts the text of all pages. Gaps name their page.
void put_pages(PageReader& reader, PageReader::Look look, Scribe& scribe);

// Why the glyphs of this fate are not seen, as Evidence::reason says it.
std::string_view reason_of(Fate fate);

}  // namespace keepmum::pdf
