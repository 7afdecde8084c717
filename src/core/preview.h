// A picture as small as a report shows it. Workers decode; the main program never does.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace keepmum {

// Media type of evidence of kind image that holds one, as write_preview() gives it; its place is the picture's.
inline constexpr std::string_view preview_media = "application/x-keepmum-preview";

struct Preview {
    static constexpr std::uint32_t most_side = 400;    // pixels
    std::uint32_t width = 0, height = 0;               // of the preview
    std::uint32_t full_width = 0, full_height = 0;     // of the picture, upright
    std::string rgb;                                   // 3 · width · height bytes, rows from above
    friend bool operator==(Preview const&, Preview const&) = default;
};

std::string write_preview(Preview const& preview);
// Nothing where the bytes are not what write_preview() gives: they come from a worker.
std::optional<Preview> read_preview(std::string_view bytes);

}  // namespace keepmum
