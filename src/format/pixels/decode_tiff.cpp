// TIFF by libtiff: every page, as scans and faxes have many.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <vector>

#include <tiffio.h>

#include "format/pixels/decode.h"

namespace keepmum {

namespace {

constexpr std::uint32_t most_pages = 500;

// What libtiff reads from: the bytes, and where it stands in them.
struct Source {
    std::string_view bytes;
    std::uint64_t at = 0;
};

tmsize_t read_some(thandle_t handle, void* into, tmsize_t size) {
    auto& source = *static_cast<Source*>(handle);
    if (source.at >= source.bytes.size() || size <= 0) return 0;
    std::size_t const count = std::min(static_cast<std::size_t>(size), source.bytes.size() - static_cast<std::size_t>(source.at));
    std::memcpy(into, source.bytes.data() + source.at, count);
    source.at += count;
    return static_cast<tmsize_t>(count);
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
    auto& source = *static_cast<Source*>(handle);
    if (whence == SEEK_CUR) offset += source.at;
    if (whence == SEEK_END) offset += source.bytes.size();
    return source.at = offset;
}

// Red, green and blue, already multiplied by alpha, over white.
void over_white(std::uint32_t const* row, std::vector<std::uint8_t>& rgb) {
    for (std::size_t x = 0, width = rgb.size() / 3; x < width; ++x) {
        std::uint32_t const paper = 255 - TIFFGetA(row[x]);
        rgb[x * 3] = static_cast<std::uint8_t>(std::min<std::uint32_t>(255, TIFFGetR(row[x]) + paper));
        rgb[x * 3 + 1] = static_cast<std::uint8_t>(std::min<std::uint32_t>(255, TIFFGetG(row[x]) + paper));
        rgb[x * 3 + 2] = static_cast<std::uint8_t>(std::min<std::uint32_t>(255, TIFFGetB(row[x]) + paper));
    }
}

std::optional<Trouble> decode_page(TIFF* file, std::uint32_t page, Canvas& canvas) {
    std::uint32_t width = 0, height = 0;
    TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(file, TIFFTAG_IMAGELENGTH, &height);
    if (std::optional<Trouble> trouble = check_size(width, height, most_pixels_held)) return trouble;
    char why[1024] = {};
    if (TIFFRGBAImageOK(file, why) == 0) return Trouble{Cause::unsupported, "a rare kind of TIFF"};
    std::vector<std::uint32_t> raster(std::size_t{width} * height);
    if (TIFFReadRGBAImageOriented(file, width, height, raster.data(), ORIENTATION_TOPLEFT, 1) == 0) {
        return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    }
    canvas.begin(width, height, page);
    std::vector<std::uint8_t> rgb(std::size_t{width} * 3);
    for (std::size_t y = 0; y < height; ++y) {
        over_white(&raster[y * width], rgb);
        canvas.row(rgb);
    }
    canvas.end();
    return {};
}

}  // namespace

std::optional<Trouble> decode_tiff(std::string_view bytes, Canvas& canvas) {
    TIFFSetErrorHandler(nullptr);
    TIFFSetWarningHandler(nullptr);
    Source source{bytes};
    auto const nothing = [](thandle_t, void*, tmsize_t) -> tmsize_t { return 0; };
    auto const close = [](thandle_t) { return 0; };
    auto const size = [](thandle_t handle) -> toff_t { return static_cast<Source*>(handle)->bytes.size(); };
    auto const map = [](thandle_t, void**, toff_t*) { return 0; };
    auto const unmap = [](thandle_t, void*, toff_t) {};
    TIFF* const file = TIFFClientOpen("picture", "rm", &source, read_some, nothing, seek, close, size, map, unmap);
    if (!file) return Trouble{Cause::malformed, "not a TIFF picture that can be decoded"};
    std::optional<Trouble> first;
    std::uint32_t page = 0;
    bool more = true;
    while (more && page < most_pages) {
        std::optional<Trouble> trouble = decode_page(file, ++page, canvas);
        if (trouble && !first) first = std::move(trouble);
        more = TIFFReadDirectory(file) != 0;
    }
    TIFFClose(file);
    if (more && !first) first = Trouble{Cause::too_big, "more pages than are decoded"};
    return first;
}

}  // namespace keepmum
