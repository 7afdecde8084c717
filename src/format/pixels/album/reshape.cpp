// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/album/reshape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "format/pixels/orientation.h"

namespace keepmum {

namespace {

std::uint32_t sample(std::uint8_t const* at, std::uint32_t depth) {
    if (depth == 1) return *at;
    std::uint16_t value = 0;
    std::memcpy(&value, at, 2);
    return value;
}

void put_sample(std::uint8_t* at, std::uint32_t depth, std::uint32_t value) {
    if (depth == 1) {
        *at = static_cast<std::uint8_t>(value);
        return;
    }
    auto const narrow = static_cast<std::uint16_t>(value);
    std::memcpy(at, &narrow, 2);
}

Raster like(Raster const& raster, std::uint32_t width, std::uint32_t height) {
    Raster out{width, height, raster.channels, raster.depth, {}};
    out.samples.resize(out.row_size() * height);
    return out;
}

std::optional<Box> cut(Raster const& raster, Box box) {
    if (box.left >= raster.width || box.top >= raster.height) return {};
    box.width = std::min(box.width, raster.width - box.left);
    box.height = std::min(box.height, raster.height - box.top);
    if (box.width == 0 || box.height == 0) return {};
    return box;
}

void fill(Raster& raster, Box const& box, std::vector<std::uint8_t> const& pixel) {
    for (std::size_t y = box.top; y < std::size_t{box.top} + box.height; ++y) {
        std::uint8_t* at = raster.row(y) + box.left * pixel.size();
        for (std::size_t x = 0; x < box.width; ++x, at += pixel.size()) std::memcpy(at, pixel.data(), pixel.size());
    }
}

// Sums of a row, each pixel into the column of the smaller picture that it falls into.
void add_row(Raster const& from, std::size_t y, std::uint32_t columns, std::vector<std::uint64_t>& sums,
    std::vector<std::uint64_t>& counts) {
    std::uint8_t const* at = from.row(y);
    bool const alpha = from.has_alpha();
    std::uint32_t const colours = from.channels - (alpha ? 1 : 0);
    for (std::size_t x = 0; x < from.width; ++x, at += from.pixel_size()) {
        std::size_t const into = x * columns / from.width;
        std::uint64_t const weight = alpha ? sample(at + std::size_t{colours} * from.depth, from.depth) : 1;
        for (std::size_t c = 0; c < colours; ++c) sums[into * from.channels + c] += weight * sample(at + c * from.depth, from.depth);
        if (alpha) sums[into * from.channels + colours] += weight;
        ++counts[into];
    }
}

void put_row(Raster& to, std::size_t y, std::vector<std::uint64_t> const& sums, std::vector<std::uint64_t> const& counts) {
    std::uint8_t* at = to.row(y);
    bool const alpha = to.has_alpha();
    std::uint32_t const colours = to.channels - (alpha ? 1 : 0);
    for (std::size_t x = 0; x < to.width; ++x, at += to.pixel_size()) {
        std::uint64_t const* const sum = &sums[x * to.channels];
        std::uint64_t const weight = alpha ? sum[colours] : counts[x];
        for (std::size_t c = 0; c < colours; ++c) {
            put_sample(at + c * to.depth, to.depth, static_cast<std::uint32_t>(weight ? (sum[c] + weight / 2) / weight : 0));
        }
        if (alpha) put_sample(at + std::size_t{colours} * to.depth, to.depth,
            static_cast<std::uint32_t>((sum[colours] + counts[x] / 2) / counts[x]));
    }
}

// How the pixels of a turned picture lie in the one that it is made of: where the first is, and how far it is to those beside
// and below it, in bytes.
struct Walked {
    std::uint8_t const* first = nullptr;
    std::ptrdiff_t right = 0, down = 0;
};

// Square by square, so that neither picture is walked across its rows for long.
template <std::size_t pixel>
void turn_pixels(Walked const& from, Raster& to) {
    constexpr std::size_t side = 32;
    for (std::size_t top = 0; top < to.height; top += side) {
        for (std::size_t left = 0; left < to.width; left += side) {
            std::size_t const right = std::min<std::size_t>(to.width, left + side);
            for (std::size_t y = top; y < std::min<std::size_t>(to.height, top + side); ++y) {
                std::uint8_t const* at = from.first + std::ptrdiff_t(y) * from.down + std::ptrdiff_t(left) * from.right;
                std::uint8_t* out = to.row(y) + left * pixel;
                for (std::size_t x = left; x < right; ++x, at += from.right, out += pixel) std::memcpy(out, at, pixel);
            }
        }
    }
}

// Rows become columns: byte x of word y and byte y of word x change places.
void transpose(std::array<std::uint64_t, 8>& words) {
    constexpr std::uint64_t masks[] = {0x00000000FFFFFFFF, 0x0000FFFF0000FFFF, 0x00FF00FF00FF00FF};
    for (std::size_t stage = 0, step = 4; step > 0; ++stage, step /= 2) {
        for (std::size_t i = 0; i < 8; ++i) {
            if ((i & step) != 0) continue;
            std::uint64_t const changed = (words[i] >> 8 * step ^ words[i + step]) & masks[stage];
            words[i + step] ^= changed;
            words[i] ^= changed << 8 * step;
        }
    }
}

// Turned by a quarter, of one byte a pixel: eight rows of eight at once, as every plane of a photo that was held upright takes this way.
void turn_bytes(Walked const& from, Raster& to) {
    std::size_t const whole_rows = to.height / 8 * 8, whole_columns = to.width / 8 * 8;
    std::array<std::uint64_t, 8> words;
    for (std::size_t y = 0; y < whole_rows; y += 8) {
        for (std::size_t x = 0; x < whole_columns; x += 8) {
            std::uint8_t const* at = from.first + std::ptrdiff_t(y) * from.down + std::ptrdiff_t(x) * from.right;
            for (std::uint64_t& word : words) {
                std::memcpy(&word, from.down > 0 ? at : at - 7, 8);
                if (from.down < 0) word = __builtin_bswap64(word);
                at += from.right;
            }
            transpose(words);
            for (std::size_t i = 0; i < 8; ++i) std::memcpy(to.row(y + i) + x, &words[i], 8);
        }
    }
    for (std::size_t y = 0; y < to.height; ++y) {
        for (std::size_t x = y < whole_rows ? whole_columns : 0; x < to.width; ++x) {
            to.row(y)[x] = from.first[std::ptrdiff_t(y) * from.down + std::ptrdiff_t(x) * from.right];
        }
    }
}

template <class T>
void blend_over(T* below, T const* above, std::uint64_t full) {
    std::uint64_t const a = above[3], b = below[3];
    if (a == full || b == 0) {
        std::copy(above, above + 4, below);
        return;
    }
    if (a == 0) return;
    std::uint64_t const rest = b * (full - a), whole = a * full + rest;  // times full
    for (int c = 0; c < 3; ++c) below[c] = static_cast<T>((above[c] * a * full + below[c] * rest + whole / 2) / whole);
    below[3] = static_cast<T>((whole + full / 2) / full);
}

}  // namespace

std::optional<Trouble> check_held(std::uint64_t held, std::uint64_t more) {
    if (more <= most_held && held <= most_held - more) return {};
    return Trouble{Cause::too_big, "more pixels than are held at once"};
}

Raster turn(Raster raster, std::uint32_t orientation) {
    if (orientation < 2 || orientation > 8) return raster;
    auto const [swapped, mirrors_columns, mirrors_rows] = turned_by(orientation);
    Raster out = like(raster, swapped ? raster.height : raster.width, swapped ? raster.width : raster.height);
    Walked walked;
    auto const pixel = static_cast<std::ptrdiff_t>(raster.pixel_size()), row = static_cast<std::ptrdiff_t>(raster.row_size());
    walked.right = mirrors_columns ? -pixel : pixel;
    walked.down = mirrors_rows ? -row : row;
    walked.first = raster.samples.data() + (mirrors_columns ? row - pixel : 0) + (mirrors_rows ? row * (raster.height - 1) : 0);
    if (swapped) std::swap(walked.right, walked.down);
    switch (pixel) {
        case 1: swapped ? turn_bytes(walked, out) : turn_pixels<1>(walked, out); break;
        case 2: turn_pixels<2>(walked, out); break;
        case 3: turn_pixels<3>(walked, out); break;
        case 4: turn_pixels<4>(walked, out); break;
        case 6: turn_pixels<6>(walked, out); break;
        default: turn_pixels<8>(walked, out); break;
    }
    return out;
}

void blank_unseen(Raster& raster) {
    if (!raster.has_alpha()) return;
    std::size_t const pixel = raster.pixel_size(), alpha_at = pixel - raster.depth;
    std::uint32_t const full = raster.depth == 1 ? 0xFF : 0xFFFF, unseen = raster.depth == 1 ? 2 : 0x2FF;
    bool opaque = true;
    for (std::size_t at = 0; at < raster.samples.size(); at += pixel) {
        std::uint32_t const alpha = sample(&raster.samples[at + alpha_at], raster.depth);
        opaque = opaque && alpha == full;
        if (alpha <= unseen) std::memset(&raster.samples[at], 0, pixel);
    }
    if (!opaque) return;
    std::size_t to = 0;
    for (std::size_t at = 0; at < raster.samples.size(); at += pixel, to += alpha_at) std::memmove(&raster.samples[to],
        &raster.samples[at], alpha_at);
    raster.samples.resize(to);
    --raster.channels;
}

Raster crop(Raster const& raster, Box const& box) {
    Raster out = like(raster, box.width, box.height);
    for (std::size_t y = 0; y < box.height; ++y) {
        std::memcpy(out.row(y), raster.row(y + box.top) + box.left * raster.pixel_size(), out.row_size());
    }
    return out;
}

Raster coarsen(Raster raster, std::uint32_t side) {
    std::uint64_t const longer = std::max(raster.width, raster.height);
    if (side == 0 || longer <= side) return raster;
    auto const smaller = [&](std::uint64_t length) { return static_cast<std::uint32_t>(std::max<std::uint64_t>(1,
        length * side / longer)); };
    Raster out = like(raster, smaller(raster.width), smaller(raster.height));
    std::vector<std::uint64_t> sums(std::size_t{out.width} * out.channels), counts(out.width);
    for (std::size_t y = 0; y < raster.height; ++y) {
        std::size_t const into = y * out.height / raster.height;
        add_row(raster, y, out.width, sums, counts);
        if (y + 1 < raster.height && (y + 1) * out.height / raster.height == into) continue;
        put_row(out, into, sums, counts);
        std::fill(sums.begin(), sums.end(), 0);
        std::fill(counts.begin(), counts.end(), 0);
    }
    return out;
}

void blur(Raster& raster, Box const& wanted) {
    std::optional<Box> const box = cut(raster, wanted);
    if (!box) return;
    // At most six cells along the longer side, and none smaller than 16 pixels.
    std::uint32_t const cell = std::max<std::uint32_t>(16, (std::max(box->width, box->height) + 5) / 6);
    for (std::uint32_t top = 0; top < box->height; top += cell) {
        for (std::uint32_t left = 0; left < box->width; left += cell) {
            Box const part{box->left + left, box->top + top, std::min(cell, box->width - left), std::min(cell, box->height - top)};
            Raster const mean = coarsen(crop(raster, part), 1);
            fill(raster, part, mean.samples);
        }
    }
}

void blot(Raster& raster, Box const& wanted) {
    std::optional<Box> const box = cut(raster, wanted);
    if (!box) return;
    std::vector<std::uint8_t> black(raster.pixel_size(), 0);
    if (raster.has_alpha()) std::fill(black.end() - raster.depth, black.end(), 0xFF);
    fill(raster, *box, black);
}

Raster to_rgba(Raster const& raster) {
    if (raster.channels == 4) return raster;
    Raster out{raster.width, raster.height, 4, raster.depth, {}};
    out.samples.resize(out.row_size() * out.height);
    std::size_t const depth = raster.depth;
    std::uint8_t const* from = raster.samples.data();
    for (std::size_t at = 0; at < out.samples.size(); at += 4 * depth, from += raster.pixel_size()) {
        for (std::size_t c = 0; c < 3; ++c) std::memcpy(&out.samples[at + c * depth], from + (raster.channels >= 3 ? c : 0) * depth, depth);
        if (raster.has_alpha()) std::memcpy(&out.samples[at + 3 * depth], from + depth, depth);
        else std::memset(&out.samples[at + 3 * depth], 0xFF, depth);
    }
    return out;
}

Playback::Playback(std::uint32_t width, std::uint32_t height, std::uint32_t depth) : shown_{width, height, 4, depth, {}} {
    shown_.samples.resize(shown_.row_size() * height);
}

void Playback::draw(Raster const& raster, std::uint32_t left, std::uint32_t top, Blend blend) {
    before_ = shown_;
    Raster const from = to_rgba(raster);
    std::optional<Box> const box = cut(shown_, {left, top, from.width, from.height});
    if (!box) return;
    for (std::size_t y = 0; y < box->height; ++y) {
        std::uint8_t* to = shown_.row(y + top) + left * shown_.pixel_size();
        std::uint8_t const* at = from.row(y);
        if (blend == Blend::source) {
            std::memcpy(to, at, box->width * shown_.pixel_size());
            continue;
        }
        for (std::size_t x = 0; x < box->width; ++x, to += shown_.pixel_size(), at += shown_.pixel_size()) {
            if (shown_.depth == 1) blend_over(to, at, 0xFF);
            else blend_over(reinterpret_cast<std::uint16_t*>(to), reinterpret_cast<std::uint16_t const*>(at), 0xFFFF);
        }
    }
}

void Playback::dispose(Dispose dispose, Box const& wanted) {
    if (dispose == Dispose::restore) shown_ = before_;
    std::optional<Box> const box = cut(shown_, wanted);
    if (dispose == Dispose::clear && box) fill(shown_, *box, std::vector<std::uint8_t>(shown_.pixel_size(), 0));
}

std::uint64_t squared_error(std::uint8_t const* left, std::uint8_t const* right, std::size_t count) {
    std::uint64_t sum = 0;
    // Stretch by stretch, so that the sum of one fits 32 bits and the loop, whose length is known, vectors.
    constexpr std::size_t stretch = 256;
    auto const add = [&](std::size_t at, std::size_t size) {
        std::uint32_t part = 0;
        for (std::size_t i = at; i < at + size; ++i) {
            int const difference = int{left[i]} - int{right[i]};
            part += static_cast<std::uint32_t>(difference * difference);
        }
        sum += part;
    };
    std::size_t at = 0;
    for (; at + stretch <= count; at += stretch) add(at, stretch);
    add(at, count - at);
    return sum;
}

double likeness_db(Raster const& left, Raster const& right) {
    bool const alike = left.width == right.width && left.height == right.height && left.channels == right.channels
        && left.depth == right.depth;
    if (!alike || left.samples.empty()) return 0;
    double sum = 0;
    if (left.depth == 1) {
        sum = static_cast<double>(squared_error(left.samples.data(), right.samples.data(), left.samples.size()));
    } else {
        for (std::size_t i = 0; i + 1 < left.samples.size(); i += 2) {
            double const difference = double(sample(&left.samples[i], 2)) - double(sample(&right.samples[i], 2));
            sum += difference * difference;
        }
    }
    if (sum == 0) return 99;
    double const full = left.depth == 1 ? 255 : 65535, samples = double(left.samples.size() / left.depth);
    return std::min(99.0, 10 * std::log10(full * full * samples / sum));
}

}  // namespace keepmum
