// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#include <jpeglib.h>

#include "format/pixels/album/jpeg_coded.h"
#include "format/pixels/album/jpeg_header.h"
#include "format/pixels/album/jpeg_planes.h"
#include "format/pixels/album/jpeg_source.h"

namespace keepmum {

namespace {

// In natural order. Fine steps for low frequencies as quality 95 of annex K has them, and none so coarse that
// even a picture of pure noise falls under 42 dB.
constexpr unsigned luma_most = 4, chroma_most = 3;
constexpr unsigned luma[64] = {
    2, 1, 1, 2, 2, 4, 5, 6, 1, 1, 1, 2, 3, 6, 6, 6, 1, 1, 2, 2, 4, 6, 7, 6, 1, 2, 2, 3, 5, 9, 8, 6,
    2, 2, 4, 6, 7, 11, 10, 8, 2, 4, 6, 6, 8, 10, 11, 9, 5, 6, 8, 9, 10, 12, 12, 10, 7, 9, 10, 10, 11, 10, 10, 10};

// How far what is coded beyond the edge of the picture may lie from the edge itself, in values of 0 to 255: what
// quantisation makes of the edge repeated. More would be a picture of its own, seven pixels wide.
constexpr float most_beyond = 24;

struct Tables {
    std::array<unsigned, 64> luma, chroma;
};

constexpr Tables make_tables() {
    Tables tables{};
    for (std::size_t i = 0; i < 64; ++i) {
        tables.luma[i] = std::max(2u, std::min(luma[i], luma_most));
        tables.chroma[i] = chroma_most;
    }
    return tables;
}
constexpr Tables our_tables = make_tables();

struct Writer {
    JpegFate fate;
    jpeg_error_mgr errors;
    jpeg_compress_struct state;
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    std::unique_ptr<unsigned char, void (*)(void*)> room{nullptr, std::free};
};

// `expected`: about how many bytes it will be. Room that is not needed costs nothing, and the library's own grows by being copied.
void open(Writer& writer, std::size_t expected) {
    writer.size = expected + 4096;
    writer.room.reset(static_cast<unsigned char*>(std::malloc(writer.size)));
    writer.bytes = writer.room.get();
    writer.state = {};
    watch(reinterpret_cast<j_common_ptr>(&writer.state), writer.errors, writer.fate);
    jpeg_create_compress(&writer.state);
    jpeg_mem_dest(&writer.state, &writer.bytes, &writer.size);
}

// Everything of the header that is not width and height.
void set_up(jpeg_compress_struct& state, int components, Sampling sampling) {
    state.input_components = components;
    state.in_color_space = components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&state);
    jpeg_set_colorspace(&state, components == 1 ? JCS_GRAYSCALE : JCS_YCbCr);
    jpeg_add_quant_table(&state, 0, our_tables.luma.data(), 100, TRUE);
    if (components == 3) jpeg_add_quant_table(&state, 1, our_tables.chroma.data(), 100, TRUE);
    for (int c = 0; c < components; ++c) state.comp_info[c].h_samp_factor = state.comp_info[c].v_samp_factor = 1;
    state.comp_info[0].h_samp_factor = static_cast<int>(sampling.across);
    state.comp_info[0].v_samp_factor = static_cast<int>(sampling.down);
    state.dct_method = JDCT_ISLOW;
    state.optimize_coding = FALSE;
    state.density_unit = 0;
    state.X_density = state.Y_density = 1;
}

std::string close(Writer& writer) {
    jpeg_destroy_compress(&writer.state);
    std::string out(reinterpret_cast<char const*>(writer.bytes), writer.fate.failed == 0 ? writer.size : 0);
    if (writer.bytes != writer.room.get()) std::free(writer.bytes);
    return out;
}

void encode(Writer& writer, Raster const& raster, Sampling sampling) {
    if (setjmp(writer.fate.out) != 0) return;
    open(writer, raster.samples.size() / 3);
    writer.state.image_width = raster.width;
    writer.state.image_height = raster.height;
    set_up(writer.state, static_cast<int>(raster.channels), sampling);
    jpeg_start_compress(&writer.state, TRUE);
    while (writer.state.next_scanline < raster.height) {
        auto* row = const_cast<JSAMPROW>(raster.row(writer.state.next_scanline));
        jpeg_write_scanlines(&writer.state, &row, 1);
    }
    jpeg_finish_compress(&writer.state);
}

// A plane's rows as whole blocks, so many at once: beyond its edges the edge is repeated. Rows that are whole blocks already are not
// copied.
class Strip {
  public:
    Strip(Raster const& plane, std::size_t rows)
        : plane_(plane),
          width_((plane.width + DCTSIZE - 1) / DCTSIZE * DCTSIZE),
          samples_(width_ == plane.width ? 0 : width_ * rows),
          rows_(rows) {
        for (std::size_t y = 0; y < rows && !samples_.empty(); ++y) rows_[y] = samples_.data() + y * width_;
    }
    JSAMPARRAY next() {
        for (JSAMPROW& row : rows_) {
            std::uint8_t const* const from = plane_.row(std::min<std::size_t>(next_++, plane_.height - 1));
            if (samples_.empty()) {
                row = const_cast<JSAMPROW>(from);
                continue;
            }
            std::memcpy(row, from, plane_.width);
            std::memset(row + plane_.width, from[plane_.width - 1], width_ - plane_.width);
        }
        return rows_.data();
    }

