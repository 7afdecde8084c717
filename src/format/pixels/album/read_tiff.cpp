// TIFF by libtiff: every page, in its own depth where its samples are plain, else as libtiff shows it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include <tiffio.h>

#include "format/pixels/album/album.h"
#include "format/pixels/tiff_source.h"

namespace keepmum {

namespace {

constexpr std::uint32_t most_pages = 500;

std::uint16_t short_field(TIFF* file, std::uint32_t tag, std::uint16_t otherwise) {
    std::uint16_t value = otherwise;
    TIFFGetFieldDefaulted(file, tag, &value);
    return value;
}

// How the samples of a page lie, where they need no arithmetic.
struct Layout {
    bool plain = false, inverted = false, inks = false;
    std::uint32_t channels = 0, kept = 0, depth = 1;
};

Layout layout_of(TIFF* file) {
    Layout layout;
    std::uint16_t const bits = short_field(file, TIFFTAG_BITSPERSAMPLE, 1), samples = short_field(file, TIFFTAG_SAMPLESPERPIXEL, 1);
    std::uint16_t const light = short_field(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK),
        format = short_field(file, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_UINT);
    std::uint16_t extras = 0, *kinds = nullptr;
    TIFFGetFieldDefaulted(file, TIFFTAG_EXTRASAMPLES, &extras, &kinds);
    bool const grey = light == PHOTOMETRIC_MINISBLACK || light == PHOTOMETRIC_MINISWHITE, rgb = light == PHOTOMETRIC_RGB;
    layout.inks = light == PHOTOMETRIC_SEPARATED && samples == 4 && extras == 0 && bits == 8;
    std::uint32_t const colours = grey ? 1 : 3;
    bool const alpha = extras >= 1 && kinds && kinds[0] == EXTRASAMPLE_UNASSALPHA;
    bool const known = layout.inks || ((grey || rgb) && samples >= colours
        && (extras == 0 || alpha || kinds[0] == EXTRASAMPLE_UNSPECIFIED));
    layout.plain = known && (bits == 8 || bits == 16) && format == SAMPLEFORMAT_UINT
        && short_field(file, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) == PLANARCONFIG_CONTIG &&
                   TIFFIsTiled(file) == 0 && short_field(file, TIFFTAG_COMPRESSION, COMPRESSION_NONE) != COMPRESSION_JPEG;
    layout.inverted = light == PHOTOMETRIC_MINISWHITE;
    layout.channels = samples;
    layout.kept = layout.inks ? 4 : colours + (alpha ? 1 : 0);
    layout.depth = bits / 8;
    return layout;
}

std::optional<Trouble> read_plain(TIFF* file, Layout const& layout, Raster& raster) {
    raster.channels = layout.kept;
    raster.depth = layout.depth;
    raster.samples.resize(raster.row_size() * raster.height);
    std::size_t const stored = std::size_t{layout.channels} * layout.depth, kept = raster.pixel_size();
    std::vector<std::uint8_t> line(static_cast<std::size_t>(std::max<tmsize_t>(TIFFScanlineSize(file), 0)));
    if (line.size() < stored * raster.width) return Trouble{Cause::malformed, "damaged: rows shorter than the picture is wide"};
    for (std::uint32_t y = 0; y < raster.height; ++y) {
        if (TIFFReadScanline(file, line.data(), y, 0) != 1) return Trouble{Cause::malformed,
            "damaged or cut short: the picture cannot be decoded"};
        std::uint8_t* to = raster.row(y);
        for (std::size_t x = 0; x < raster.width; ++x, to += kept) std::memcpy(to, &line[x * stored], kept);
        std::size_t const step = layout.inverted ? kept : 0;
        to = raster.row(y);
        for (std::size_t x = 0; x < raster.width && step > 0; ++x, to += step) {
            for (std::size_t i = 0; i < layout.depth; ++i) to[i] = static_cast<std::uint8_t>(~to[i]);
        }
        // Ink: TIFF writes full ink as 255, Colours has it as 0.
        for (std::size_t i = 0; layout.inks && i < raster.row_size(); ++i) raster.row(y)[i] = static_cast<std::uint8_t>(~raster.row(y)[i]);
    }
    return {};
}

// What libtiff shows: 8 bits, alpha multiplied in, which is undone.
std::optional<Trouble> read_shown(TIFF* file, Raster& raster) {
    char why[1024] = {};
    if (TIFFRGBAImageOK(file, why) == 0) return Trouble{Cause::unsupported, "a rare kind of TIFF"};
    raster.channels = 4;
    std::vector<std::uint32_t> pixels(std::size_t{raster.width} * raster.height);
    if (TIFFReadRGBAImageOriented(file, raster.width, raster.height, pixels.data(), ORIENTATION_TOPLEFT, 1) == 0) {
        return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    }
    raster.samples.resize(pixels.size() * 4);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        std::uint32_t const alpha = TIFFGetA(pixels[i]), parts[] = {TIFFGetR(pixels[i]), TIFFGetG(pixels[i]), TIFFGetB(pixels[i])};
        for (std::size_t c = 0; c < 3; ++c) {
            raster.samples[i * 4 + c] = static_cast<std::uint8_t>(alpha == 0 ? 0
                : std::min<std::uint32_t>(255, (parts[c] * 255 + alpha / 2) / alpha));
        }
        raster.samples[i * 4 + 3] = static_cast<std::uint8_t>(alpha);
    }
    return {};
}

std::optional<Trouble> read_page(TIFF* file, std::uint64_t& held, Album& album) {
    Frame frame;
    Raster& raster = frame.raster;
    TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &raster.width);
    TIFFGetField(file, TIFFTAG_IMAGELENGTH, &raster.height);
    if (std::optional<Trouble> trouble = check_size(raster.width, raster.height, most_pixels_held)) return trouble;
    Layout const layout = layout_of(file);
    std::uint64_t const size = std::uint64_t{raster.width} * raster.height * 4 * layout.depth;
    if (std::optional<Trouble> trouble = check_held(held, size)) return trouble;
    held += size;
    std::uint16_t const orientation = short_field(file, TIFFTAG_ORIENTATION, 1);
    std::optional<Trouble> trouble = layout.plain ? read_plain(file, layout, raster) : read_shown(file, raster);
    if (trouble) return trouble;
    // libtiff has mirrored what it shows already, but turns nothing.
    static constexpr std::uint32_t turned[] = {1, 1, 1, 1, 1, 5, 5, 5, 5};
    if (orientation >= 1 && orientation <= 8) frame.orientation = layout.plain ? orientation : turned[orientation];
    frame.colours.inks = layout.plain && layout.inks;
    std::uint32_t icc_size = 0;
    void* icc = nullptr;
    bool const fits = layout.plain || short_field(file, TIFFTAG_PHOTOMETRIC, 0) != PHOTOMETRIC_SEPARATED;
    if (fits && TIFFGetField(file, TIFFTAG_ICCPROFILE, &icc_size, &icc) == 1) frame.colours.icc.assign(static_cast<char const*>(icc),
        icc_size);
    if (!layout.plain && short_field(file, TIFFTAG_BITSPERSAMPLE, 1) > 8) album.left_out.push_back("shades beyond 8 bits a colour");
    album.frames.push_back(std::move(frame));
    return {};
}

