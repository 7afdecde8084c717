// GIF by giflib (album/read_gif.cpp): the first frame as it is stored, then what an animation shows behind it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/pixels/album/album.h"
#include "format/pixels/decode.h"
#include "format/pixels/frames.h"
#include "format/pixels/paper.h"

namespace keepmum {

std::optional<Trouble> decode_gif(std::string_view bytes, Canvas& canvas) {
    Album album;
    album.media = "image/gif";
    std::optional<Trouble> const trouble = read_gif_frames(bytes, album);
    if (album.frames.empty()) return trouble;
    Raster const& first = album.frames.front().raster;
    // What a film shows behind its first picture is not given at all where it is damaged: then that is the only one.
    bool const more = album.frames.size() > 1;
    // Viewers cut frames to the screen: what reaches beyond is looked at here all the same.
    for (Frame const& frame : album.frames) {
        album.width = std::max(album.width, frame.left + frame.raster.width);
        album.height = std::max(album.height, frame.top + frame.raster.height);
    }
    put_over_paper(first.samples, first.width, more ? 1 : 0, canvas);
    return trouble || !more ? trouble : show_later_frames(album, canvas);
}

}  // namespace keepmum
