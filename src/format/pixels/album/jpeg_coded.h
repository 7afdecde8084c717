// JPEG as this program writes it: one quantisation table family, one header.
//
//   SOI · APP0 JFIF 1.1, no density · DQT × 2 (grey: 1) · SOF0, 8 bits · DHT × 4 (grey: 2), those of ITU-T T.81 annex K
//   · SOS · entropy-coded rows · EOI
//
// Colours have a sample for each pixel, or for 1 or 2 of them across and down where they come so (jpeg_planes.h).
//
// Tables tell of the camera or the program that wrote them; ours are the same for all. Coding once more what is coded
// already would change it a little each time, so a file whose coefficients are quantised by our tables keeps
// its coefficients, and only what is around them is written anew.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "format/pixels/album/album.h"

namespace keepmum {

// Channels 1 or 3, depth 1; each of `sampling` 1 or 2, and both 1 of one channel.
std::string write_jpeg(Raster const& raster, Sampling sampling = {});

// The same file again where its coefficients are already ours: our tables, a sampling of ours, and beyond the
// edges nothing but the edge's own colour. Nothing where not, or where it is damaged.
std::optional<std::string> keep_coefficients(std::string_view jpeg);

}  // namespace keepmum
