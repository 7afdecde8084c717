// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/png_rows.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace keepmum {

namespace {

unsigned at(std::string_view bytes, std::size_t index) {
    return index < bytes.size() ? static_cast<unsigned char>(bytes[index]) : 0u;
}

// A sample of up to 8 bits, or the upper half of one with 16.
unsigned sample(std::string_view row, std::uint64_t index, unsigned depth) {
    if (depth >= 8) return at(row, index * depth / 8);
    return at(row, index * depth / 8) >> (8 - depth - index * depth % 8) & ((1u << depth) - 1);
}

}  // namespace

unsigned predict_png(unsigned left, unsigned above, unsigned corner) {
    int const base = static_cast<int>(left + above) - static_cast<int>(corner);
    int const a = std::abs(base - static_cast<int>(left)), b = std::abs(base - static_cast<int>(above)),
              c = std::abs(base - static_cast<int>(corner));
    return a <= b && a <= c ? left : b <= c ? above : corner;
}

bool PngHeader::is_sound() const {
    bool const depths = depth == 8 || (depth == 16 && colour != 3) ||
                        ((depth == 1 || depth == 2 || depth == 4) && (colour == 0 || colour == 3));
    return width != 0 && height != 0 && width < 1u << 31 && height < 1u << 31 &&
           std::uint64_t{width} * height < 1ull << 40 && depths &&
           (colour == 0 || colour == 2 || colour == 3 || colour == 4 || colour == 6) && interlace < 2;
}

std::uint64_t PngHeader::data_size() const {
    if (interlace == 0) return (row_size() + 1) * height;
    struct Pass {
        unsigned x, y, across, down;
    };
    constexpr std::array<Pass, 7> passes = {
        {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}};
    std::uint64_t sum = 0;
    for (Pass const& pass : passes) {
        std::uint64_t const w = (std::uint64_t{width} + pass.across - 1 - pass.x) / pass.across,
                            h = (std::uint64_t{height} + pass.down - 1 - pass.y) / pass.down;
        if (w > 0) sum += ((w * channels() * depth + 7) / 8 + 1) * h;
    }
    return sum;
}

void undo_png_filter(unsigned filter, std::string& row, std::string_view above, unsigned pixel_size) {
    std::size_t const size = row.size();
    auto* const bytes = reinterpret_cast<unsigned char*>(row.data());
    auto const* const over = reinterpret_cast<unsigned char const*>(above.data());
    switch (filter) {
        case 1:
            for (std::size_t i = pixel_size; i < size; ++i)
                bytes[i] = static_cast<unsigned char>(bytes[i] + bytes[i - pixel_size]);
            break;
        case 2:
            for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<unsigned char>(bytes[i] + over[i]);
            break;
        case 3:
            for (std::size_t i = 0; i < size; ++i)
                bytes[i] =
                    static_cast<unsigned char>(bytes[i] + ((i < pixel_size ? 0 : bytes[i - pixel_size]) + over[i]) / 2);
            break;
        case 4:
            for (std::size_t i = 0; i < size; ++i) {
                unsigned const left = i < pixel_size ? 0 : bytes[i - pixel_size],
                               corner = i < pixel_size ? 0 : over[i - pixel_size];
                bytes[i] = static_cast<unsigned char>(bytes[i] + predict_png(left, over[i], corner));
            }
            break;
        default: break;
    }
}

void append_png_row(PngHeader const& header, std::string_view row, std::string& rgb) {
    unsigned const channels = header.channels(),
                   scale = header.depth < 8 && header.colour == 0 ? 255 / ((1u << header.depth) - 1) : 1;
    for (std::uint64_t x = 0; x < header.width; ++x) {
        unsigned const first = sample(row, x * channels, header.depth);
        if (header.colour == 3) {
            for (std::size_t i = 0; i < 3; ++i) rgb += static_cast<char>(at(header.palette, first * 3 + i));
        } else if (channels < 3) {
            rgb.append(3, static_cast<char>(first * scale));
        } else {
            for (std::size_t i = 0; i < 3; ++i) rgb += static_cast<char>(sample(row, x * channels + i, header.depth));
        }
    }
}

void PngRows::take(std::string_view bytes) {
    taken_ += bytes.size();
    if (header_.interlace != 0) return;
    std::uint64_t const size = header_.row_size();
    while (!bytes.empty()) {
        if (!filter_known_) {
            filter_ = static_cast<unsigned char>(bytes.front());
            filter_known_ = true;
            bytes.remove_prefix(1);
            row_.clear();
        }
        std::size_t const part = static_cast<std::size_t>(std::min<std::uint64_t>(size - row_.size(), bytes.size()));
        row_.append(bytes.substr(0, part));
        bytes.remove_prefix(part);
        if (row_.size() == size) end_row();
    }
}

void PngRows::end_row() {
    filter_known_ = false;
    above_.resize(row_.size());
    undo_png_filter(filter_, row_, above_, std::max(1u, header_.channels() * header_.depth / 8));
    ++rows_;
    if (rows_ <= header_.height) {
        look_under_alpha();
    } else if (extra_.size() + std::uint64_t{header_.width} * 3 <= most_extra_) {
        append_png_row(header_, row_, extra_);
        ++extra_rows_;
    }
    std::swap(row_, above_);
}

void PngRows::look_at(std::uint32_t colour, std::uint32_t alpha, bool clear) {
    constexpr std::uint32_t faint = 2, full = 255;
    soft_pixels_ += alpha > faint && alpha < full;
    if (alpha > faint) return;
    Unseen& unseen = clear ? clear_ : faint_;
    colour |= 1u << 24;
    if (unseen.first == 0) unseen.first = colour;
    ++unseen.pixels;
    unseen.others += colour != unseen.first;
}

void PngRows::look_under_alpha() {
    if (header_.colour == 3) {
        if (header_.transparency.empty()) return;
        for (std::uint64_t x = 0; x < header_.width; ++x) {
            unsigned const index = sample(row_, x, header_.depth);
            std::uint32_t const alpha = index < header_.transparency.size() ? at(header_.transparency, index) : 255;
            look_at(at(header_.palette, index * 3) << 16 | at(header_.palette, index * 3 + 1) << 8 | at(header_.palette, index * 3 + 2),
                    alpha, alpha == 0);
        }
        return;
    }
    if (header_.colour != 4 && header_.colour != 6) return;
    std::size_t const unit = header_.depth / 8, pixel = header_.channels() * unit;
    for (std::size_t i = 0; i + pixel <= row_.size(); i += pixel) {
        std::uint32_t const alpha = at(row_, i + pixel - unit);
        look_at(header_.colour == 4 ? at(row_, i) : at(row_, i) << 16 | at(row_, i + unit) << 8 | at(row_, i + 2 * unit), alpha,
                alpha == 0 && row_[i + pixel - 1] == '\0');
    }
}

}  // namespace keepmum
