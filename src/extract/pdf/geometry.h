// Where things stand on a page, out of poppler's graphics state: points from the page's upper left.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "extract/pdf/sight.h"

class GfxPath;
class GfxState;
class PDFDoc;
struct GfxRGB;

namespace keepmum::pdf {

Colour colour_of(GfxRGB const& rgb);

// The box around a rectangle of user space.
Box bounds(GfxState const* state, double x0, double y0, double x1, double y1);
Box clip_of(GfxState const* state);

// One subpath with level and upright sides.
bool is_rectangle(GfxPath const* path);

// Place and size of a glyph at its drawing call; text, colour and number are left to the caller.
Glyph place_glyph(GfxState* state, double x, double y, double dx, double dy, int render);

// Areas of /Redact annotations, in user space: their quadrilaterals, else their rectangles.
std::vector<Box> redactions_of(PDFDoc& document, int page);

// In user space.
Box crop_of(PDFDoc& document, int page);

}  // namespace keepmum::pdf
