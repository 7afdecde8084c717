// From a map of how likely each place is inside of a line of writing to the lines (Liao et al., Real-time Scene Text
// Detection with Differentiable Binarization, 2020, section 3.4).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>

#include "extract/ocr/lines.h"

namespace keepmum::ocr {

// What a network says of each pixel of a picture, 0 to 1, row by row.
struct Likelihood {
    std::span<float const> values;
    std::uint32_t width = 0, height = 0;
    // From its pixels to those of the picture.
    float scale_x = 1, scale_y = 1;
};

// Lines of any direction, cut as they stand (Line::rows and aside), the largest first, at most `most`. One whose ends
// cannot be told from its shape begins on the left or, upright, above.
FoundLines find_boxes(Likelihood const& map, std::size_t most);

// The same line from its end to its beginning, as where it stands on its head.
Line reversed(Line const& line);

// Pieces that stand one behind the other, closely, as one line each.
std::vector<Line> join_pieces(std::vector<Line> lines);

// In the order in which people read them, also where the page lies on its side or on its head.
std::vector<Line> reading_order_any_way(std::vector<Line> lines);

}  // namespace keepmum::ocr
