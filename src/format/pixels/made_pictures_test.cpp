// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/made_pictures_test.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include <gif_lib.h>
#include <jpeglib.h>
#include <png.h>
#include <webp/encode.h>

namespace keepmum {

namespace {

void append(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(i < 8 ? value >> (8 * i) : 0));
}

// A page of an uncompressed TIFF: its pixels, then its directory. `link` is where the directory's offset goes;
// returns where that of the next one does.
std::size_t append_page(std::string& out, Pixels const& page, std::size_t link) {
    auto const pixels_at = static_cast<std::uint32_t>(out.size());
    out.append(page.rgb.begin(), page.rgb.end());
    if (out.size() % 2 != 0) out.push_back(0);
    for (std::size_t i = 0; i < 4; ++i) out[link + i] = static_cast<char>(out.size() >> (8 * i));
    struct Entry {
        std::uint16_t tag, type;
        std::uint32_t value;
    };
    Entry const entries[] = {{256, 4, page.width}, {257, 4, page.height}, {258, 3, 8}, {259, 3, 1}, {262, 3, 2}, {273, 4, pixels_at},
                             {277, 3, 3}, {278, 4, page.height}, {279, 4, static_cast<std::uint32_t>(page.rgb.size())}, {284, 3, 1}};
    append(out, std::size(entries), 2);
    for (Entry const& entry : entries) {
        append(out, entry.tag, 2);
        append(out, entry.type, 2);
        append(out, 1, 4);
        append(out, entry.value, 4);
    }
    append(out, 0, 4);
    return out.size() - 4;
}

}  // namespace

Pixels draw_scene(std::uint32_t seed, std::uint32_t width, std::uint32_t height) {
    std::mt19937 draw(seed);
    auto const between = [&](std::uint32_t least, std::uint32_t most) { return least + static_cast<std::uint32_t>(draw()) % (most - least + 1); };
    Pixels out{width, height, std::vector<std::uint8_t>(std::size_t{width} * height * 3, 240)};
    for (int shape = 0; shape < 24; ++shape) {
        // In thousandths of the side, so that a scene may be drawn in any size.
        double const x = between(0, 1000), y = between(0, 1000), w = between(40, 300), h = between(40, 300);
        bool const disc = between(0, 1) == 1;
        auto const grey = static_cast<std::uint8_t>(between(0, 255));
        for (std::uint32_t row = 0; row < height; ++row) {
            for (std::uint32_t column = 0; column < width; ++column) {
                double const dx = (column * 1000.0 / width - x) / w, dy = (row * 1000.0 / height - y) / h;
                bool const inside = disc ? dx * dx + dy * dy < 1 : std::abs(dx) < 1 && std::abs(dy) < 1;
                if (inside) std::fill_n(&out.rgb[(std::size_t{row} * width + column) * 3], 3, grey);
            }
        }
    }
    return out;
}

Pixels add_detail(Pixels scene) {
    std::uint32_t state = 1;
    auto const draw = [&] { return static_cast<float>((state = state * 1664525 + 1013904223) >> 16) / 32768.0F - 1; };
    // Sums of random surfaces, the finer the weaker, as in landscapes; colours only in the coarser ones.
    for (std::uint32_t cell = 512; cell >= 2; cell /= 2) {
        std::size_t const across = scene.width / cell + 2, down = scene.height / cell + 2;
        std::vector<float> corners(across * down * 3);
        float const strength = 2.2F * std::pow(static_cast<float>(cell), 0.6F);
        for (std::size_t i = 0; i < corners.size(); i += 3) {
            float const light = strength * draw();
            for (std::size_t c = 0; c < 3; ++c) corners[i + c] = light + (cell >= 8 ? 0.4F * strength * draw() : 0);
        }
        for (std::size_t y = 0; y < scene.height; ++y) {
            float const fy = static_cast<float>(y % cell) / static_cast<float>(cell);
            for (std::size_t x = 0; x < scene.width; ++x) {
                float const fx = static_cast<float>(x % cell) / static_cast<float>(cell);
                float const* const above = &corners[(y / cell * across + x / cell) * 3];
                float const* const below = above + across * 3;
                std::uint8_t* const pixel = &scene.rgb[(y * scene.width + x) * 3];
                for (std::size_t c = 0; c < 3; ++c) {
                    float const value = (above[c] * (1 - fx) + above[c + 3] * fx) * (1 - fy) + (below[c] * (1 - fx) + below[c + 3] * fx) * fy;
                    pixel[c] = static_cast<std::uint8_t>(std::clamp(static_cast<float>(pixel[c]) + value, 0.0F, 255.0F));
                }
            }
        }
    }
    for (std::uint8_t& sample : scene.rgb) sample = static_cast<std::uint8_t>(std::clamp(static_cast<float>(sample) + 13 * draw(), 0.0F, 255.0F));
    return scene;
}

