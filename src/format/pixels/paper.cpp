// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/paper.h"

#include <cstddef>

namespace keepmum {

namespace {

unsigned paper_under(std::span<std::uint8_t const> rgba) {
    constexpr unsigned seen = 128, light = 200;
    std::size_t lights = 0, others = 0, clear = 0;
    for (std::size_t i = 0; i + 3 < rgba.size(); i += 4) {
        if (rgba[i + 3] < seen) ++clear;
        else ++((rgba[i] * 77u + rgba[i + 1] * 150u + rgba[i + 2] * 29u) >> 8 >= light ? lights : others);
    }
    return clear > 0 && lights > others ? 0 : 255;
}

void lay_over(unsigned paper, std::span<std::uint8_t const> rgba, std::span<std::uint8_t> rgb) {
    for (std::size_t from = 0, to = 0; to + 2 < rgb.size(); from += 4, to += 3) {
        unsigned const alpha = rgba[from + 3];
        for (std::size_t c = 0; c < 3; ++c) {
            rgb[to + c] = static_cast<std::uint8_t>((rgba[from + c] * alpha + paper * (255 - alpha)) / 255);
        }
    }
}

}  // namespace

std::vector<std::uint8_t> over_paper(std::span<std::uint8_t const> rgba) {
    std::vector<std::uint8_t> rgb(rgba.size() / 4 * 3);
    lay_over(paper_under(rgba), rgba, rgb);
    return rgb;
}

void put_over_paper(std::span<std::uint8_t const> rgba, std::uint32_t width, std::uint32_t page, Canvas& canvas) {
    std::size_t const row = std::size_t{width} * 4;
    std::vector<std::uint8_t> rgb(std::size_t{width} * 3);
    unsigned const paper = paper_under(rgba);
    canvas.begin(width, static_cast<std::uint32_t>(rgba.size() / row), page);
    for (std::size_t at = 0; at < rgba.size(); at += row) {
        lay_over(paper, rgba.subspan(at, row), rgb);
        canvas.row(rgb);
    }
    canvas.end();
}

}  // namespace keepmum
