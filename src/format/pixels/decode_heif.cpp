// HEIF and AVIF: the one picture that a viewer shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/album/reshape.h"
#include "format/pixels/decode.h"
#include "format/pixels/heif/still.h"
#include "format/pixels/paper.h"

namespace keepmum {

std::optional<Trouble> decode_heif(std::string_view bytes, Canvas& canvas) {
    Still still;
    if (std::optional<Trouble> trouble = read_still(bytes, still)) return trouble;
    Raster const& raster = still.raster;
    if (raster.channels != 3) return put_over_paper(to_rgba(raster).samples, raster.width, 0, canvas), std::nullopt;
    canvas.begin(raster.width, raster.height, 0);
    for (std::size_t y = 0; y < raster.height; ++y) canvas.row({raster.row(y), raster.row_size()});
    canvas.end();
    return {};
}

}  // namespace keepmum
