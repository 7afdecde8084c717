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

// Takes a picture's planes row by row, those of one plane from above.
class PlaneTaker {
  public:
    virtual ~PlaneTaker() = default;
    // How many, and their sizes; without samples.
    virtual void begin(JpegPlanes shape) = 0;
    virtual void row(std::size_t plane, std::uint8_t const* samples) = 0;
};

struct Reader {
    JpegFate fate;
    jpeg_error_mgr errors;
    jpeg_decompress_struct state;
    PlaneTaker* taker = nullptr;
    std::vector<std::uint8_t> strip;  // what the library gives at once, whole blocks wide
    bool whole = false;
};

bool can_be_held(jpeg_decompress_struct const& state) {
    std::uint64_t const pixels = std::uint64_t{state.image_width} * state.image_height;
    return !check_size(state.image_width, state.image_height, most_pixels) && !check_held(0, pixels * std::uint64_t(state.num_components));
}

JpegPlanes shape_of(jpeg_decompress_struct const& state) {
    JpegPlanes out;
    out.width = state.image_width;
    out.height = state.image_height;
    Sampling const sampling = sampling_of(state);
    out.across = sampling.across;
    out.down = sampling.down;
    out.orientation = orientation_in(state);
    for (int c = 0; c < state.num_components; ++c) {
        jpeg_component_info const& component = state.comp_info[c];
        out.planes.push_back({component.downsampled_width, component.downsampled_height, 1, 1, {}});
    }
    return out;
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
        jpeg_component_info const& component = state.comp_info[c];
        std::size_t const high = static_cast<std::size_t>(component.v_samp_factor) * DCTSIZE;
        std::size_t const count = std::min<std::size_t>(high, component.downsampled_height - from * high);
        for (std::size_t y = 0; y < count; ++y) reader.taker->row(static_cast<std::size_t>(c), rows[c][y]);
    }
}

// Holds nothing that needs a destructor: it is jumped into.
void read(Reader& reader, std::string_view jpeg) {
    if (setjmp(reader.fate.out) != 0) return;
    jpeg_decompress_struct& state = reader.state;
    open_jpeg(state, jpeg);
    if (!has_our_sampling(state) || !can_be_held(state) || !is_in_srgb(state)) return;
    state.raw_data_out = TRUE;
    state.out_color_space = state.jpeg_color_space;
    state.dct_method = JDCT_ISLOW;
    jpeg_start_decompress(&state);
    reader.taker->begin(shape_of(state));
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

class Keeping final : public PlaneTaker {
  public:
    void begin(JpegPlanes shape) override {
        planes = std::move(shape);
        for (Raster& plane : planes.planes) plane.samples.reserve(plane.row_size() * plane.height);
    }
    void row(std::size_t plane, std::uint8_t const* samples) override {
        Raster& to = planes.planes[plane];
        to.samples.insert(to.samples.end(), samples, samples + to.width);
    }
    JpegPlanes planes;
};

class Comparing final : public PlaneTaker {
  public:
    Comparing(JpegPlanes const& other, std::uint32_t step) : other_(other), step_(std::max(step, 1u)) {}

    void begin(JpegPlanes shape) override {
        bool same = shape.planes.size() == other_.planes.size() && shape.across == other_.across && shape.down == other_.down;
        for (std::size_t c = 0; same && c < shape.planes.size(); ++c) {
            same = shape.planes[c].width == other_.planes[c].width && shape.planes[c].height == other_.planes[c].height;
        }
        fits_ = same;
        if (!fits_) return;
        Raster const& light = other_.planes.front();
        seen_.light = {(light.width + step_ - 1) / step_, (light.height + step_ - 1) / step_, 1, 1, {}};
        seen_.light.samples.reserve(seen_.light.row_size() * seen_.light.height);
    }

    void row(std::size_t plane, std::uint8_t const* samples) override {
        if (!fits_) return;
        Raster const& other = other_.planes[plane];
        std::size_t const y = next_[plane]++;
        errors_[plane] += double(squared_error(samples, other.row(y), other.width));
        for (std::size_t x = 0; plane == 0 && y % step_ == 0 && x < other.width; x += step_) seen_.light.samples.push_back(samples[x]);
    }

    std::optional<PlanesSeen> take() {
        if (!fits_) return {};
        double error = 0;  // of a sample, squared, where full light is 1
        for (std::size_t c = 0; c < other_.planes.size(); ++c) {
            error += weight_of[c] * errors_[c] / (255.0 * 255.0 * double(other_.planes[c].samples.size()));
        }
        seen_.db = error > 0 ? std::min(99.0, -10 * std::log10(error)) : 99;
        return std::move(seen_);
    }

  private:
    JpegPlanes const& other_;
    std::uint32_t step_;
    PlanesSeen seen_;
    double errors_[3] = {};
    std::size_t next_[3] = {};
    bool fits_ = false;
};

bool read_whole(std::string_view jpeg, PlaneTaker& taker) {
    Reader reader;
    reader.taker = &taker;
    reader.state = {};
    watch(reinterpret_cast<j_common_ptr>(&reader.state), reader.errors, reader.fate);
    read(reader, jpeg);
    jpeg_destroy_decompress(&reader.state);
    return reader.whole;
}

}  // namespace

std::optional<JpegPlanes> read_planes(std::string_view jpeg) {
    Keeping keeping;
    if (!read_whole(jpeg, keeping)) return {};
    return std::move(keeping.planes);
}

std::optional<PlanesSeen> compare_planes(std::string_view jpeg, JpegPlanes const& planes, std::uint32_t step) {
    Comparing comparing(planes, step);
    if (!read_whole(jpeg, comparing)) return {};
    return comparing.take();
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

}  // namespace keepmum
