// Pages: upright writing, line below line, which a reader of pages reads best as a whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "extract/ocr/lines.h"

namespace keepmum::ocr {

struct PagePart {
    std::uint32_t left = 0, top = 0;  // pixels of the picture
    std::uint32_t dots = 0;           // an inch, about
    Grey grey;
};

// The part of a picture that is such a page, by its lines as find_lines() gives them, as if no shadow lay on it: nearly white paper, dark
// letters. Nothing where it has none: few lines, at a slant, or things that were taken for lines.
std::optional<PagePart> find_page(Grey const& picture, std::vector<Line> const& lines);

}  // namespace keepmum::ocr
