// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include "format/pixels/album/write_album.h"

namespace keepmum {

namespace {

// Whether each 16-bit sample is an 8-bit one written twice.
bool is_doubled(Raster const& raster) {
    for (std::size_t at = 0; at + 1 < raster.samples.size(); at += 2) {
        if (raster.samples[at] != raster.samples[at + 1]) return false;
    }
    return true;
}

void halve(Raster& raster) {
    for (std::size_t at = 0; at + 1 < raster.samples.size(); at += 2) raster.samples[at / 2] = raster.samples[at];
    raster.samples.resize(raster.samples.size() / 2);
    raster.depth = 1;
}

bool is_grey(Raster const& raster) {
    std::size_t const depth = raster.depth;
    for (std::size_t at = 0; at < raster.samples.size(); at += raster.pixel_size()) {
        std::uint8_t const* const pixel = &raster.samples[at];
        if (std::memcmp(pixel, pixel + depth, depth) != 0 || std::memcmp(pixel, pixel + 2 * depth, depth) != 0) return false;
    }
    return true;
}

void drop_colour(Raster& raster) {
    std::size_t const depth = raster.depth, pixel = raster.pixel_size(), kept = pixel - 2 * depth;
    std::size_t to = 0;
    for (std::size_t at = 0; at < raster.samples.size(); at += pixel, to += kept) {
        std::memmove(&raster.samples[to], &raster.samples[at + 2 * depth], kept);
    }
    raster.samples.resize(to);
    raster.channels -= 2;
}

}  // namespace

Raster simplest(Raster raster) {
    if (raster.depth == 2 && is_doubled(raster)) halve(raster);
    if (raster.channels >= 3 && is_grey(raster)) drop_colour(raster);
    return raster;
}

Differing find_difference(Raster const& left, Raster const& right) {
    std::size_t const pixel = left.pixel_size();
    std::uint32_t first_row = left.height, last_row = 0, first = left.width, last = 0;
    for (std::uint32_t y = 0; y < left.height; ++y) {
        std::uint8_t const *a = left.row(y), *b = right.row(y);
        if (std::memcmp(a, b, left.row_size()) == 0) continue;
        first_row = std::min(first_row, y);
        last_row = y;
        std::uint32_t from = 0, to = left.width;
        while (std::memcmp(a + from * pixel, b + from * pixel, pixel) == 0) ++from;
        while (std::memcmp(a + (to - 1) * pixel, b + (to - 1) * pixel, pixel) == 0) --to;
        first = std::min(first, from);
        last = std::max(last, to);
    }
    if (first_row == left.height) return {};
    return {first, first_row, last - first, last_row - first_row + 1};
}

}  // namespace keepmum
