// One reading of one page; the only way in which text gets out of poppler.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "extract/pdf/page_reader.h"
#include "extract/pdf/sight.h"

class PDFDoc;
class TextPage;

namespace keepmum::pdf {

struct PageReading {
    std::shared_ptr<void> keeper;  // owns what the pointers point to
    Sight* sight = nullptr;        // null where the page does not exist
    TextPage* layout = nullptr;    // not yet coalesced
    std::uint32_t calls = 0;       // glyphs drawn
    std::uint64_t image_pixels = 0;
    bool stopped = false;
    bool met_chinese = false;
    std::set<int> found_chinese;   // object numbers of fonts whose Latin letters are Chinese bytes
    std::u32string replaced;       // glyphs for which the file gives another text
};

// `chinese_fonts`: decode their glyphs in pairs. `skip`: one flag a drawing call, may be empty; such
// glyphs do not reach the layout.
PageReading read_page(PDFDoc& document, int page, std::set<int> const& chinese_fonts,
                      std::vector<bool> skip, Watch& watch);

}  // namespace keepmum::pdf
