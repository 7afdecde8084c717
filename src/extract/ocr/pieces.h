// In which pieces, and how large, the network that finds lines looks at a picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "extract/ocr/grey.h"

namespace keepmum::ocr {

// Most pictures are one piece. A long and narrow one (a screen that was scrolled, a panorama) would be made so small that nothing
// can be read: it is parted along its longer side.
struct Pieces {
    std::size_t count = 1;
    float scale = 1;                      // at which each is looked at
    bool down = false;                    // from above; else from the left
    std::uint32_t length = 0, step = 0;  // pixels of each, and from one to the next, which is less: they overlap

    // The piece that tells what has its middle there: where two overlap, the one that shows more around it.
    std::size_t owner(float middle) const;
};

Pieces pieces_of(std::uint32_t width, std::uint32_t height);

// The piece of that number, from 0. The last may be shorter.
Grey cut_piece(Grey const& picture, Pieces const& pieces, std::size_t number);

}  // namespace keepmum::ocr
