// All pictures of a file, looked at part by part.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/extractor.h"
#include "extract/objects/judge.h"
#include "extract/objects/network.h"
#include "extract/objects/views.h"
#include "format/pixels/canvas.h"

namespace keepmum::objects {

// Smaller pictures are icons and ornaments; the network was taught on larger ones.
inline constexpr std::uint32_t least_side = 96;  // pixels of the shorter side
inline constexpr std::size_t most_pages = 8;     // of a file with several pictures

struct LookedAt {
    std::uint32_t page = 0;                         // from 1 in files with several pictures, else 0
    std::uint32_t full_width = 0, full_height = 0;  // pixels, upright, as in the file
    std::vector<View> views;                        // in pixels of the file
    std::vector<Seen> best, told;                   // see Judge
};

// Decodes `bytes`, turns each picture as its Exif says and looks at it. What was looked at before trouble came stays in `pages`.
// Work: the decoding, and `most_views` runs of the network a picture. `outlet` is asked whether to go on, and told of progress.
std::optional<Trouble> look_at(std::string_view bytes, Eye& eye, Outlet& outlet, std::vector<LookedAt>& pages);

}  // namespace keepmum::objects
