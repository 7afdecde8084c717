// Parts of a picture, each made as large as the network wants its input.
//
// The network was taught on pictures in which one thing fills most of a square. A photo shows its things smaller and beside the
// middle, so it is looked at several times: whole, in the squares that its shorter side allows, and in smaller tiles.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "format/pixels/shrink.h"

namespace keepmum::objects {

// Pixels of the picture that it was taken from, all of them inside it.
struct View {
    std::uint32_t left = 0, top = 0, width = 1, height = 1;
    friend bool operator==(View const&, View const&) = default;
};

// What is looked at of a picture of so many pixels: at most `most_views`, the whole first. None where a side is 0.
std::vector<View> views_of(std::uint32_t width, std::uint32_t height);
inline constexpr std::size_t most_views = 5;

// The view drawn on a square of `side` pixels: all red, all green, then all blue, row by row from above, each value v of 0 to 255 as
// (v - 127) / 128. A larger view is averaged, a smaller one drawn out between its pixels. The view must lie inside the picture.
std::vector<float> draw_view(Shrunk const& picture, View const& view, std::uint32_t side);

// Turned or mirrored so that it stands upright; `orientation` as in Exif (TIFF/EP tag 274), 1 to 8.
Shrunk turn_upright(Shrunk picture, std::uint32_t orientation);

}  // namespace keepmum::objects
