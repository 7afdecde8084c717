// GIF by giflib: every frame where it is drawn, cut to the screen, its colours and its one transparent colour.
//
// Frames stay apart, since a whole picture made of several may have more than the 256 colours that a GIF can hold.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include <gif_lib.h>

#include "format/pixels/album/album.h"
#include "format/pixels/album/reshape.h"
#include "format/pixels/gif_source.h"

namespace keepmum {

namespace {

struct Reading {
    GifFileType* file = nullptr;
    Album& album;
    std::uint64_t held = 0;
    GraphicsControlBlock control{0, false, 0, NO_TRANSPARENT_COLOR};
    bool announced = false;  // a frame, by its control, and not yet seen
    bool looping = false;
    bool words_drawn = false;
};

bool read_extension(Reading& reading) {
    int code = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(reading.file, &code, &block) != GIF_OK) return false;
    bool const netscape = code == APPLICATION_EXT_FUNC_CODE && block && block[0] == 11 && std::memcmp(block + 1, "NETSCAPE2.0", 11) == 0;
    if (code == PLAINTEXT_EXT_FUNC_CODE) reading.words_drawn = true;
    reading.announced = reading.announced || code == GRAPHICS_EXT_FUNC_CODE;
    bool first = true;
    while (block) {
        if (code == GRAPHICS_EXT_FUNC_CODE && first) DGifExtensionToGCB(block[0], block + 1, &reading.control);
        if (netscape && !first && block[0] >= 3 && block[1] == 1) {
            reading.album.loops = block[2] | static_cast<std::uint32_t>(block[3]) << 8;
            reading.looping = true;
        }
        first = false;
        if (DGifGetExtensionNext(reading.file, &block) != GIF_OK) return false;
    }
    return true;
}

std::optional<Trouble> read_indices(GifFileType* file, std::uint32_t width, std::uint32_t height, std::vector<GifByteType>& indices) {
    indices.resize(std::size_t{width} * height);
    static constexpr std::uint32_t passes[][2] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};
    bool good = true;
    auto const line = [&](std::size_t y) { good = good && DGifGetLine(file, &indices[y * width], static_cast<int>(width)) == GIF_OK; };
    if (file->Image.Interlace) {
        for (auto const& pass : passes) {
            for (std::uint32_t y = pass[0]; y < height; y += pass[1]) line(y);
        }
    } else {
        for (std::uint32_t y = 0; y < height; ++y) line(y);
    }
    if (!good) return Trouble{Cause::malformed, "damaged or cut short: a frame cannot be decoded"};
    return {};
}

Raster paint(std::vector<GifByteType> const& indices, ColorMapObject const& colours, int transparent, std::uint32_t width,
    std::uint32_t height) {
    Raster raster{width, height, 4, 1, {}};
    raster.samples.resize(indices.size() * 4);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (indices[i] == transparent) continue;
        GifColorType const colour = indices[i] < colours.ColorCount ? colours.Colors[indices[i]] : GifColorType{0, 0, 0};
        std::uint8_t const pixel[] = {colour.Red, colour.Green, colour.Blue, 255};
        std::memcpy(&raster.samples[i * 4], pixel, 4);
    }
    return raster;
}

