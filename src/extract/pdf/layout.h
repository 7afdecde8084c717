// Passages out of poppler's page layout, and out of glyphs that stand apart.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "extract/pdf/page_reader.h"
#include "extract/pdf/sight.h"

class TextPage;

namespace keepmum::pdf {

struct PlacedWord {
    Box box;    // of the page, top down
    Span span;  // of the page's text
};

// The page in reading order: columns, blocks, lines; words split by a hyphen at a line's end are
// joined. The page must have been coalesced. Where each word stands is added to `placed`.
Passage lay_out(TextPage const& page, std::vector<PlacedWord>& placed);

// Where a cell or a column goes on in its next line though the reading order goes elsewhere first: in narrow cells of tables
// a name is parted by what stands beside it. Each such pair, the end of one line and the begin of the one below, and a large
// first letter with its word, is a line of its own that points back into the page's text. `words` in reading order, of a page
// whose text is `text`. Empty where every line is followed by the one below it, as in prose. Numbers are left out: those below
// one another are no longer one.
Passage seams_of(std::string_view text, std::vector<PlacedWord> const& words);

// For pages with too many glyphs for a layout, and for lines that it cannot put in order, as a watermark from corner to
// corner: drawing order.
PageText::Hidden gather(Sight const& sight, Fate fate, Lines lines = Lines::all);

}  // namespace keepmum::pdf
