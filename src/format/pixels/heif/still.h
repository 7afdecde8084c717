// The picture that a viewer of a HEIF or AVIF file shows (ISO 23008-12, AVIF 1.1): decoded, put together, cropped, upright.
//
// The file's items say how: a picture is coded (HEVC, AV1, JPEG), or put together from others side by side ("grid") or taken over ("iden").
// Another one may tell how transparent it is. Properties are applied in their order: "clap" crops, "irot" turns, "imir" mirrors; an
// Exif orientation beside them says nothing. The thumbnail, depth and gain maps are other pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "format/pixels/album/album.h"

namespace keepmum {

struct Still {
    Raster raster;  // 8 bits
    Colours colours;
    std::vector<std::string> left_out;  // see Album
    std::vector<std::string> changed;   // what was done to its colours, one plain English clause each
};

std::optional<Trouble> read_still(std::string_view file, Still& still);

// Whether it is a file of that kind, by its brands.
bool is_still(std::string_view file);

}  // namespace keepmum
