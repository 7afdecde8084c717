// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/gif_source.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include <gif_lib.h>

namespace keepmum {

namespace {

std::string_view& rest_of(GifFileType* file) { return *static_cast<std::string_view*>(file->UserData); }

int read_some(GifFileType* file, GifByteType* into, int size) {
    std::string_view& rest = rest_of(file);
    std::size_t const count = std::min(rest.size(), static_cast<std::size_t>(std::max(size, 0)));
    std::memcpy(into, rest.data(), count);
    rest.remove_prefix(count);
    return static_cast<int>(count);
}

}  // namespace

GifFileType* open_gif(std::string_view& rest) {
    int error = 0;
    return DGifOpen(&rest, read_some, &error);
}

GifBlock next_block(GifFileType* file) {
    std::string_view& rest = rest_of(file);
    rest.remove_prefix(std::min(rest.find_first_not_of('\0'), rest.size()));
    if (rest.empty()) return GifBlock::cut_short;
    GifRecordType kind = UNDEFINED_RECORD_TYPE;
    if (DGifGetRecordType(file, &kind) != GIF_OK) return GifBlock::damaged;
    return kind == IMAGE_DESC_RECORD_TYPE ? GifBlock::frame : kind == EXTENSION_RECORD_TYPE ? GifBlock::extension : GifBlock::end;
}

}  // namespace keepmum
