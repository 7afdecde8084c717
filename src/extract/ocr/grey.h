// A picture as one plane of light, of a size at which writing can be read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "format/pixels/canvas.h"

namespace keepmum::ocr {

struct Grey {
    std::uint32_t width = 0, height = 0;
    std::vector<std::uint8_t> values;  // row by row from above; 0 is black

    std::uint8_t const* row(std::uint32_t y) const { return values.data() + std::size_t{y} * width; }
    std::uint8_t* row(std::uint32_t y) { return values.data() + std::size_t{y} * width; }
    bool empty() const { return values.empty(); }
};

// One picture of a file, upright.
struct Page {
    Grey grey;
    std::uint32_t number = 0;  // as Canvas::begin() had it: from 1 in files with several, else 0
    std::uint32_t shown_width = 0,
                  shown_height = 0;  // pixels of the picture as it is shown, before it was made smaller
};

// Smaller ones are icons and ornaments. A line of writing that was cut out of a screen is hardly higher than its letters.
bool is_icon(Page const& page);

// Takes the pictures of a file, one after another.
class PageTaker {
  public:
    virtual ~PageTaker() = default;
    virtual void take(Page page) = 0;
};

// How much of a picture is kept. One of that shape and at most so many pixels is kept as it is; a larger one is averaged
// down, but never to less than `least_side` pixels on its shorter side: a screen that was scrolled for a long
// time is high and narrow, and as easy to read as others.
struct Sizing {
    std::uint32_t pixels = 0;
    std::uint32_t least_side = 0;
    std::uint32_t enough_side = 0;  // see Canvas
};

// Decodes all pictures of `bytes` and turns them as the file's Exif says. `trouble` says what could not be decoded.
std::optional<Trouble> decode_grey(std::string_view bytes, Sizing const& sizing, PageTaker& taker);

// The light at a point between pixels; beyond the edge, that of the edge.
float light_at(Grey const& picture, float x, float y);

// Turned or mirrored so that it stands upright; `orientation` as in Exif (TIFF/EP tag 274), 1 to 8.
Grey turn(Grey picture, std::uint32_t orientation);

}  // namespace keepmum::ocr
