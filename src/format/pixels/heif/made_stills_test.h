// HEIF and AVIF files that the tests make themselves: coded by libheif, put together here.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "format/pixels/made_pictures_test.h"

namespace keepmum {

enum class Coding : std::uint8_t { hevc, av1 };
enum class Alpha : std::uint8_t { none, slope };  // slope: from 0 at the left to 255 at the right
// A whole file, by libheif. Empty where it has no encoder of that kind.
std::string to_still(Pixels const& pixels, Coding coding, Alpha alpha = Alpha::none);

// An item as it is written into a file; `properties` are whole boxes.
struct MadeItem {
    std::string type, data;
    std::vector<std::string> properties;
    std::vector<unsigned> parts;  // items that it is put together from, counted from 1
};
// The picture of such a file.
MadeItem made_item(Pixels const& pixels, Coding coding);
// Version 0, rows and columns, size of the whole.
MadeItem made_grid(unsigned rows, unsigned columns, unsigned width, unsigned height, std::vector<unsigned> parts);
// The first item is the one to show.
std::string make_still(std::vector<MadeItem> const& items);

std::string turn_property(unsigned quarters);  // counter-clockwise
std::string mirror_property(unsigned axis);    // 0: upside down, 1: left and right
// How far the middle lies from the picture's is in halves of a pixel.
std::string crop_property(unsigned width, unsigned height, int right, int down);
std::string colour_property(unsigned primaries, unsigned transfer, unsigned matrix, bool full);

}  // namespace keepmum
