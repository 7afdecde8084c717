// GIF by giflib: the first frame here, what an animation shows behind it in frames.cpp.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>
#include <span>
#include <vector>

#include <gif_lib.h>

#include "format/pixels/decode.h"
#include "format/pixels/frames.h"

namespace keepmum {

namespace {

int read_some(GifFileType* file, GifByteType* into, int size) {
    auto& rest = *static_cast<std::string_view*>(file->UserData);
    std::size_t const count = std::min(rest.size(), static_cast<std::size_t>(std::max(size, 0)));
    std::memcpy(into, rest.data(), count);
    rest.remove_prefix(count);
    return static_cast<int>(count);
}

// What lies before a frame says which colour is transparent: over white, that is white.
bool find_frame(GifFileType* file, int& transparent) {
    GifRecordType kind = UNDEFINED_RECORD_TYPE;
    while (DGifGetRecordType(file, &kind) == GIF_OK && kind != TERMINATE_RECORD_TYPE) {
        if (kind == IMAGE_DESC_RECORD_TYPE) return DGifGetImageDesc(file) == GIF_OK;
        int code = 0;
        GifByteType* block = nullptr;
        if (DGifGetExtension(file, &code, &block) != GIF_OK) return false;
        while (block) {
            GraphicsControlBlock control;
            bool const told = code == GRAPHICS_EXT_FUNC_CODE && DGifExtensionToGCB(block[0], block + 1, &control) == GIF_OK;
            if (told) transparent = control.TransparentColor;
            if (DGifGetExtensionNext(file, &block) != GIF_OK) return false;
        }
    }
    return false;
}

// Rows come in four passes where the frame is interlaced.
std::vector<std::uint32_t> order_of_rows(std::uint32_t height, bool interlaced) {
    std::vector<std::uint32_t> order;
    order.reserve(height);
    struct Pass {
        std::uint32_t first, step;
    };
    static constexpr Pass passes[] = {{0, 8}, {4, 8}, {2, 4}, {1, 2}}, straight[] = {{0, 1}};
    for (Pass const& pass : interlaced ? std::span<Pass const>(passes) : std::span<Pass const>(straight)) {
        for (std::uint32_t y = pass.first; y < height; y += pass.step) order.push_back(y);
    }
    return order;
}

std::optional<Trouble> read_frame(GifFileType* file, Canvas& canvas, bool& more) {
    int transparent = NO_TRANSPARENT_COLOR;
    if (!find_frame(file, transparent)) return Trouble{Cause::malformed, "a GIF picture without a frame that can be decoded"};
    GifImageDesc const& frame = file->Image;
    if (frame.Width <= 0 || frame.Height <= 0) return Trouble{Cause::malformed, "a picture without pixels"};
    auto const width = static_cast<std::uint32_t>(frame.Width), height = static_cast<std::uint32_t>(frame.Height);
    if (std::optional<Trouble> trouble = check_size(width, height, most_pixels_held)) return trouble;
    ColorMapObject const* const colours = frame.ColorMap ? frame.ColorMap : file->SColorMap;
    if (!colours) return Trouble{Cause::malformed, "a GIF picture without colours"};
    std::vector<GifByteType> indices(std::size_t{width} * height);
    bool good = true;
    for (std::uint32_t y : order_of_rows(height, frame.Interlace)) {
        good = good && DGifGetLine(file, &indices[std::size_t{y} * width], frame.Width) == GIF_OK;
    }
    if (!good) return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    // Sizes and colours in `file` are those of the next frame once that is asked for.
    ColorMapObject const kept = *colours;
    std::vector<GifColorType> const table(kept.Colors, kept.Colors + kept.ColorCount);
    int const shown = transparent;
    more = find_frame(file, transparent);
    canvas.begin(width, height, more ? 1 : 0);
    std::vector<std::uint8_t> rgb(std::size_t{width} * 3);
    for (std::size_t y = 0; y < height; ++y) {
        for (std::size_t x = 0; x < width; ++x) {
            int const index = indices[y * width + x];
            GifColorType colour{255, 255, 255};
            if (index != shown && index < kept.ColorCount) colour = table[static_cast<std::size_t>(index)];
            rgb[x * 3] = colour.Red;
            rgb[x * 3 + 1] = colour.Green;
            rgb[x * 3 + 2] = colour.Blue;
        }
        canvas.row(rgb);
    }
    canvas.end();
    return {};
}

}  // namespace

std::optional<Trouble> decode_gif(std::string_view bytes, Canvas& canvas) {
    int error = 0;
    std::string_view rest = bytes;
    GifFileType* const file = DGifOpen(&rest, read_some, &error);
    if (!file) return Trouble{Cause::malformed, "not a GIF picture that can be decoded"};
    bool more = false;
    std::optional<Trouble> trouble = read_frame(file, canvas, more);
    DGifCloseFile(file, &error);
    return more ? decode_later_frames(bytes, canvas) : trouble;
}

}  // namespace keepmum
