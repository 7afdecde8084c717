// What is asked of a cleaning beside the cleaning.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "format/pixels/album/reshape.h"

namespace keepmum {

struct Wishes {
    std::optional<Box> crop;       // of the upright picture; everything else is measured in what is left of it
    std::vector<Box> blur, blot;
    std::uint32_t coarser = 0;     // pixels of the longer side, 0: as it is
    // Facts to be written anew, by their names in core/photo.h.
    std::vector<std::pair<std::string, std::string>> keep;

    bool none() const { return !crop && blur.empty() && blot.empty() && coarser == 0 && keep.empty(); }
};

// One line, as it travels to the worker: "crop=0,0,10,10;coarser=1600;keep.time.taken=2024-…". At most 4 KiB are carried.
std::string print(Wishes const& wishes);
std::optional<Wishes> parse_wishes(std::string_view line);

// "X,Y,W,H", in pixels.
std::optional<Box> parse_box(std::string_view text);

}  // namespace keepmum
