// BMP by hand: two headers, a palette, rows.
//
//   "BM" · size (4) · 0 (4) · offset of the rows (4)
//   header: its size (4) · width (4) · height (4, negative: rows from above) · planes (2) · bits (2) · compression (4) · …
//           from byte 40 on, or behind it: masks of red, green, blue (compression 3)
//   palette: blue, green, red, 0 each · rows, each padded to 4 bytes
//
// The old header of 12 bytes has 16-bit sides and palettes of 3 bytes a colour. Run-length coded pictures are left
// out: rare, and never written by what people use.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <vector>

#include "format/pixels/decode.h"

namespace keepmum {

namespace {

constexpr std::size_t file_header = 14;

struct Layout {
    std::uint64_t width = 0, height = 0;
    bool from_above = false;
    std::uint32_t bits = 0;
    std::array<std::uint32_t, 3> masks{};  // of red, green and blue in pixels of 16 and 32 bits
    std::vector<std::array<std::uint8_t, 3>> palette;
    std::uint64_t rows = 0;  // offset
};

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size && at + i < bytes.size(); ++i)
        value |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    return value;
}

bool read_masks(std::string_view bytes, std::uint32_t compression, Layout& layout) {
    constexpr std::uint32_t plain = 0, given = 3, given_with_alpha = 6;
    if (compression == given || compression == given_with_alpha) {
        for (std::size_t i = 0; i < 3; ++i) layout.masks[i] = number(bytes, file_header + 40 + 4 * i, 4);
        return layout.bits == 16 || layout.bits == 32;
    }
    if (layout.bits == 16) layout.masks = {0x7C00, 0x3E0, 0x1F};
    if (layout.bits == 32) layout.masks = {0xFF0000, 0xFF00, 0xFF};
    return compression == plain;
}

void read_palette(std::string_view bytes, std::size_t at, std::size_t entry, std::size_t named, Layout& layout) {
    if (layout.bits > 8) return;
    std::size_t const most = std::size_t{1} << layout.bits, count = named == 0 || named > most ? most : named;
    for (std::size_t i = 0; i < count && at + entry <= bytes.size() && at < layout.rows; ++i, at += entry) {
        auto const part = [&](std::size_t byte) { return static_cast<std::uint8_t>(bytes[at + byte]); };
        layout.palette.push_back({part(2), part(1), part(0)});
    }
}

std::optional<Trouble> read_layout(std::string_view bytes, Layout& layout) {
    Trouble const broken{Cause::malformed, "not a BMP picture that can be decoded"};
    if (bytes.size() < file_header + 12) return broken;
    layout.rows = number(bytes, 10, 4);
    std::size_t const header = number(bytes, file_header, 4);
    bool const old = header == 12;
    if ((!old && header < 40) || header > bytes.size() - file_header) return broken;
    auto const height = old ? static_cast<std::int32_t>(number(bytes, 20, 2)) : static_cast<std::int32_t>(number(bytes, 22, 4));
    layout.width = old ? number(bytes, 18, 2) : number(bytes, 18, 4);
    layout.from_above = height < 0;
    layout.height = static_cast<std::uint64_t>(std::abs(std::int64_t{height}));
    layout.bits = number(bytes, old ? 24 : 28, 2);
    std::uint32_t const compression = old ? 0 : number(bytes, 30, 4);
    constexpr std::uint64_t known_depths = 1ull << 1 | 1ull << 4 | 1ull << 8 | 1ull << 16 | 1ull << 24 | 1ull << 32;
    if (layout.bits > 32 || (known_depths >> layout.bits & 1) == 0 || !read_masks(bytes, compression, layout)) {
        return Trouble{Cause::unsupported, "a rare kind of BMP"};
    }
    std::size_t const masks = header == 40 && compression == 3 ? 12 : 0;
    read_palette(bytes, file_header + header + masks, old ? 3 : 4, old ? 0 : number(bytes, 46, 4), layout);
    return check_size(layout.width, layout.height, most_pixels);
}

// The masked part of a pixel, stretched to 8 bits.
std::uint8_t part(std::uint32_t pixel, std::uint32_t mask) {
    if (mask == 0) return 0;
    std::uint32_t const shift = static_cast<std::uint32_t>(std::countr_zero(mask)), most = mask >> shift;
    return static_cast<std::uint8_t>(std::uint64_t{(pixel & mask) >> shift} * 255 / most);
}

void read_row(Layout const& layout, std::string_view row, std::vector<std::uint8_t>& rgb) {
    for (std::size_t x = 0; x < layout.width; ++x) {
        std::array<std::uint8_t, 3> colour{};
        if (layout.bits <= 8) {
            std::size_t const bit = x * layout.bits;
            std::uint32_t const index = number(row, bit / 8, 1) >> (8 - layout.bits - bit % 8) & ((1u << layout.bits) - 1);
            if (index < layout.palette.size()) colour = layout.palette[index];
        } else if (layout.bits == 24) {
            for (std::size_t c = 0; c < 3; ++c) colour[c] = static_cast<std::uint8_t>(row[x * 3 + 2 - c]);
        } else {
            std::uint32_t const pixel = number(row, x * layout.bits / 8, layout.bits / 8);
            for (std::size_t c = 0; c < 3; ++c) colour[c] = part(pixel, layout.masks[c]);
        }
        std::copy(colour.begin(), colour.end(), rgb.begin() + static_cast<std::ptrdiff_t>(x * 3));
    }
}

}  // namespace

std::optional<Trouble> decode_bmp(std::string_view bytes, Canvas& canvas) {
    Layout layout;
    if (std::optional<Trouble> trouble = read_layout(bytes, layout)) return trouble;
    std::uint64_t const row = (layout.width * layout.bits + 31) / 32 * 4;
    std::uint64_t const there = layout.rows < bytes.size() ? (bytes.size() - layout.rows) / row : 0;
    if (there < layout.height) return Trouble{Cause::malformed, "damaged or cut short: rows are missing"};
    canvas.begin(static_cast<std::uint32_t>(layout.width), static_cast<std::uint32_t>(layout.height), 0);
    std::vector<std::uint8_t> rgb(layout.width * 3);
    for (std::uint64_t y = 0; y < layout.height; ++y) {
        std::uint64_t const number = layout.from_above ? y : layout.height - 1 - y;
        read_row(layout, bytes.substr(layout.rows + number * row, row), rgb);
        canvas.row(rgb);
    }
    canvas.end();
    return {};
}

}  // namespace keepmum