  private:
    Raster const& plane_;
    std::size_t width_, next_ = 0;
    std::vector<std::uint8_t> samples_;
    std::vector<JSAMPROW> rows_;
};

void encode(Writer& writer, JpegPlanes const& planes, std::vector<Strip>& strips) {
    if (setjmp(writer.fate.out) != 0) return;
    open(writer, std::size_t{planes.width} * planes.height);
    writer.state.image_width = planes.width;
    writer.state.image_height = planes.height;
    set_up(writer.state, static_cast<int>(planes.planes.size()), {planes.across, planes.down});
    writer.state.raw_data_in = TRUE;
    jpeg_start_compress(&writer.state, TRUE);
    JSAMPARRAY rows[3] = {};
    while (writer.state.next_scanline < planes.height) {
        for (std::size_t c = 0; c < strips.size(); ++c) rows[c] = strips[c].next();
        jpeg_write_raw_data(&writer.state, rows, planes.down * DCTSIZE);
    }
    jpeg_finish_compress(&writer.state);
}

// One block's pixels from its coefficients, by the definition of the transform; used at the edges alone.
void transform_back(JCOEF const* coefficients, std::array<unsigned, 64> const& steps, float (&pixels)[64]) {
    static std::array<float, 64> const waves = [] {
        std::array<float, 64> out{};
        for (std::size_t x = 0; x < 8; ++x) {
            for (std::size_t u = 0; u < 8; ++u) {
                out[x * 8 + u] = static_cast<float>(std::cos((2.0 * double(x) + 1) * double(u) * M_PI / 16) * (u == 0 ? std::sqrt(0.125)
                    : 0.5));
            }
        }
        return out;
    }();
    float columns[64];
    for (std::size_t x = 0; x < 8; ++x) {
        for (std::size_t v = 0; v < 8; ++v) {
            float sum = 0;
            for (std::size_t u = 0; u < 8; ++u) {
                sum += waves[x * 8 + u] * static_cast<float>(coefficients[v * 8 + u] * int(steps[v * 8 + u]));
            }
            columns[v * 8 + x] = sum;
        }
    }
    for (std::size_t y = 0; y < 8; ++y) {
        for (std::size_t x = 0; x < 8; ++x) {
            float sum = 128;
            for (std::size_t v = 0; v < 8; ++v) sum += waves[y * 8 + v] * columns[v * 8 + x];
            pixels[y * 8 + x] = std::clamp(sum, 0.0F, 255.0F);
        }
    }
}

struct Coded {
    JpegFate fate;
    jpeg_error_mgr errors;
    jpeg_decompress_struct state;
    jvirt_barray_ptr* coefficients = nullptr;
};

bool is_ours(jpeg_decompress_struct const& state) {
    if (!has_our_sampling(state)) return false;
    for (int c = 0; c < state.num_components; ++c) {
        jpeg_component_info const& component = state.comp_info[c];
        JQUANT_TBL const* const table = component.quant_table ? component.quant_table : state.quant_tbl_ptrs[component.quant_tbl_no];
        auto const& ours = c == 0 ? our_tables.luma : our_tables.chroma;
        if (!table || !std::equal(ours.begin(), ours.end(), table->quantval)) return false;
    }
    return true;
}

// Whether the pixels of one block that lie beyond the picture repeat the last ones within it.
bool edge_goes_on(float const (&pixels)[64], std::uint32_t columns, std::uint32_t rows) {
    for (std::size_t y = 0; y < 8; ++y) {
        for (std::size_t x = 0; x < 8; ++x) {
            if (x < columns && y < rows) continue;
            std::size_t const edge = std::min<std::size_t>(y, rows - 1) * 8 + std::min<std::size_t>(x, columns - 1);
            if (std::abs(pixels[y * 8 + x] - pixels[edge]) > most_beyond) return false;
        }
    }
    return true;
}

bool edges_go_on(Coded& coded) {
    float pixels[64];
    for (int c = 0; c < coded.state.num_components; ++c) {
        jpeg_component_info const& component = coded.state.comp_info[c];
        std::uint32_t const width = component.downsampled_width, height = component.downsampled_height;
        std::uint32_t const across = (width + 7) / 8, down = (height + 7) / 8;
        auto const& steps = c == 0 ? our_tables.luma : our_tables.chroma;
        for (std::uint32_t y = 0; y < down; ++y) {
            bool const last_row = y + 1 == down && height % 8 != 0;
            if (!last_row && width % 8 == 0) continue;
            JBLOCKARRAY const row = coded.state.mem->access_virt_barray(reinterpret_cast<j_common_ptr>(&coded.state),
                coded.coefficients[c], y, 1, FALSE);
            for (std::uint32_t x = last_row ? 0 : across - 1; x < across; ++x) {
                transform_back(row[0][x], steps, pixels);
                if (!edge_goes_on(pixels, std::min(8u, width - x * 8), std::min(8u, height - y * 8))) return false;
            }
        }
    }
    return true;
}

// Fills coded.coefficients; they stay null where the file is not ours.
void read_coefficients(Coded& coded, std::string_view jpeg) {
    if (setjmp(coded.fate.out) != 0) {
        coded.coefficients = nullptr;
        return;
    }
    open_jpeg(coded.state, jpeg);
    if (!is_ours(coded.state) || orientation_in(coded.state) != 1 || !is_in_srgb(coded.state)) return;
    if (check_size(coded.state.image_width, coded.state.image_height, most_pixels)) return;
    // Three components take six bytes a pixel here.
    std::uint64_t const pixels = std::uint64_t{coded.state.image_width} * coded.state.image_height;
    if (check_held(0, pixels * 2 * std::uint64_t(coded.state.num_components))) return;
    coded.coefficients = jpeg_read_coefficients(&coded.state);
    if (!is_ours(coded.state) || is_lost(coded.state) || !edges_go_on(coded)) coded.coefficients = nullptr;
}

void write_coefficients(Writer& writer, Coded& coded, std::size_t expected) {
    if (setjmp(writer.fate.out) != 0) return;
    open(writer, expected);
    writer.state.image_width = coded.state.image_width;
    writer.state.image_height = coded.state.image_height;
    set_up(writer.state, coded.state.num_components, sampling_of(coded.state));
    jpeg_write_coefficients(&writer.state, coded.coefficients);
    jpeg_finish_compress(&writer.state);
}

}  // namespace

std::string write_jpeg(Raster const& raster, Sampling sampling) {
    Writer writer;
    encode(writer, raster, sampling);
    return close(writer);
}

std::string write_planes(JpegPlanes const& planes) {
    std::vector<Strip> strips;
    strips.reserve(planes.planes.size());
    for (std::size_t c = 0; c < planes.planes.size(); ++c) strips.emplace_back(planes.planes[c], (c == 0 ? planes.down : 1) * DCTSIZE);
    Writer writer;
    encode(writer, planes, strips);
    return close(writer);
}

std::optional<std::string> keep_coefficients(std::string_view jpeg) {
    Coded coded;
    coded.state = {};
    watch(reinterpret_cast<j_common_ptr>(&coded.state), coded.errors, coded.fate);
    read_coefficients(coded, jpeg);
    std::optional<std::string> out;
    if (coded.coefficients) {
        Writer writer;
        write_coefficients(writer, coded, jpeg.size());
        std::string bytes = close(writer);
        if (!bytes.empty()) out = std::move(bytes);
    }
    jpeg_destroy_decompress(&coded.state);
    return out;
}

}  // namespace keepmum
