// HEIF and AVIF: the one picture that a viewer shows, upright.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/album/album.h"
#include "format/pixels/heif/still.h"

namespace keepmum {

std::optional<Trouble> read_heif(std::string_view bytes, Album& album) {
    Still still;
    if (std::optional<Trouble> trouble = read_still(bytes, still)) return trouble;
    Frame& frame = album.frames.emplace_back();
    frame.raster = std::move(still.raster);
    frame.colours = std::move(still.colours);
    album.media = frame.raster.has_alpha() ? "image/png" : "image/jpeg";
    album.left_out = std::move(still.left_out);
    album.changed = std::move(still.changed);
    return {};
}

}  // namespace keepmum
