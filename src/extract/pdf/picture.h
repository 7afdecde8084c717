// Judging suspects by pictures of the page. Three are painted: one without any text, one with a
// rectangle in the text's own colour where each suspect stands, one with a rectangle in a loud colour.
// Where the loud rectangle leaves no trace, the glyph is covered or clipped; where only the loud one
// does, it has its background's colour. So clips, fill rules, blending, patterns, masks and
// annotations need no rules of their own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "extract/pdf/sight.h"

namespace keepmum::pdf {

struct Picture {
    int width = 0, height = 0;        // pixels
    double scale = 1;                 // pixels a point
    std::vector<std::uint8_t> pixels;  // red, green, blue; rows from the top
    bool empty() const { return pixels.empty(); }
};

struct Pictures {
    Picture bare;
    Picture own, loud;      // empty where the sight wants none toggled
    bool complete = false;
};

// Sets the fate of all glyphs in question.
void judge(Sight& sight, Pictures const& pictures);

// The same from geometry alone, for pages too costly to paint: what is boxed by four fifths is covered.
void judge_by_boxes(Sight& sight);

}  // namespace keepmum::pdf
