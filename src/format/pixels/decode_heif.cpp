// HEIF and AVIF: the one picture that a viewer shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <vector>

#include "format/pixels/decode.h"
#include "format/pixels/heif/still.h"

namespace keepmum {

std::optional<Trouble> decode_heif(std::string_view bytes, Canvas& canvas) {
    Still still;
    if (std::optional<Trouble> trouble = read_still(bytes, still)) return trouble;
    Raster const& raster = still.raster;
    std::size_t const colours = raster.channels >= 3 ? 3 : 1;
    canvas.begin(raster.width, raster.height, 0);
    std::vector<std::uint8_t> rgb(std::size_t{raster.width} * 3);
    for (std::size_t y = 0; y < raster.height; ++y) {
        std::uint8_t const* from = raster.row(y);
        for (std::size_t x = 0; x < raster.width; ++x, from += raster.channels) {
            unsigned const alpha = raster.has_alpha() ? from[colours] : 255;
            for (std::size_t c = 0; c < 3; ++c) {
                rgb[x * 3 + c] = static_cast<std::uint8_t>((from[colours == 3 ? c : 0] * alpha + 255 * (255 - alpha)) / 255);
            }
        }
        canvas.row(rgb);
    }
    canvas.end();
    return {};
}

}  // namespace keepmum
