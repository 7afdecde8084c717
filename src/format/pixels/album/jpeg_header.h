// What the segments before a JPEG's picture ask of those who show it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "format/pixels/album/album.h"

struct jpeg_decompress_struct;

namespace keepmum {

// Before jpeg_read_header(): has it keep what the functions below read.
void keep_markers(jpeg_decompress_struct& state);

// How Exif says that it is to be turned, 1 to 8; 1 where nothing is said.
std::uint32_t orientation_in(jpeg_decompress_struct const& state);

// Its colour profile (ISO 15076-1), put together, or "".
std::string profile_in(jpeg_decompress_struct& state);

// Whether its numbers are sRGB's: no profile, or one of three colours that changes none.
bool is_in_srgb(jpeg_decompress_struct& state);

// Brightness alone or with two colours (YCbCr), in 8 bits, brightness at full resolution and each colour at one sample for
// 1 or 2 pixels across and down: what copies are written with.
bool has_our_sampling(jpeg_decompress_struct const& state);
Sampling sampling_of(jpeg_decompress_struct const& state);

}  // namespace keepmum
