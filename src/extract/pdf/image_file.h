// Pixels as a PDF holds them, made a file that readers of pictures know: nothing is decoded and encoded anew, they get a head.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "extract/pdf/object_file.h"

namespace keepmum::pdf {

struct ImageFile {
    std::string_view media;
    std::string bytes;
};

// Whether the stream must be unpacked for make_image_file(): plain pixels. Fax coding is taken as it stands.
bool holds_pixels(StreamNote const& stream);

// A BMP file of plain grey or coloured pixels, a PNM file of black and white ones, a TIFF file of fax coding
// (ITU-T T.4, T.6); nothing for what is neither (palettes, inks, other depths, too few bytes).
std::optional<ImageFile> make_image_file(StreamNote const& stream, std::string_view data);

}  // namespace keepmum::pdf
