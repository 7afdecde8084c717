// What an SVG drawing shows, as a picture: writing and codes made of lines are read from it like from any other.
//
//   drawing.picture   in: an SVG file. Out: the picture as bytes, PNM over white; where the reason is `drawn_for_copy`, PNG with
//                     its transparency. Or a gap.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

Extractor const* drawing_extractor();

}  // namespace keepmum
