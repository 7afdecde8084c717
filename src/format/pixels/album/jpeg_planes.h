// A JPEG's picture as its file codes it: brightness, and two colours that may have half as many samples.
//
// Most cameras keep colour at half the resolution. A copy that made pixels of it and coded each colour at full resolution would
// hold twice the samples and nothing more of the picture; here samples go from file to file as they are, neither interpolated nor
// converted (ITU-T T.871 says how they are meant). That colour was halved is seen in the pixels too.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/pixels/album/album.h"

namespace keepmum {

struct JpegPlanes {
    std::uint32_t width = 0, height = 0;  // pixels
    std::uint32_t across = 1, down = 1;   // pixels that one sample of colour spans, 1 or 2 each
    std::vector<Raster> planes;           // one channel each: brightness alone, or with blue and red
    std::uint32_t orientation = 1;        // 1 to 8, as Exif has it; not applied
};

// Nothing where pixels must be made first (other colours than sRGB's, inks, rarer sampling), and where anything of it is damaged or
// too large: read_jpeg() says what.
std::optional<JpegPlanes> read_planes(std::string_view jpeg);

// Upright. Nothing where a sample of colour at the edge would have to be parted: a side of odd length that is to be mirrored.
std::optional<JpegPlanes> turn_upright(JpegPlanes planes);

// With our tables, at the sampling that the planes have; empty where that fails.
std::string write_planes(JpegPlanes const& planes);

// What is seen of a file beside planes: decibels between the pixels of the two, as likeness_db() gives them, from what an error of each
// plane does to red, green and blue; and its brightness at every so many pixels.
struct PlanesSeen {
    double db = 0;
    Raster light;
};
// Without holding what it reads. Nothing where read_planes() has nothing, or sizes or sampling differ.
std::optional<PlanesSeen> compare_planes(std::string_view jpeg, JpegPlanes const& planes, std::uint32_t step);

}  // namespace keepmum
