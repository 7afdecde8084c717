// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/album/jpeg_planes.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>

#include <jpeglib.h>

#include "format/pixels/album/jpeg_header.h"
#include "format/pixels/album/jpeg_source.h"
#include "format/pixels/album/reshape.h"
#include "format/pixels/orientation.h"

namespace keepmum {

namespace {

constexpr std::size_t most_rows = 2 * DCTSIZE;  // of one plane that the library gives at once

struct Reader {
    JpegFate fate;
    jpeg_error_mgr errors;
    jpeg_decompress_struct state;
    JpegPlanes* out = nullptr;
    std::vector<std::uint8_t> strip;  // what the library gives at once, whole blocks wide
    bool whole = false;
};

bool can_be_held(jpeg_decompress_struct const& state) {
    std::uint64_t const pixels = std::uint64_t{state.image_width} * state.image_height;
    return !check_size(state.image_width, state.image_height, most_pixels) && !check_held(0, pixels * std::uint64_t(state.num_components));
}

void size_planes(jpeg_decompress_struct const& state, JpegPlanes& out) {
    out.width = state.image_width;
    out.height = state.image_height;
    out.across = static_cast<std::uint32_t>(state.max_h_samp_factor);
    out.down = static_cast<std::uint32_t>(state.max_v_samp_factor);
    for (int c = 0; c < state.num_components; ++c) {
        jpeg_component_info const& component = state.comp_info[c];
        Raster plane{component.downsampled_width, component.downsampled_height, 1, 1, {}};
        plane.samples.resize(plane.row_size() * plane.height);
        out.planes.push_back(std::move(plane));
    }
}

void read_strip(Reader& reader) {
    jpeg_decompress_struct& state = reader.state;
    JSAMPROW rows[3][most_rows];
    JSAMPARRAY planes[3] = {rows[0], rows[1], rows[2]};
    std::uint8_t* at = reader.strip.data();
    for (int c = 0; c < state.num_components; ++c) {
        jpeg_component_info const& component = state.comp_info[c];
        for (int y = 0; y < component.v_samp_factor * DCTSIZE; ++y, at += component.width_in_blocks * DCTSIZE) rows[c][y] = at;
    }
    JDIMENSION const from = state.output_iMCU_row;
    jpeg_read_raw_data(&state, planes, static_cast<JDIMENSION>(state.max_v_samp_factor * DCTSIZE));
    for (int c = 0; c < state.num_components; ++c) {
        Raster& plane = reader.out->planes[std::size_t(c)];
        auto const high = static_cast<std::size_t>(state.comp_info[c].v_samp_factor * DCTSIZE);
        for (std::size_t y = from * high; y < std::min<std::size_t>(plane.height, (from + 1) * high); ++y) {
            std::memcpy(plane.row(y), rows[c][y - from * high], plane.width);
        }
    }
}

// Holds nothing that needs a destructor: it is jumped into.
void read(Reader& reader, std::string_view jpeg) {
    if (setjmp(reader.fate.out) != 0) return;
    jpeg_decompress_struct& state = reader.state;
    open_jpeg(state, jpeg);
    if (!has_our_sampling(state) || !can_be_held(state) || !is_in_srgb(state)) return;
    reader.out->orientation = orientation_in(state);
    state.raw_data_out = TRUE;
    state.out_color_space = state.jpeg_color_space;
    state.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&state);
    size_planes(state, *reader.out);
    std::size_t size = 0;
    for (int c = 0; c < state.num_components; ++c) {
        size += state.comp_info[c].width_in_blocks * std::size_t(state.comp_info[c].v_samp_factor) * DCTSIZE2;
    }
    reader.strip.resize(size);
    while (state.output_scanline < state.output_height) read_strip(reader);
    jpeg_finish_decompress(&state);
    reader.whole = !is_lost(state);
}

// What one squared level of error in blue or red is worth in the mean of red, green and blue, where errors are independent.
constexpr double weight_of[3] = {1, (0.344136 * 0.344136 + 1.772 * 1.772) / 3, (1.402 * 1.402 + 0.714136 * 0.714136) / 3};

}  // namespace

std::optional<JpegPlanes> read_planes(std::string_view jpeg) {
    JpegPlanes out;
    Reader reader;
    reader.out = &out;
    reader.state = {};
    watch(reinterpret_cast<j_common_ptr>(&reader.state), reader.errors, reader.fate);
    read(reader, jpeg);
    jpeg_destroy_decompress(&reader.state);
    if (!reader.whole) return {};
    return out;
}

std::optional<JpegPlanes> turn_upright(JpegPlanes planes) {
    std::uint32_t const how = planes.orientation;
    if (how < 2 || how > 8) return planes;
    Turned const turned = turned_by(how);
    if ((turned.from_right && planes.width % planes.across != 0) || (turned.from_below && planes.height % planes.down != 0)) return {};
    for (Raster& plane : planes.planes) plane = turn(std::move(plane), how);
    if (turned.across) {
        std::swap(planes.width, planes.height);
        std::swap(planes.across, planes.down);
    }
    planes.orientation = 1;
    return planes;
}

double likeness_db(JpegPlanes const& left, JpegPlanes const& right) {
    if (left.planes.size() != right.planes.size() || left.across != right.across || left.down != right.down) return 0;
    double error = 0;  // of a sample, squared, where full light is 1
    for (std::size_t c = 0; c < left.planes.size(); ++c) {
        double const db = likeness_db(left.planes[c], right.planes[c]);
        if (db <= 0) return 0;
        if (db < 99) error += weight_of[c] * std::pow(10, -db / 10);
    }
    return error > 0 ? std::min(99.0, -10 * std::log10(error)) : 99;
}

}  // namespace keepmum
