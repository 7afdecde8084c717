// What an animation shows behind its first picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "format/pixels/album/album.h"
#include "format/pixels/canvas.h"

namespace keepmum {

// Frames of a GIF, PNG or WebP animation that show something else than the one before, drawn as a viewer shows them, as pages
// from 2 on; the first is left to the decoder of the format, which calls this behind it. With more than `most_frames` in all it is a
// film, which nobody looks at: none is given, and it is Trouble, as is a frame that cannot be decoded. Nothing for a file that is no
// animation.
std::optional<Trouble> decode_later_frames(std::string_view bytes, Canvas& canvas);
std::optional<Trouble> show_later_frames(Album const& album, Canvas& canvas);
inline constexpr std::uint32_t most_frames = 16;
inline constexpr std::string_view is_film = "a film: only its first picture was looked at";  // Trouble::detail then

// Whether a PNG file says that it is an animation (PNG third edition, 11.3.4.1).
bool is_animated_png(std::string_view png);

}  // namespace keepmum
