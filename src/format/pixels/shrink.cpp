// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/shrink.h"

#include <algorithm>

namespace keepmum {

void ShrinkingCanvas::reduced_from(std::uint32_t width, std::uint32_t height) {
    full_width_ = width;
    full_height_ = height;
}

void ShrinkingCanvas::begin(std::uint32_t width, std::uint32_t height, std::uint32_t page) {
    next_ = 0;
    std::uint32_t const longer = std::max(width, height);
    auto const shorten = [&](std::uint64_t side) {
        std::uint64_t const kept = longer > most_side_ ? side * most_side_ / longer : side;
        if (shape_ == Shape::free) return static_cast<std::uint32_t>(std::min<std::uint64_t>(side, most_side_));
        return static_cast<std::uint32_t>(std::max<std::uint64_t>(kept, 1));
    };
    shrunk_ = {shorten(width), shorten(height), full_width_ ? full_width_ : width, full_height_ ? full_height_ : height, page, {}};
    full_width_ = full_height_ = 0;
    given_width_ = width;
    given_height_ = height;
    height_ = shrunk_.height;
    shrunk_.rgb.assign(std::size_t{3} * shrunk_.width * height_, 0);
    rows_.assign(height_, 0);
    columns_.resize(width);
    shares_.assign(shrunk_.width, 0);
    for (std::uint64_t x = 0; x < width; ++x) {
        columns_[x] = static_cast<std::uint16_t>(x * shrunk_.width / width);
        shares_[columns_[x]] += 1;
    }
}

void ShrinkingCanvas::row(std::span<std::uint8_t const> rgb) {
    if (next_ >= given_height_ || rgb.size() < std::size_t{given_width_} * 3) return;
    std::uint64_t const into = std::uint64_t{next_++} * height_ / given_height_;
    float* const sums = &shrunk_.rgb[into * shrunk_.width * 3];
    std::uint8_t const* pixel = rgb.data();
    for (std::size_t x = 0; x < given_width_; ++x, pixel += 3) {
        float* const sum = sums + std::size_t{columns_[x]} * 3;
        sum[0] += pixel[0];
        sum[1] += pixel[1];
        sum[2] += pixel[2];
    }
    ++rows_[into];
    if (next_ % 256 == 0) outlet_.progress();
}

void ShrinkingCanvas::end() {
    // Rows that never came are no part of it.
    shrunk_.height = static_cast<std::uint32_t>(std::find(rows_.begin(), rows_.end(), 0u) - rows_.begin());
    shrunk_.rgb.resize(std::size_t{3} * shrunk_.width * shrunk_.height);
    for (std::size_t y = 0; y < shrunk_.height; ++y) {
        float* const sums = &shrunk_.rgb[y * shrunk_.width * 3];
        for (std::size_t i = 0; i < std::size_t{3} * shrunk_.width; ++i) sums[i] /= shares_[i / 3] * static_cast<float>(rows_[y]);
    }
    done(std::move(shrunk_));
}

}  // namespace keepmum