// A smaller copy of another page, for viewers in a hurry. Whoever says so of a page as large as the first is not believed.
bool is_thumbnail(TIFF* file, Raster const& first) {
    std::uint32_t kind = 0, width = 0, height = 0;
    TIFFGetField(file, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(file, TIFFTAG_IMAGELENGTH, &height);
    bool const said = TIFFGetField(file, TIFFTAG_SUBFILETYPE, &kind) == 1 && (kind & FILETYPE_REDUCEDIMAGE) != 0;
    return said && width < first.width && height < first.height;
}

}  // namespace

std::optional<Trouble> read_tiff(std::string_view bytes, Album& album) {
    TiffSource source{bytes};
    TIFF* const file = open_tiff(source);
    if (!file) return Trouble{Cause::malformed, "not a TIFF picture that can be decoded"};
    std::optional<Trouble> trouble;
    std::uint64_t held = 0;
    std::uint32_t page = 0;
    bool more = true;
    for (; more && !trouble && page < most_pages; ++page) {
        bool const smaller = page > 0 && is_thumbnail(file, album.frames.front().raster);
        if (smaller) album.left_out.push_back("page " + std::to_string(page + 1) + ", a smaller copy of another page");
        else trouble = read_page(file, held, album);
        more = TIFFLastDirectory(file) == 0;
        if (!trouble && more && TIFFReadDirectory(file) == 0)
            trouble = Trouble{Cause::malformed, "damaged or cut short: pages are missing"};
    }
    TIFFClose(file);
    if (more && !trouble) trouble = Trouble{Cause::too_big, "more pages than are decoded"};
    album.kind = album.frames.size() > 1 ? Album::Kind::pages : Album::Kind::still;
    return trouble;
}

}  // namespace keepmum
