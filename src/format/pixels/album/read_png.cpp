// PNG and APNG by libpng's full interface: transparency, 16 bits, and what the file says of its colours.
//
// An APNG (PNG third edition, 11.3.4) is taken apart by its chunks, and each frame goes to libpng as a PNG of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <bit>
#include <csetjmp>
#include <cstring>

#include <png.h>
#include <zlib.h>

#include "format/pixels/album/album.h"
#include "format/pixels/album/reshape.h"
#include "format/pixels/orientation.h"

namespace keepmum {

namespace {

constexpr std::string_view signature("\x89PNG\r\n\x1A\n", 8);

struct Reading {
    std::jmp_buf out;
    bool failed = false;
    std::string_view rest;
    png_structp state = nullptr;
    png_infop info = nullptr;
    Frame* frame = nullptr;
    std::vector<png_bytep> rows;
    std::optional<Trouble> trouble;
};

void jump_out_of(png_structp state, png_const_charp) {
    auto& reading = *static_cast<Reading*>(png_get_error_ptr(state));
    reading.failed = true;
    std::longjmp(reading.out, 1);
}

void read_some(png_structp state, png_bytep into, png_size_t size) {
    auto& rest = static_cast<Reading*>(png_get_io_ptr(state))->rest;
    if (size > rest.size()) png_error(state, "end");
    std::memcpy(into, rest.data(), size);
    rest.remove_prefix(size);
}

void read_colours(Reading& reading) {
    Colours& colours = reading.frame->colours;
    int number = 0;
    if (png_get_sRGB(reading.state, reading.info, &number) != 0) return;
    png_charp name = nullptr;
    png_bytep profile = nullptr;
    png_uint_32 size = 0;
    if (png_get_iCCP(reading.state, reading.info, &name, &number, &profile, &size) != 0) {
        colours.icc.assign(reinterpret_cast<char const*>(profile), size);
        return;
    }
    png_get_gAMA(reading.state, reading.info, &colours.gamma);
    double* const c = colours.chromaticities;
    png_get_cHRM(reading.state, reading.info, c, c + 1, c + 2, c + 3, c + 4, c + 5, c + 6, c + 7);
}

// Jumped into: all that must be released belongs to the caller.
void decode(Reading& reading) {
    if (setjmp(reading.out) != 0) return;
    png_structp const state = reading.state;
    png_set_user_limits(state, 1u << 20, 1u << 20);
    png_set_read_fn(state, &reading, read_some);
    png_read_info(state, reading.info);
    Raster& raster = reading.frame->raster;
    raster.width = png_get_image_width(state, reading.info);
    raster.height = png_get_image_height(state, reading.info);
    png_set_expand(state);
    if (std::endian::native == std::endian::little) png_set_swap(state);
    png_set_interlace_handling(state);
    png_read_update_info(state, reading.info);
    raster.channels = png_get_channels(state, reading.info);
    raster.depth = png_get_bit_depth(state, reading.info) == 16 ? 2 : 1;
    reading.trouble = check_size(raster.width, raster.height, most_pixels);
    if (!reading.trouble) reading.trouble = check_held(0, std::uint64_t{raster.row_size()} * raster.height);
    if (reading.trouble) return;
    read_colours(reading);
    raster.samples.resize(raster.row_size() * raster.height);
    reading.rows.resize(raster.height);
    for (std::size_t y = 0; y < raster.height; ++y) reading.rows[y] = raster.row(y);
    png_read_image(state, reading.rows.data());
}

std::optional<Trouble> read_still(std::string_view bytes, Frame& frame) {
    Reading reading;
    reading.rest = bytes;
    reading.frame = &frame;
    reading.state = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading, jump_out_of, [](png_structp, png_const_charp) {});
    reading.info = reading.state ? png_create_info_struct(reading.state) : nullptr;
    if (!reading.info) return Trouble{Cause::too_big, "more memory needed than the limit allows"};
    decode(reading);
    png_destroy_read_struct(&reading.state, &reading.info, nullptr);
    if (reading.trouble) return reading.trouble;
    if (reading.failed) return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    return {};
}

struct Chunk {
    std::string_view type, data, whole;
};

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size = 4) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    return value;
}

// Up to IEND, the end, or a chunk that is cut short.
std::vector<Chunk> chunks_of(std::string_view bytes) {
    std::vector<Chunk> out;
    bytes.remove_prefix(std::min(bytes.size(), signature.size()));
    while (bytes.size() >= 12) {
        std::size_t const size = number(bytes, 0);
        if (size > bytes.size() - 12) break;
        out.push_back({bytes.substr(4, 4), bytes.substr(8, size), bytes.substr(0, size + 12)});
        bytes.remove_prefix(size + 12);
        if (out.back().type == "IEND") break;
    }
    return out;
}

void append_number(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
    append_number(out, static_cast<std::uint32_t>(data.size()));
    std::size_t const from = out.size();
    out.append(type).append(data);
    append_number(out, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<Bytef const*>(out.data() + from),
        static_cast<uInt>(out.size() - from))));
}

// One frame of an animation, as its fcTL chunk describes it, with its data as IDAT chunks hold it.
struct Scene {
    std::uint32_t width = 0, height = 0, left = 0, top = 0, delay = 0, delay_unit = 100;
    std::uint8_t dispose = 0, blend = 0;
    std::string data;
};

