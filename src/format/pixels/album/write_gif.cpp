// GIF by giflib: each frame where it was, with a palette of its own that holds the colours it uses, sorted.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>
#include <map>

#include <gif_lib.h>

#include "format/pixels/album/write_album.h"

namespace keepmum {

namespace {

// Colours of a frame by number; the transparent one, where there is one, comes last.
struct Palette {
    std::map<std::uint32_t, int> colours;  // 0xRRGGBB
    int transparent = NO_TRANSPARENT_COLOR;
    ColorMapObject* map = nullptr;
};

std::uint32_t colour_at(Raster const& raster, std::size_t pixel) {
    std::uint8_t const* const p = &raster.samples[pixel * 4];
    return static_cast<std::uint32_t>(p[0] << 16 | p[1] << 8 | p[2]);
}

bool make_palette(Raster const& raster, Palette& palette) {
    bool seen_through = false;
    for (std::size_t i = 0; i < raster.samples.size() / 4; ++i) {
        if (raster.samples[i * 4 + 3] == 0) seen_through = true;
        else palette.colours.try_emplace(colour_at(raster, i), 0);
        if (palette.colours.size() + (seen_through ? 1 : 0) > 256) return false;
    }
    int next = 0;
    for (auto& [colour, number] : palette.colours) number = next++;
    if (seen_through) palette.transparent = next++;
    auto const size = static_cast<int>(std::bit_ceil(static_cast<unsigned>(std::max(next, 2))));
    palette.map = GifMakeMapObject(size, nullptr);
    if (!palette.map) return false;
    std::fill_n(palette.map->Colors, size, GifColorType{0, 0, 0});
    for (auto const& [colour, number] : palette.colours) {
        palette.map->Colors[number] = {static_cast<GifByteType>(colour >> 16), static_cast<GifByteType>(colour >> 8),
            static_cast<GifByteType>(colour)};
    }
    return true;
}

int append(GifFileType* file, GifByteType const* bytes, int size) {
    static_cast<std::string*>(file->UserData)->append(reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(size));
    return size;
}

void put_loops(GifFileType* file, std::uint32_t loops) {
    GifByteType const times[] = {1, static_cast<GifByteType>(loops), static_cast<GifByteType>(loops >> 8)};
    EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE);
    EGifPutExtensionBlock(file, 11, "NETSCAPE2.0");
    EGifPutExtensionBlock(file, 3, times);
    EGifPutExtensionTrailer(file);
}

void put_control(GifFileType* file, Frame const& frame, int transparent) {
    GraphicsControlBlock control{};
    control.DisposalMode = frame.dispose == Dispose::clear ? DISPOSE_BACKGROUND : frame.dispose == Dispose::restore ? DISPOSE_PREVIOUS
        : DISPOSE_DO_NOT;
    control.DelayTime = static_cast<int>(frame.delay);
    control.TransparentColor = transparent;
    GifByteType bytes[4];
    EGifGCBToExtension(&control, bytes);
    EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, sizeof bytes, bytes);
}

bool put_frame(GifFileType* file, Frame const& frame, bool animated) {
    Palette palette;
    bool good = make_palette(frame.raster, palette);
    if (good && (animated || palette.transparent >= 0)) put_control(file, frame, palette.transparent);
    Raster const& raster = frame.raster;
    auto const width = static_cast<int>(raster.width), height = static_cast<int>(raster.height);
    good = good && EGifPutImageDesc(file, static_cast<int>(frame.left), static_cast<int>(frame.top), width, height, false,
        palette.map) == GIF_OK;
    std::vector<GifByteType> line(raster.width);
    for (std::size_t y = 0; good && y < raster.height; ++y) {
        for (std::size_t x = 0; x < raster.width; ++x) {
            std::size_t const pixel = y * raster.width + x;
            bool const clear = raster.samples[pixel * 4 + 3] == 0;
            line[x] = static_cast<GifByteType>(clear ? palette.transparent : palette.colours.find(colour_at(raster, pixel))->second);
        }
        good = EGifPutLine(file, line.data(), width) == GIF_OK;
    }
    if (palette.map) GifFreeMapObject(palette.map);
    return good;
}

}  // namespace

std::string write_gif(Album const& album) {
    std::string out;
    int error = 0;
    GifFileType* const file = EGifOpen(&out, append, &error);
    if (!file) return {};
    EGifSetGifVersion(file, true);
    bool const animated = album.kind == Album::Kind::animation;
    bool good = EGifPutScreenDesc(file, static_cast<int>(album.width), static_cast<int>(album.height), 8, 0, nullptr) == GIF_OK;
    if (animated && album.loops != 1) put_loops(file, album.loops);
    for (Frame const& frame : album.frames) good = good && put_frame(file, frame, animated);
    good = EGifCloseFile(file, &error) == GIF_OK && good;
    return good ? out : std::string();
}

}  // namespace keepmum
