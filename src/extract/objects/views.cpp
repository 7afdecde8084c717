// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/objects/views.h"

#include <algorithm>
#include <cmath>

#include "format/pixels/orientation.h"

namespace keepmum::objects {

namespace {

// The share that each of some neighbouring source pixels has in one target pixel.
struct Taps {
    std::uint32_t first = 0;
    std::vector<float> shares;  // sum to 1
};

// For each of `to` target pixels along a side that is `from` source pixels long.
std::vector<Taps> taps_along(std::uint32_t from, std::uint32_t to) {
    std::vector<Taps> all(to);
    double const scale = static_cast<double>(from) / to;
    for (std::uint32_t i = 0; i < to; ++i) {
        Taps& taps = all[i];
        // Averaging covers what falls together; drawing out reaches one pixel to either side of the middle.
        double const middle = (i + 0.5) * scale, half = std::max(scale / 2, 0.5);
        double const begin = std::max(0.0, middle - half), end = std::min<double>(from, middle + half);
        taps.first = std::min(static_cast<std::uint32_t>(begin), from - 1);
        auto const last = std::min(static_cast<std::uint32_t>(std::ceil(end)), from);
        double sum = 0;
        for (std::uint32_t at = taps.first; at < std::max(last, taps.first + 1); ++at) {
            double const share = std::max(0.0, std::min<double>(at + 1, end) - std::max<double>(at, begin));
            taps.shares.push_back(static_cast<float>(share));
            sum += share;
        }
        for (float& share : taps.shares) share = static_cast<float>(share / sum);
    }
    return all;
}

}  // namespace

std::vector<View> views_of(std::uint32_t width, std::uint32_t height) {
    if (width == 0 || height == 0) return {};
    std::vector<View> views{{0, 0, width, height}};
    std::uint32_t const side = std::min(width, height), longer = std::max(width, height);
    auto const square = [&](double along, double across, std::uint32_t size) {
        auto const at = [size](std::uint32_t whole, double share) {
            return static_cast<std::uint32_t>(std::lround((whole - size) * share));
        };
        bool const lies = width >= height;
        return View{at(width, lies ? along : across), at(height, lies ? across : along), size, size};
    };
    // A picture that is nearly square has been seen already.
    constexpr double nearly_square = 1.2;
    if (longer > side * nearly_square) {
        views.push_back(square(0.5, 0.5, side));
        views.push_back(square(0, 0.5, side));
        views.push_back(square(1, 0.5, side));
    }
    std::uint32_t const tile = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(side * 0.6));
    views.push_back(square(0.5, 0.5, tile));
    return views;
}

std::vector<float> draw_view(Shrunk const& picture, View const& view, std::uint32_t side) {
    std::vector<Taps> const columns = taps_along(view.width, side), rows = taps_along(view.height, side);
    std::vector<float> out(std::size_t{3} * side * side);
    std::vector<float> line(std::size_t{3} * view.width);  // the rows of one target row, averaged
    std::size_t const plane = std::size_t{side} * side;
    for (std::uint32_t y = 0; y < side; ++y) {
        std::fill(line.begin(), line.end(), 0.0F);
        for (std::size_t tap = 0; tap < rows[y].shares.size(); ++tap) {
            std::size_t const row = view.top + rows[y].first + tap;
            float const* const from = picture.rgb.data() + (row * picture.width + view.left) * 3;
            float const share = rows[y].shares[tap];
            for (std::size_t i = 0; i < line.size(); ++i) line[i] += from[i] * share;
        }
        for (std::uint32_t x = 0; x < side; ++x) {
            float red = 0, green = 0, blue = 0;
            for (std::size_t tap = 0; tap < columns[x].shares.size(); ++tap) {
                float const* const pixel = line.data() + (columns[x].first + tap) * 3;
                float const share = columns[x].shares[tap];
                red += pixel[0] * share;
                green += pixel[1] * share;
                blue += pixel[2] * share;
            }
            std::size_t const at = std::size_t{y} * side + x;
            out[at] = (red - 127) / 128;
            out[plane + at] = (green - 127) / 128;
            out[2 * plane + at] = (blue - 127) / 128;
        }
    }
    return out;
}

Shrunk turn_upright(Shrunk picture, std::uint32_t orientation) {
    if (orientation < 2 || orientation > 8) return picture;
    Turned const from = turned_by(orientation);
    Shrunk out = picture;
    if (from.across) {
        std::swap(out.width, out.height);
        std::swap(out.full_width, out.full_height);
    }
    for (std::size_t y = 0; y < out.height; ++y) {
        for (std::size_t x = 0; x < out.width; ++x) {
            std::size_t column = from.across ? y : x, line = from.across ? x : y;
            if (from.from_right) column = picture.width - 1 - column;
            if (from.from_below) line = picture.height - 1 - line;
            float const* const pixel = picture.rgb.data() + (line * picture.width + column) * 3;
            std::copy(pixel, pixel + 3, out.rgb.data() + (y * out.width + x) * 3);
        }
    }
    return out;
}

}  // namespace keepmum::objects
