// What lies under a transparent picture while it is looked at.
//
// White, as on most pages; black where more of what can be seen is light than is not, as writing that was made for a dark page is: over
// white nobody would see it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "format/pixels/canvas.h"

namespace keepmum {

// `rgba` is a whole picture, four bytes a pixel, colours not multiplied by alpha; what comes out has three.
std::vector<std::uint8_t> over_paper(std::span<std::uint8_t const> rgba);

// The same onto a canvas, of rows of `width` pixels; `page` as Canvas::begin() has it.
void put_over_paper(std::span<std::uint8_t const> rgba, std::uint32_t width, std::uint32_t page, Canvas& canvas);

}  // namespace keepmum
