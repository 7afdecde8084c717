// Bytes in memory as giflib reads them, one block after the other.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

struct GifFileType;

namespace keepmum {

// `rest` is what giflib has not read yet; it must outlive the file, which the caller closes with DGifCloseFile(). Null where it is no GIF.
GifFileType* open_gif(std::string_view& rest);

// The block that comes next, once the one before was read to its end. Some writers leave a zero byte too many between two blocks, and
// viewers pass over it; others leave the end mark away.
enum class GifBlock : std::uint8_t { frame, extension, end, cut_short, damaged };
GifBlock next_block(GifFileType* file);

}  // namespace keepmum
