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

// The same of a TIFF structure such as Exif is.
std::uint32_t orientation_of(std::string_view tiff);

// Seen from an upright picture: where a pixel lies in the one that is stored.
struct Turned {
    bool across = false;  // its column in the place of its row, and the other way round; then,
    bool from_right = false, from_below = false;  // counted in the stored picture
};
constexpr Turned turned_by(std::uint32_t orientation) {
    auto const is = [orientation](auto... those) { return ((orientation == std::uint32_t{those}) || ...); };
    return {is(5U, 6U, 7U, 8U), is(2U, 3U, 7U, 8U), is(3U, 4U, 6U, 7U)};
}

}  // namespace keepmum
