// TIFF by libtiff: every page, as scans and faxes have many.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <span>
#include <vector>

#include <tiffio.h>

#include "format/pixels/decode.h"
#include "format/pixels/paper.h"
#include "format/pixels/tiff_source.h"

namespace keepmum {

namespace {

constexpr std::uint32_t most_pages = 500;

// Four bytes a pixel in the place of one number, colours no longer multiplied by alpha.
std::span<std::uint8_t const> unpack(std::vector<std::uint32_t>& raster) {
    auto* const out = reinterpret_cast<std::uint8_t*>(raster.data());
    for (std::size_t i = 0; i < raster.size(); ++i) {
        std::uint32_t const pixel = raster[i], alpha = TIFFGetA(pixel);
        std::uint32_t const colours[] = {TIFFGetR(pixel), TIFFGetG(pixel), TIFFGetB(pixel)};
        for (std::size_t c = 0; c < 3; ++c) {
            std::uint32_t const whole = alpha == 0 || alpha == 255 ? colours[c] : (colours[c] * 255 + alpha / 2) / alpha;
            out[4 * i + c] = static_cast<std::uint8_t>(std::min<std::uint32_t>(255, whole));
        }
        out[4 * i + 3] = static_cast<std::uint8_t>(alpha);
    }
    return {out, raster.size() * 4};
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
    put_over_paper(unpack(raster), width, page, canvas);
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