std::optional<Scene> scene_of(std::string_view control) {
    if (control.size() != 26) return {};
    Scene scene{number(control, 4), number(control, 8), number(control, 12), number(control, 16), number(control, 20, 2),
        number(control, 22, 2), {}, {}, {}};
    if (scene.delay_unit == 0) scene.delay_unit = 100;
    scene.dispose = static_cast<std::uint8_t>(control[24]);
    scene.blend = static_cast<std::uint8_t>(control[25]);
    return scene;
}

struct Script {
    std::string header;   // data of IHDR
    std::string colours;  // chunks that each frame needs
    std::uint32_t loops = 0, frames = 0;
    std::vector<Scene> scenes;
    bool still_apart = false;  // the picture for viewers that know no animation is no frame
};

Script script_of(std::vector<Chunk> const& chunks) {
    Script script;
    bool pixels = false;
    for (Chunk const& chunk : chunks) {
        if (chunk.type == "IHDR") script.header = chunk.data;
        for (std::string_view const type : {"PLTE", "tRNS", "iCCP", "gAMA", "cHRM", "sRGB"}) {
            if (chunk.type == type && !pixels) script.colours += chunk.whole;
        }
        if (chunk.type == "acTL" && chunk.data.size() == 8) {
            script.frames = number(chunk.data, 0);
            script.loops = number(chunk.data, 4);
        }
        if (chunk.type == "fcTL") {
            std::optional<Scene> scene = scene_of(chunk.data);
            if (scene) script.scenes.push_back(std::move(*scene));
        }
        if (chunk.type == "IDAT") {
            pixels = true;
            if (script.scenes.empty()) script.still_apart = true;
            else script.scenes.back().data += chunk.data;
        }
        if (chunk.type == "fdAT" && chunk.data.size() >= 4 && !script.scenes.empty()) script.scenes.back().data += chunk.data.substr(4);
    }
    return script;
}

std::string as_png(Script const& script, Scene const& scene) {
    std::string header;
    append_number(header, scene.width);
    append_number(header, scene.height);
    header += script.header.substr(8);
    std::string out(signature);
    append_chunk(out, "IHDR", header);
    out += script.colours;
    append_chunk(out, "IDAT", scene.data);
    append_chunk(out, "IEND", {});
    return out;
}

std::optional<Trouble> play(Script const& script, Album& album) {
    album.kind = Album::Kind::animation;
    album.width = number(script.header, 0);
    album.height = number(script.header, 4);
    album.loops = script.loops;
    if (std::optional<Trouble> trouble = check_size(album.width, album.height, most_pixels_held)) return trouble;
    std::uint32_t const depth = script.header[8] == 16 ? 2 : 1;
    std::uint64_t const size = std::uint64_t{album.width} * album.height * 4 * depth;
    std::optional<Playback> playback;
    std::uint64_t held = 2 * size;
    for (Scene const& scene : script.scenes) {
        if (std::optional<Trouble> trouble = check_held(held, size)) return trouble;
        held += size;
        bool const fits = scene.left <= album.width && scene.width <= album.width - scene.left && scene.top <= album.height
            && scene.height <= album.height - scene.top;
        Frame frame;
        if (!fits) return Trouble{Cause::malformed, "a frame lies outside of the picture"};
        if (std::optional<Trouble> trouble = read_still(as_png(script, scene), frame)) return trouble;
        if (!playback) playback.emplace(album.width, album.height, depth);
        if (frame.raster.depth != depth) return Trouble{Cause::malformed, "frames of different depth"};
        playback->draw(frame.raster, scene.left, scene.top, scene.blend == 1 ? Playback::Blend::over : Playback::Blend::source);
        frame.raster = playback->shown();
        frame.delay = scene.delay;
        frame.delay_unit = scene.delay_unit;
        album.frames.push_back(std::move(frame));
        Dispose const dispose = scene.dispose == 1 ? Dispose::clear : scene.dispose == 2 ? Dispose::restore : Dispose::keep;
        // Nothing stands before the first frame to be restored.
        playback->dispose(album.frames.size() == 1 && dispose == Dispose::restore ? Dispose::clear : dispose,
            {scene.left, scene.top, scene.width, scene.height});
    }
    return {};
}

}  // namespace

std::optional<Trouble> read_png(std::string_view bytes, Album& album) {
    std::vector<Chunk> const chunks = chunks_of(bytes);
    bool animated = false;
    std::uint32_t orientation = 1;
    for (Chunk const& chunk : chunks) {
        if (chunk.type == "IDAT") break;
        animated = animated || chunk.type == "acTL";
    }
    for (Chunk const& chunk : chunks) {
        if (chunk.type == "eXIf") orientation = orientation_of(chunk.data);
    }
    if (animated) {
        Script const script = script_of(chunks);
        if (script.header.size() == 13 && !script.scenes.empty()) {
            if (script.scenes.size() < script.frames) return Trouble{Cause::malformed, "damaged or cut short: frames are missing"};
            if (script.still_apart) album.left_out.push_back("the still picture that old viewers show instead of the animation");
            return play(script, album);
        }
    }
    album.frames.emplace_back();
    album.frames.back().orientation = orientation;
    return read_still(bytes, album.frames.back());
}

}  // namespace keepmum
