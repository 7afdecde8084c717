// What is done to pixels between reading and writing.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "format/pixels/album/album.h"

namespace keepmum {

// A stretch of a picture, in pixels from its upper left.
struct Box {
    std::uint32_t left = 0, top = 0, width = 0, height = 0;
};

// Upright: turned and mirrored as Exif's `orientation` (1 to 8) asks. CIPA DC-008, tag 274.
Raster turn(Raster raster, std::uint32_t orientation);

// Colours of `colours` become sRGB (IEC 61966-2-1); grey stays grey where its profile is grey's own. `why_not` says what
// could not be taken into account, or is empty.
Raster to_srgb(Raster raster, Colours const& colours, std::string& why_not);

// Whether a profile leaves every colour as it is, but for rounding.
bool is_srgb(std::string_view icc);

// What nobody sees is the same for all: pixels of alpha 0 to 2 of 255, which move what lies under them by two levels at most,
// become 0 with their alpha; an alpha that is full everywhere goes.
void blank_unseen(Raster& raster);

// The part of it within `box`, which must lie inside.
Raster crop(Raster const& raster, Box const& box);

// The longer side becomes `side` pixels, by averaging; unchanged where it is not longer.
Raster coarsen(Raster raster, std::uint32_t side);

// Within `box`, cut to the picture: one mean colour a cell, so large that no letter and no face survives, and no
// inverse exists.
void blur(Raster& raster, Box const& box);

// Black, within `box`, cut to the picture; opaque.
void blot(Raster& raster, Box const& box);

// The frames of an animation as a viewer shows them, one after the other: RGBA in 8 or 16 bits on the whole canvas.
class Playback final {
  public:
    Playback(std::uint32_t width, std::uint32_t height, std::uint32_t depth);
    enum class Blend : std::uint8_t { source, over };
    // Draws `raster` (any channels, the same depth) at that place; shown() is then what is seen.
    void draw(Raster const& raster, std::uint32_t left, std::uint32_t top, Blend blend);
    // What happens to it before the next one.
    void dispose(Dispose dispose, Box const& box);
    Raster const& shown() const { return shown_; }

  private:
    Raster shown_, before_;
};

// The same with four channels.
Raster to_rgba(Raster const& raster);

// The sum of squared differences of so many samples of a byte.
std::uint64_t squared_error(std::uint8_t const* left, std::uint8_t const* right, std::size_t count);

// Decibels between two pictures of one size (ITU-T J.340); 99 where they are the same, 0 where the sizes differ.
double likeness_db(Raster const& left, Raster const& right);

}  // namespace keepmum
