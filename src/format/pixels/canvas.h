// Where a decoder puts its pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "core/gap.h"

namespace keepmum {

// Takes pictures row by row, so that a large one is never held whole unless its format must be.
class Canvas {
  public:
    virtual ~Canvas() = default;
    // The picture that follows is given smaller than it is (see enough_side()): its size in the file.
    virtual void reduced_from(std::uint32_t width, std::uint32_t height) { (void)width, (void)height; }
    // A picture of so many pixels follows, both at least 1; `page` counts from 1 in files with several, else 0.
    virtual void begin(std::uint32_t width, std::uint32_t height, std::uint32_t page) = 0;
    // The next row from above: red, green, blue a pixel, 8 bits each, what is transparent over white or, as paper.h
    // says, over black.
    virtual void row(std::span<std::uint8_t const> rgb) = 0;
    // The picture is done; rows that were not put are missing. Every begin() has its end().
    virtual void end() = 0;
    // The shorter side that is enough, in pixels: a decoder that can give a smaller picture for less work may do
    // so down to this. 0: every pixel is wanted.
    virtual std::uint32_t enough_side() const { return 0; }
};

// Why a picture, or the rest of it, could not be decoded.
struct Trouble {
    Cause cause = Cause::malformed;  // malformed, unsupported or too_big
    std::string detail;              // one plain English clause
};

// Pixels of the largest picture that is decoded at all, and of the largest one that a decoder may hold whole.
// The larger of today's cameras take 200 million.
inline constexpr std::uint64_t most_pixels = 256u << 20, most_pixels_held = 96u << 20;

// Trouble where a picture of that size is not to be decoded.
std::optional<Trouble> check_size(std::uint64_t width, std::uint64_t height, std::uint64_t most);

}  // namespace keepmum
