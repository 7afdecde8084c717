// How a picture is to be turned before it is shown, as its Exif says.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keepmum {

// The orientation (Exif 2.32, tag 274) of the first picture in a JPEG, PNG, WebP or TIFF file: 1 to 8; 1 where the file says
// nothing, or nothing that makes sense. What the value means: 1 as stored, 2 mirrored, 3 upside down, 4 mirrored
// upside down, 5 mirrored along the diagonal, 6 to be turned clockwise, 7 mirrored along the other diagonal, 8 to be turned
// counter-clockwise. Takes time of the number of segments before the Exif, not of the file.
std::uint32_t picture_orientation(std::string_view bytes);

}  // namespace keepmum