std::string to_jpeg(Pixels const& pixels, int quality, Colour colour) {
    jpeg_compress_struct state{};
    jpeg_error_mgr errors;
    state.err = jpeg_std_error(&errors);
    jpeg_create_compress(&state);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&state, &bytes, &size);
    state.image_width = pixels.width;
    state.image_height = pixels.height;
    state.input_components = 3;
    state.in_color_space = JCS_RGB;
    jpeg_set_defaults(&state);
    jpeg_set_quality(&state, quality, TRUE);
    state.comp_info[0].h_samp_factor = colour == Colour::full ? 1 : 2;
    state.comp_info[0].v_samp_factor = colour == Colour::quarter ? 2 : 1;
    jpeg_start_compress(&state, TRUE);
    for (std::size_t y = 0; y < pixels.height; ++y) {
        auto* row = const_cast<std::uint8_t*>(&pixels.rgb[y * pixels.width * 3]);
        jpeg_write_scanlines(&state, &row, 1);
    }
    jpeg_finish_compress(&state);
    jpeg_destroy_compress(&state);
    std::string out(reinterpret_cast<char*>(bytes), size);
    std::free(bytes);
    return out;
}

namespace {

std::string in_scans(std::string_view jpeg, void (*ask)(j_compress_ptr)) {
    jpeg_decompress_struct from{};
    jpeg_compress_struct to{};
    jpeg_error_mgr errors;
    from.err = to.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&from);
    jpeg_create_compress(&to);
    jpeg_mem_src(&from, reinterpret_cast<unsigned char const*>(jpeg.data()), jpeg.size());
    jpeg_read_header(&from, TRUE);
    jvirt_barray_ptr* const coefficients = jpeg_read_coefficients(&from);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&to, &bytes, &size);
    jpeg_copy_critical_parameters(&from, &to);
    ask(&to);
    jpeg_write_coefficients(&to, coefficients);
    jpeg_finish_compress(&to);
    jpeg_destroy_compress(&to);
    jpeg_destroy_decompress(&from);
    std::string out(reinterpret_cast<char*>(bytes), size);
    std::free(bytes);
    return out;
}

}  // namespace

std::string to_progressive(std::string_view jpeg) { return in_scans(jpeg, jpeg_simple_progression); }

std::string to_colour_scans(std::string_view jpeg) {
    return in_scans(jpeg, [](j_compress_ptr to) {
        static constexpr jpeg_scan_info scans[] = {{1, {0}, 0, 63, 0, 0}, {1, {1}, 0, 63, 0, 0}, {1, {2}, 0, 63, 0, 0}};
        to->scan_info = scans;
        to->num_scans = 3;
    });
}

std::string to_png(Pixels const& pixels) {
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = pixels.width;
    image.height = pixels.height;
    image.format = PNG_FORMAT_RGB;
    png_alloc_size_t size = 0;
    png_image_write_to_memory(&image, nullptr, &size, 0, pixels.rgb.data(), 0, nullptr);
    std::string out(size, 0);
    png_image_write_to_memory(&image, out.data(), &size, 0, pixels.rgb.data(), 0, nullptr);
    out.resize(size);
    return out;
}

std::string to_webp(Pixels const& pixels) {
    std::uint8_t* bytes = nullptr;
    std::size_t const size = WebPEncodeRGB(pixels.rgb.data(), static_cast<int>(pixels.width), static_cast<int>(pixels.height),
                                           static_cast<int>(pixels.width) * 3, 80, &bytes);
    std::string out(reinterpret_cast<char*>(bytes), size);
    WebPFree(bytes);
    return out;
}

