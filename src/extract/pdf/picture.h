// Judging suspects by pictures of the page: one with a rectangle in a loud colour where each doubted glyph
// stands, one without any text, one with rectangles in the text's own colours. Where the loud rectangle
// leaves no trace, the glyph is covered or clipped; where only the loud one does, it has its background's
// colour. So clips, fill rules, blending, patterns, masks and annotations need no rules of their own.
//
// Painting is by far the dearest part of reading a PDF. So a picture shows no more of the page than the
// glyphs in question, and the second and third are painted only for what the ones before leave open: a
// glyph whose loud rectangle stands there unmixed is seen, and its own colour would stand there as well.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "extract/pdf/sight.h"

namespace keepmum::pdf {

// A part of the page. Pixels are counted from the page's upper left corner.
struct Picture {
    int left = 0, top = 0;
    int width = 0, height = 0;
    std::vector<std::uint8_t> pixels;  // red, green, blue; rows from the top
    bool empty() const { return pixels.empty(); }
};

// No page has this colour by chance.
inline constexpr Colour loud_colour{251, 3, 127};

enum class Toggle : std::uint8_t { none, own_colour, loud };

// Paints the page, always at one scale.
class Easel {
  public:
    virtual ~Easel() = default;
    virtual double scale() const = 0;  // pixels a point
    // What lies in `part` (points), or somewhat more. Empty where the page could not be painted.
    virtual Picture paint(Toggle toggle, Box part) = 0;
};

// Sets the fate of all glyphs in question; false, and none set, where a picture could not be painted.
bool judge(Sight& sight, Easel& easel);

// The same from geometry alone, for pages too costly to paint: what is boxed by four fifths is covered.
void judge_by_boxes(Sight& sight);

}  // namespace keepmum::pdf
