// Writers: an album into the least file that shows it, one fixed setting a format.
//
// What comes out is a function of the pixels (and frames' times) alone: rasters are brought into one form first,
// so that a picture that was stored as a palette, with an alpha that is full everywhere, or in 16 bits that say
// no more than 8, is written the same way. No writer has a place for metadata.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "format/pixels/album/album.h"

namespace keepmum {

// The album's frames must be upright, in sRGB and blanked (reshape.h). Empty where it is too large to be written so.
std::string write_png(Album const& album);   // stills and animations; PNG third edition
std::string write_gif(Album const& album);   // frames as read_gif() gives them; GIF89a
std::string write_webp(Album const& album);  // lossless; RFC 9649
std::string write_tiff(Album const& album);  // every page; deflate, TIFF 6.0
std::string write_bmp(Album const& album);   // 24 bits
std::string write_pnm(Album const& album);   // raw, in the album's form

// The stretch in which two pictures of one size and kind differ; empty (0 × 0) where they do not.
struct Differing {
    std::uint32_t left = 0, top = 0, width = 0, height = 0;
};
Differing find_difference(Raster const& left, Raster const& right);

// The least form of a raster: 8 bits where 16 say no more, grey where all is grey. Pixels stay as they are.
Raster simplest(Raster raster);

}  // namespace keepmum
