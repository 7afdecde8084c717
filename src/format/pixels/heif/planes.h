// Pictures as video decoders give them, one plane of light and two of colour, into rows of RGB.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "format/pixels/album/album.h"

namespace keepmum {

// What the numbers of coded video mean: code points of ITU-T H.273; 2 is "not said".
struct CodePoints {
    std::uint32_t primaries = 2, transfer = 2, matrix = 2;
    bool full_range = false;
};

// One decoded picture; the planes belong to the decoder. Samples are bytes, or two in this machine's order where there
// are more than 8 bits.
struct Planes {
    std::uint32_t width = 0, height = 0;  // of the plane of light
    std::uint32_t bits = 8;               // a sample: 8 to 16
    enum class Chroma : std::uint8_t { none, halved, half_as_wide, full };
    Chroma chroma = Chroma::none;
    std::uint8_t const* data[3] = {};
    std::ptrdiff_t stride[3] = {};  // bytes from row to row
    CodePoints said;                // by the coded picture itself
};

// Red, green and blue in 8 bits, or one channel where there is no colour. Light beyond what ordinary screens show (ITU-R
// BT.2100, PQ and HLG) is brought into their range, and its colours are then sRGB's. Trouble where the numbers mean
// something rare.
std::optional<Trouble> to_rgb(Planes const& planes, CodePoints const& meaning, Raster& raster);

// The plane of light alone, in 8 bits: what is transparent, from 0 to 255.
Raster to_mask(Planes const& planes, CodePoints const& meaning);

// Whether to_rgb() brings light into range.
bool is_beyond_screens(CodePoints const& meaning);

// What to_rgb()'s numbers mean where no profile says it.
Colours colours_of(CodePoints const& meaning);

}  // namespace keepmum
