// WebP, always lossless: what was lossy stays as it was decoded, to the last bit, and a file that was cleaned can
// be cleaned again without a change. The price is size.
//
//   "RIFF" · size · "WEBP" · "VP8L" chunk                                              a still
//   "RIFF" · size · "WEBP" · "VP8X" · "ANIM" · "ANMF" (header · "VP8L" chunk) × frames   an animation
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <webp/encode.h>

#include "format/pixels/album/reshape.h"
#include "format/pixels/album/write_album.h"

namespace keepmum {

namespace {

void append(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

void append_chunk(std::string& out, std::string_view name, std::string_view data) {
    out += name;
    append(out, data.size(), 4);
    out += data;
    if (data.size() % 2 != 0) out.push_back(0);
}

// The data of a VP8L chunk; empty where libwebp refuses (sides over 16,383).
std::string compress(Raster const& raster) {
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigPreset(&config, WEBP_PRESET_DEFAULT, 50) || !WebPPictureInit(&picture)) return {};
    config.lossless = 1;
    config.method = 2;
    config.exact = 1;
    picture.use_argb = 1;
    picture.width = static_cast<int>(raster.width);
    picture.height = static_cast<int>(raster.height);
    WebPMemoryWriter memory;
    WebPMemoryWriterInit(&memory);
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = &memory;
    auto const stride = static_cast<int>(raster.row_size());
    bool const taken = raster.channels == 4 ? WebPPictureImportRGBA(&picture, raster.samples.data(), stride)
        : WebPPictureImportRGB(&picture, raster.samples.data(), stride);
    bool const good = taken && WebPEncode(&config, &picture);
    std::string out;
    constexpr std::size_t riff_and_chunk_header = 20;
    if (good && memory.size > riff_and_chunk_header) {
        std::string_view const file(reinterpret_cast<char const*>(memory.mem), memory.size);
        std::size_t size = 0;
        for (std::size_t i = 4; i-- > 0;) size = size << 8 | static_cast<unsigned char>(file[16 + i]);
        if (file.substr(12, 4) == "VP8L") out = file.substr(riff_and_chunk_header, size);
    }
    WebPMemoryWriterClear(&memory);
    WebPPictureFree(&picture);
    return out;
}

std::string riff(std::string_view chunks) {
    std::string out = "RIFF";
    append(out, chunks.size() + 4, 4);
    return out.append("WEBP").append(chunks);
}

// Offsets of frames are even: the box grows to the left and upwards by a pixel where need be.
Box even_box(Differing const& box) {
    Box const out{box.left & ~1u, box.top & ~1u, box.width + (box.left & 1), box.height + (box.top & 1)};
    return out.width == 0 || out.height == 0 ? Box{0, 0, 1, 1} : out;
}

std::string write_animation(Album const& album) {
    std::string chunks, header;
    constexpr std::uint32_t animation_and_alpha = 0x12;
    append(header, animation_and_alpha, 4);
    append(header, album.width - 1, 3);
    append(header, album.height - 1, 3);
    append_chunk(chunks, "VP8X", header);
    header.clear();
    append(header, 0, 4);  // a background of nothing
    append(header, album.loops, 2);
    append_chunk(chunks, "ANIM", header);
    for (std::size_t i = 0; i < album.frames.size(); ++i) {
        Raster const& raster = album.frames[i].raster;
        Box const box = i == 0 ? Box{0, 0, album.width, album.height} : even_box(find_difference(album.frames[i - 1].raster, raster));
        std::string const data = compress(crop(raster, box));
        if (data.empty()) return {};
        std::string frame;
        for (std::uint32_t value : {box.left / 2, box.top / 2, box.width - 1, box.height - 1,
            std::min(album.frames[i].delay, 0xFFFFFFu)}) append(frame, value, 3);
        constexpr std::uint8_t left_as_it_is_drawn_as_it_is = 2;
        append(frame, left_as_it_is_drawn_as_it_is, 1);
        append_chunk(frame, "VP8L", data);
        append_chunk(chunks, "ANMF", frame);
    }
    return riff(chunks);
}

}  // namespace

std::string write_webp(Album const& album) {
    if (album.kind == Album::Kind::animation) return write_animation(album);
    std::string const data = compress(album.frames.front().raster);
    if (data.empty()) return {};
    std::string chunks;
    append_chunk(chunks, "VP8L", data);
    return riff(chunks);
}

}  // namespace keepmum
