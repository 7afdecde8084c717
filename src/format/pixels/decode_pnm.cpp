// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <vector>

#include "format/pixels/album/album.h"
#include "format/pixels/decode.h"
#include "format/pixels/pnm.h"

namespace keepmum {

namespace {

std::uint8_t sample_of(PnmHead const& head, std::uint8_t const* row, std::size_t x, std::size_t channel) {
    if (head.kind == '4') return row[x / 8] >> (7 - x % 8) & 1 ? 0 : 255;
    std::size_t const number = head.kind == '6' ? x * 3 + channel : x;
    std::uint64_t const value = head.most > 255 ? row[number * 2] * 256u + row[number * 2 + 1] : row[number];
    return static_cast<std::uint8_t>(std::min(value, head.most) * 255 / head.most);
}

}  // namespace

std::optional<Trouble> decode_pnm(std::string_view bytes, Canvas& canvas) {
    std::optional<PnmHead> const head = read_pnm_head(bytes);
    if (!head) return Trouble{Cause::malformed, "not a PNM picture that can be decoded"};
    if (std::optional<Trouble> trouble = check_size(head->width, head->height, most_pixels)) return trouble;
    std::uint64_t const there = head->rows < bytes.size() ? (bytes.size() - head->rows) / head->row : 0;
    // What is not there is not set out: a head of 30 bytes may speak of millions of pixels.
    std::uint64_t const height = std::min(head->height, there);
    if (height == 0) return Trouble{Cause::malformed, "damaged or cut short: rows are missing"};
    canvas.begin(static_cast<std::uint32_t>(head->width), static_cast<std::uint32_t>(height), 0);
    std::vector<std::uint8_t> rgb(head->width * 3);
    for (std::uint64_t y = 0; y < height; ++y) {
        auto const* const row = reinterpret_cast<std::uint8_t const*>(bytes.data()) + head->rows + y * head->row;
        for (std::size_t i = 0; i < rgb.size(); ++i) rgb[i] = sample_of(*head, row, i / 3, i % 3);
        canvas.row(rgb);
    }
    canvas.end();
    if (there < head->height) return Trouble{Cause::malformed, "damaged or cut short: rows are missing"};
    return {};
}

std::optional<Trouble> decode_plain_pnm(std::string_view bytes, Canvas& canvas) {
    Album album;
    if (std::optional<Trouble> trouble = read_pnm(bytes, album)) return trouble;
    Raster const& raster = album.frames.front().raster;
    canvas.begin(raster.width, raster.height, 0);
    std::vector<std::uint8_t> rgb(std::size_t{raster.width} * 3);
    for (std::size_t y = 0; y < raster.height; ++y) {
        for (std::size_t i = 0; i < rgb.size(); ++i) {
            std::size_t const at = i / 3 * raster.channels + (raster.channels == 3 ? i % 3 : 0);
            std::uint32_t value = 0;
            if (raster.depth == 1) value = raster.row(y)[at];
            else value = static_cast<std::uint32_t>(raster.row(y)[at * 2]) | static_cast<std::uint32_t>(raster.row(y)[at * 2 + 1]) << 8;
            rgb[i] = static_cast<std::uint8_t>(std::min(value, album.most) * 255 / album.most);
        }
        canvas.row(rgb);
    }
    canvas.end();
    return {};
}

}  // namespace keepmum
