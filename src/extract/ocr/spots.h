// Spots of ink: what is darker, or lighter, than what is around it, in connected pieces.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "extract/ocr/lines.h"

namespace keepmum::ocr {

// For each pixel, how dark and how light ink must be there: what the light around it is, less and more a margin.
struct Surroundings {
    std::vector<std::uint8_t> darker, lighter;  // ink is below, above
};

// `reach` pixels to each side are what is around a pixel. Takes time of the pixels alone.
Surroundings measure_surroundings(Grey const& picture, std::uint32_t reach);

// All spots of a size that letters may have, at most `most` of them.
std::vector<Spot> find_spots(Grey const& picture, Surroundings const& around, Ink ink, std::size_t most);

}  // namespace keepmum::ocr