std::string to_gif(Pixels const& pixels, Rows rows) {
    std::string out;
    int error = 0;
    auto const write = [](GifFileType* file, GifByteType const* bytes, int size) {
        static_cast<std::string*>(file->UserData)->append(reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(size));
        return size;
    };
    GifFileType* const file = EGifOpen(&out, write, &error);
    ColorMapObject* const greys = GifMakeMapObject(256, nullptr);
    for (int i = 0; i < 256; ++i) {
        auto const grey = static_cast<GifByteType>(i);
        greys->Colors[i] = {grey, grey, grey};
    }
    int const width = static_cast<int>(pixels.width), height = static_cast<int>(pixels.height);
    EGifPutScreenDesc(file, width, height, 8, 0, greys);
    EGifPutImageDesc(file, 0, 0, width, height, rows == Rows::interlaced, nullptr);
    std::vector<GifByteType> line(pixels.width);
    auto const put = [&](int y) {
        for (std::size_t x = 0; x < pixels.width; ++x) line[x] = pixels.rgb[(static_cast<std::size_t>(y) * pixels.width + x) * 3];
        EGifPutLine(file, line.data(), width);
    };
    if (rows == Rows::straight) {
        for (int y = 0; y < height; ++y) put(y);
    } else {
        for (int y = 0; y < height; y += 8) put(y);
        for (int y = 4; y < height; y += 8) put(y);
        for (int y = 2; y < height; y += 4) put(y);
        for (int y = 1; y < height; y += 2) put(y);
    }
    GifFreeMapObject(greys);
    EGifCloseFile(file, &error);
    return out;
}

std::string to_tiff(std::vector<Pixels> const& pages) {
    std::string out("II*\0\0\0\0\0", 8);
    std::size_t link = 4;
    for (Pixels const& page : pages) link = append_page(out, page, link);
    return out;
}

std::string to_bmp(Pixels const& pixels, std::uint32_t bits) {
    std::uint32_t const colours = bits <= 8 ? 1u << bits : 0, rows_at = 54 + colours * 4;
    std::uint64_t const row = (std::uint64_t{pixels.width} * bits + 31) / 32 * 4;
    std::string out = "BM";
    append(out, rows_at + row * pixels.height, 4);
    append(out, 0, 4);
    append(out, rows_at, 4);
    append(out, 40, 4);
    append(out, pixels.width, 4);
    append(out, pixels.height, 4);
    append(out, 1, 2);
    append(out, bits, 2);
    append(out, 0, 24);
    for (std::uint32_t i = 0; i < colours; ++i) append(out, 0x010101ull * (i * 255 / (colours - 1)), 4);
    for (std::size_t y = pixels.height; y-- > 0;) {
        std::size_t const begin = out.size();
        unsigned held = 0, filled = 0;
        for (std::size_t x = 0; x < pixels.width; ++x) {
            std::uint8_t const* const rgb = &pixels.rgb[(y * pixels.width + x) * 3];
            if (bits == 16) append(out, static_cast<unsigned>(rgb[0] >> 3 << 10 | rgb[1] >> 3 << 5 | rgb[2] >> 3), 2);
            if (bits >= 24) append(out, static_cast<unsigned>(rgb[0] << 16 | rgb[1] << 8 | rgb[2]), bits / 8);
            if (bits > 8) continue;
            held = held << bits | static_cast<unsigned>(rgb[0] >> (8 - bits));
            filled += bits;
            if (filled < 8) continue;
            out.push_back(static_cast<char>(held));
            held = filled = 0;
        }
        if (filled > 0) out.push_back(static_cast<char>(held << (8 - filled)));
        out.resize(begin + row);
    }
    return out;
}

std::string to_pnm(Pixels const& pixels) {
    std::string out = "P6 # made\n" + std::to_string(pixels.width) + " " + std::to_string(pixels.height) + "\n255\n";
    return out.append(pixels.rgb.begin(), pixels.rgb.end());
}

std::vector<MadeFile> in_every_format(Pixels const& pixels) {
    return {{"image/jpeg", to_jpeg(pixels)}, {"image/png", to_png(pixels)}, {"image/webp", to_webp(pixels)},
            {"image/gif", to_gif(pixels)},   {"image/tiff", to_tiff({pixels})}, {"image/bmp", to_bmp(pixels)},
            {"image/x-portable-anymap", to_pnm(pixels)}};
}

}  // namespace keepmum