std::optional<Trouble> read_frame(Reading& reading) {
    GifFileType* const file = reading.file;
    if (DGifGetImageDesc(file) != GIF_OK) return Trouble{Cause::malformed, "damaged or cut short: a frame cannot be decoded"};
    GifImageDesc const& image = file->Image;
    if (image.Width <= 0 || image.Height <= 0) return Trouble{Cause::malformed, "a picture without pixels"};
    auto const width = static_cast<std::uint32_t>(image.Width), height = static_cast<std::uint32_t>(image.Height);
    if (std::optional<Trouble> trouble = check_size(width, height, most_pixels_held)) return trouble;
    // Beside its pixels, what a frame itself takes.
    std::uint64_t const size = std::uint64_t{width} * height * 4 + sizeof(Frame);
    if (std::optional<Trouble> trouble = check_held(reading.held, size)) return trouble;
    reading.held += size;
    ColorMapObject const* const colours = image.ColorMap ? image.ColorMap : file->SColorMap;
    if (!colours) return Trouble{Cause::malformed, "a GIF picture without colours"};
    std::vector<GifByteType> indices;
    if (std::optional<Trouble> trouble = read_indices(file, width, height, indices)) return trouble;
    Frame frame;
    frame.raster = paint(indices, *colours, reading.control.TransparentColor, width, height);
    frame.left = static_cast<std::uint32_t>(std::max(image.Left, 0));
    frame.top = static_cast<std::uint32_t>(std::max(image.Top, 0));
    frame.delay = static_cast<std::uint32_t>(std::max(reading.control.DelayTime, 0));
    frame.delay_unit = 100;
    int const mode = reading.control.DisposalMode;
    frame.dispose = mode == DISPOSE_BACKGROUND ? Dispose::clear : mode == DISPOSE_PREVIOUS ? Dispose::restore : Dispose::keep;
    reading.album.frames.push_back(std::move(frame));
    reading.control = {0, false, 0, NO_TRANSPARENT_COLOR};
    reading.announced = false;
    return {};
}

// What lies beyond the screen is never shown. A screen too small for its only frame is a fault that viewers mend.
std::optional<Trouble> cut_to_screen(Album& album) {
    Frame& only = album.frames.front();
    if (album.frames.size() == 1 && (only.left + only.raster.width > album.width || only.top + only.raster.height > album.height)) {
        album.width = only.raster.width;
        album.height = only.raster.height;
        only.left = only.top = 0;
    }
    for (Frame& frame : album.frames) {
        if (frame.left >= album.width || frame.top >= album.height) {
            frame.raster = Raster{1, 1, 4, 1, {0, 0, 0, 0}};
            frame.left = frame.top = 0;
            continue;
        }
        std::uint32_t const width = std::min(frame.raster.width, album.width - frame.left),
            height = std::min(frame.raster.height, album.height - frame.top);
        if (width < frame.raster.width || height < frame.raster.height) frame.raster = crop(frame.raster, {0, 0, width, height});
    }
    return check_size(album.width, album.height, most_pixels_held);
}

std::optional<Trouble> read_all(Reading& reading) {
    for (GifBlock block = next_block(reading.file); block != GifBlock::end; block = next_block(reading.file)) {
        // Some writers leave the last byte away; what was drawn before it stands.
        if (block == GifBlock::cut_short && !reading.album.frames.empty() && !reading.announced) break;
        if (block == GifBlock::cut_short || block == GifBlock::damaged) {
            return Trouble{Cause::malformed, "damaged: neither a frame nor an end"};
        }
        if (block == GifBlock::extension && !read_extension(reading)) return Trouble{Cause::malformed, "damaged or cut short"};
        if (block != GifBlock::frame) continue;
        if (std::optional<Trouble> trouble = read_frame(reading)) return trouble;
    }
    if (reading.album.frames.empty()) return Trouble{Cause::malformed, "a GIF picture without a frame"};
    return {};
}

}  // namespace

std::optional<Trouble> read_gif_frames(std::string_view bytes, Album& album) {
    std::string_view rest = bytes;
    GifFileType* const file = open_gif(rest);
    if (!file) return Trouble{Cause::malformed, "not a GIF picture that can be decoded"};
    album.width = static_cast<std::uint32_t>(std::max(file->SWidth, 0));
    album.height = static_cast<std::uint32_t>(std::max(file->SHeight, 0));
    Reading reading{file, album};
    std::optional<Trouble> trouble = read_all(reading);
    int error = 0;
    DGifCloseFile(file, &error);
    if (trouble) return trouble;
    album.kind = album.frames.size() > 1 ? Album::Kind::animation : Album::Kind::still;
    if (!reading.looping) album.loops = 1;
    if (reading.words_drawn) album.left_out.push_back("text that the file asks viewers to draw, as none does");
    return {};
}

std::optional<Trouble> read_gif(std::string_view bytes, Album& album) {
    std::optional<Trouble> trouble = read_gif_frames(bytes, album);
    return trouble ? trouble : cut_to_screen(album);
}

}  // namespace keepmum
