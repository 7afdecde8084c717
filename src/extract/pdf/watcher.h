// One reading of one page; the only way in which text gets out of poppler.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "extract/pdf/image_stand_ins.h"
#include "extract/pdf/page_reader.h"
#include "extract/pdf/sight.h"

class OutputDev;
class PDFDoc;
class TextPage;

namespace keepmum::pdf {

struct PageReading {
    std::unique_ptr<Sight> sight;  // null where the page does not exist
    TextPage* layout = nullptr;    // not yet coalesced; lives as long as `keeper`
    std::shared_ptr<void> keeper;
    std::uint32_t calls = 0;       // glyphs drawn
    std::uint64_t image_pixels = 0;
    bool stopped = false;
    bool met_chinese = false;
    std::set<int> found_chinese;   // object numbers of fonts whose Latin letters are Chinese bytes
    std::u32string replaced;       // glyphs for which the file gives another text
};

class PageSource final {
  public:
    // `document` must outlive the source.
    explicit PageSource(PDFDoc& document);
    ~PageSource();
    PageSource(PageSource const&) = delete;
    PageSource& operator=(PageSource const&) = delete;

    // `chinese_fonts`: decode their glyphs in pairs. `skip`: one flag a drawing call, may be empty; such
    // glyphs do not reach the layout.
    PageReading read(int page, std::set<int> const& chinese_fonts, std::vector<bool> skip, Watch& watch);

    // Those of the page read last, which are still up.
    ImageStandIns& stand_ins();
    // Gives `device` the colour profiles that were met: each takes longer to prepare than a page to read.
    void lend_colours(OutputDev& device);

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum::pdf
