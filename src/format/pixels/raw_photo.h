// Raw photos of cameras by LibRaw: what the sensor saw, developed into a picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "format/pixels/album/album.h"

namespace keepmum {

enum class Development : std::uint8_t {
    quick,    // large ones at half their size, colours from the nearest; not turned where the file is a TIFF, whose readers turn it
    careful,  // every pixel as far as memory goes, upright
};

struct Developed {
    Raster raster;                              // RGB, 8 bits, sRGB
    std::uint32_t full_width = 0, full_height = 0;  // of the whole, in the position of `raster`
    bool half = false;                          // of half the width and height
};

// With the camera's own white balance. Trouble where LibRaw does not know the file, or where a part of it is missing.
std::optional<Trouble> develop(std::string_view bytes, Development how, Developed& developed);

}  // namespace keepmum
