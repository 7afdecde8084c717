// What was read of the lines of a picture, as one text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include "core/evidence.h"
#include "extract/ocr/reader.h"

namespace keepmum::ocr {

// Whether it is writing rather than something that was taken for it. Words that are not are taken out. On a page everything is that has
// letters.
enum class Found : std::uint8_t { in_a_picture, on_a_page };
bool is_writing(ReadLine& read, Found found = Found::in_a_picture);

// Lines in order, one below the other, with a mark for each line and a box for each word. `strip_height` is what lines
// were cut to; `scale_x` and `scale_y` lead from pixels of lines to those of the picture as it is shown.
Evidence compose(std::vector<ReadLine> const& lines, std::uint32_t strip_height, float scale_x, float scale_y);

}  // namespace keepmum::ocr
