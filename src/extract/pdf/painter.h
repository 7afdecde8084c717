// Pictures of parts of a page without its text, with rectangles where chosen glyphs stand.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "extract/pdf/page_reader.h"
#include "extract/pdf/picture.h"
#include "extract/pdf/watcher.h"

class PDFDoc;

namespace keepmum::pdf {

class PageEasel final : public Easel {
  public:
    // `page` from 1, the one that `source` read last. All must outlive the easel. Pictures are empty once `watch` has said stop.
    PageEasel(PDFDoc& document, PageSource& source, int page, Sight const& sight, Watch& watch);
    ~PageEasel() override;
    PageEasel(PageEasel const&) = delete;
    PageEasel& operator=(PageEasel const&) = delete;

    double scale() const override;
    Picture paint(Toggle toggle, Box part) override;

  private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum::pdf
