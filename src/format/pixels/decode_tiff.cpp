// TIFF by libtiff: every page, as scans and faxes have many.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <vector>

#include <tiffio.h>

#include "format/pixels/decode.h"
#include "format/pixels/tiff_source.h"

namespace keepmum {

namespace {

constexpr std::uint32_t most_pages = 500;

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
    TiffSource source{bytes};
    TIFF* const file = open_tiff(source);
    if (!file) return Trouble{Cause::malformed, "not a TIFF picture that can be decoded"};
    std::optional<Trouble> first;
    std::uint32_t page = 0;
    bool more = true;
    while (more && page < most_pages) {
        std::optional<Trouble> trouble = decode_page(file, ++page, canvas);
        if (trouble && !first) first = std::move(trouble);
        more = TIFFLastDirectory(file) == 0;
        if (!more || TIFFReadDirectory(file) != 0) continue;
        if (!first) first = Trouble{Cause::malformed, "damaged or cut short: pages are missing"};
        more = false;
    }
    TIFFClose(file);
    if (more && !first) first = Trouble{Cause::too_big, "more pages than are decoded"};
    return first;
}

}  // namespace keepmum
