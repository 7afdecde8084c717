// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/tiff_source.h"

#include <algorithm>
#include <cstring>

#include <tiffio.h>

namespace keepmum {

namespace {

tmsize_t read_some(thandle_t handle, void* into, tmsize_t size) {
    auto& source = *static_cast<TiffSource*>(handle);
    if (source.at >= source.bytes.size() || size <= 0) return 0;
    std::size_t const count = std::min(static_cast<std::size_t>(size), source.bytes.size() - static_cast<std::size_t>(source.at));
    std::memcpy(into, source.bytes.data() + source.at, count);
    source.at += count;
    return static_cast<tmsize_t>(count);
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
    auto& source = *static_cast<TiffSource*>(handle);
    if (whence == SEEK_CUR) offset += source.at;
    if (whence == SEEK_END) offset += source.bytes.size();
    return source.at = offset;
}

}  // namespace

TIFF* open_tiff(TiffSource& source) {
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
    auto const nothing = [](thandle_t, void*, tmsize_t) -> tmsize_t { return 0; };
    auto const close = [](thandle_t) { return 0; };
    auto const size = [](thandle_t handle) -> toff_t { return static_cast<TiffSource*>(handle)->bytes.size(); };
    auto const map = [](thandle_t, void**, toff_t*) { return 0; };
    auto const unmap = [](thandle_t, void*, toff_t) {};
    return TIFFClientOpen("picture", "rm", &source, read_some, nothing, seek, close, size, map, unmap);
}

}  // namespace keepmum
