// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/likeness/picture_hash.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <numbers>

namespace keepmum {

namespace {

constexpr std::uint32_t samples = 64;      // a side, once the picture is smoothed
constexpr std::uint32_t frequencies = 16;  // a side
constexpr std::uint32_t smallest_side = 16;
// Plain arrays here and pointers below: checked indices would keep the innermost loops from becoming vectors.
struct Samples {
    float at[samples][samples];
};
struct Spectrum {
    float at[frequencies][frequencies];
};

// Each value becomes the mean of the window around it, which is cut off at the ends. For an even window the
// extra one is behind, as published.
struct Window {
    std::size_t ahead, behind;
    explicit Window(std::size_t size) : ahead(size / 2), behind((size - 1) / 2) {}
};

void smooth_row(float* row, std::size_t count, Window window, std::vector<float>& copy) {
    copy.assign(row, row + count);
    float const* const from = copy.data();
    float sum = 0;
    for (std::size_t i = 0; i < std::min(window.ahead, count); ++i) sum += from[i];
    for (std::size_t i = 0; i < count; ++i) {
        if (i + window.ahead < count) sum += from[i + window.ahead];
        if (i > window.behind) sum -= from[i - window.behind - 1];
        std::size_t const first = i > window.behind ? i - window.behind : 0, last = std::min(i + window.ahead, count - 1);
        row[i] = sum / static_cast<float>(last - first + 1);
    }
}

// All columns side by side: one after another would wait for memory at each step.
void smooth_columns(Luminance& picture, Window window) {
    std::size_t const width = picture.width, height = picture.height;
    std::vector<float> const from = picture.values;
    std::vector<float> held(width);
    float* const sums = held.data();
    auto const add = [&](std::size_t y, float sign) {
        float const* const row = from.data() + y * width;
        for (std::size_t x = 0; x < width; ++x) sums[x] += sign * row[x];
    };
    for (std::size_t y = 0; y < std::min(window.ahead, height); ++y) add(y, 1);
    for (std::size_t y = 0; y < height; ++y) {
        if (y + window.ahead < height) add(y + window.ahead, 1);
        if (y > window.behind) add(y - window.behind - 1, -1);
        std::size_t const first = y > window.behind ? y - window.behind : 0, last = std::min(y + window.ahead, height - 1);
        float const share = 1 / static_cast<float>(last - first + 1);
        float* const row = picture.values.data() + y * width;
        for (std::size_t x = 0; x < width; ++x) row[x] = sums[x] * share;
    }
}

// Two passes of the box filter come close to a tent; its width is half a sample's.
void smooth(Luminance& picture) {
    constexpr int passes = 2;
    std::size_t const along_rows = (picture.width + 2 * samples - 1) / (2 * samples);
    std::size_t const along_columns = (picture.height + 2 * samples - 1) / (2 * samples);
    std::vector<float> copy;
    for (int pass = 0; pass < passes; ++pass) {
        for (std::size_t y = 0; along_rows > 1 && y < picture.height; ++y) {
            smooth_row(&picture.values[y * picture.width], picture.width, Window(along_rows), copy);
        }
        if (along_columns > 1) smooth_columns(picture, Window(along_columns));
    }
}

Samples sample(Luminance const& picture) {
    Samples out;
    for (std::uint32_t i = 0; i < samples; ++i) {
        std::size_t const y = static_cast<std::size_t>((i + 0.5) * picture.height / samples);
        for (std::uint32_t j = 0; j < samples; ++j) {
            std::size_t const x = static_cast<std::size_t>((j + 0.5) * picture.width / samples);
            out.at[i][j] = picture.values[y * picture.width + x];
        }
    }
    return out;
}

// How much changes from sample to sample, as published: whole percents of the range, summed.
int quality_of(Samples const& a) {
    int sum = 0;
    auto const change = [](float u, float v) { return std::abs(static_cast<int>((u - v) * 100 / 255)); };
    for (std::uint32_t i = 0; i < samples; ++i) {
        for (std::uint32_t j = 0; j < samples; ++j) {
            if (i + 1 < samples) sum += change(a.at[i][j], a.at[i + 1][j]);
            if (j + 1 < samples) sum += change(a.at[i][j], a.at[i][j + 1]);
        }
    }
    return std::min(sum / 90, 100);
}

// The lowest frequencies without the constant one: rows 1 to 16 of the cosine transform, both ways.
struct Cosines {
    float at[frequencies][samples];
    Cosines() {
        for (std::uint32_t i = 0; i < frequencies; ++i) {
            for (std::uint32_t j = 0; j < samples; ++j) {
                double const angle = std::numbers::pi / (2 * samples) * (i + 1) * (2 * j + 1);
                at[i][j] = static_cast<float>(std::sqrt(2.0 / samples) * std::cos(angle));
            }
        }
    }
};

Spectrum transform(Samples const& a) {
    static Cosines const cosines;
    Spectrum out{};
    for (std::uint32_t i = 0; i < frequencies; ++i) {
        float half[samples] = {};
        for (std::uint32_t k = 0; k < samples; ++k) {
            for (std::uint32_t j = 0; j < samples; ++j) half[j] += cosines.at[i][k] * a.at[k][j];
        }
        for (std::uint32_t j = 0; j < frequencies; ++j) {
            for (std::uint32_t k = 0; k < samples; ++k) out.at[i][j] += half[k] * cosines.at[j][k];
        }
    }
    return out;
}

PictureHash bits_of(Spectrum const& spectrum) {
    std::array<float, frequencies * frequencies> flat;
    std::memcpy(flat.data(), spectrum.at, sizeof flat);
    auto sorted = flat;
    auto const middle = sorted.begin() + sorted.size() / 2 - 1;  // the lower median
    std::nth_element(sorted.begin(), middle, sorted.end());
    PictureHash hash{};
    for (std::size_t i = 0; i < flat.size(); ++i) {
        if (flat[i] > *middle) hash[i / 64] |= std::uint64_t{1} << (i % 64);
    }
    return hash;
}

Luminance mirror(Luminance picture) {
    for (std::size_t y = 0; y < picture.height; ++y) {
        auto const row = picture.values.begin() + static_cast<std::ptrdiff_t>(y * picture.width);
        std::reverse(row, row + picture.width);
    }
    return picture;
}

// A quarter clockwise: the lowest row becomes the first column.
Luminance turn(Luminance const& picture) {
    Luminance out{picture.height, picture.width, std::vector<float>(picture.values.size())};
    for (std::size_t x = 0; x < picture.width; ++x) {
        float* const row = out.values.data() + x * out.width;
        float const* const column = picture.values.data() + x;
        for (std::size_t y = 0; y < picture.height; ++y) row[picture.height - 1 - y] = column[y * picture.width];
    }
    return out;
}

// All positions of a picture that shows enough.
std::optional<std::array<PictureHash, turns>> view_all_ways(Luminance const& picture) {
    std::array<PictureHash, turns> all;
    for (std::size_t side = 0; side < 2; ++side) {
        Luminance turned = side == 0 ? picture : mirror(picture);
        for (std::size_t quarter = 0; quarter < 4; ++quarter) {
            if (quarter > 0) turned = turn(turned);
            std::optional<PictureView> const view = view_picture(turned);
            if (!view || view->quality < least_quality) return {};
            all[side * 4 + quarter] = view->hash;
        }
    }
    return all;
}

// The part of `picture` from (left, top) to before (right, bottom).
Luminance cut(Luminance const& picture, std::uint32_t left, std::uint32_t top, std::uint32_t right, std::uint32_t bottom) {
    Luminance out{right - left, bottom - top, {}};
    out.values.reserve(std::size_t{out.width} * out.height);
    for (std::size_t y = top; y < bottom; ++y) {
        float const* const row = &picture.values[y * picture.width];
        out.values.insert(out.values.end(), row + left, row + right);
    }
    return out;
}

// The picture without rows and columns at its edges that show one grey alone (a frame, the paper around a figure).
Luminance trim(Luminance const& picture) {
    constexpr float noise = 12;  // JPEG's, at a plain surface beside an edge
    float const paper = picture.values.front();
    auto const plain = [&](std::size_t start, std::size_t step, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            if (std::abs(picture.values[start + i * step] - paper) > noise) return false;
        }
        return true;
    };
    std::uint32_t const w = picture.width, h = picture.height;
    std::uint32_t top = 0, bottom = h, left = 0, right = w;
    while (top < h && plain(std::size_t{top} * w, 1, w)) ++top;
    while (bottom > top && plain(std::size_t{bottom - 1} * w, 1, w)) --bottom;
    if (bottom <= top) return {};
    while (left < w && plain(std::size_t{top} * w + left, w, bottom - top)) ++left;
    while (right > left && plain(std::size_t{top} * w + right - 1, w, bottom - top)) --right;
    if (right <= left) return {};
    return cut(picture, left, top, right, bottom);
}

// What is cut off a registered picture: left, top, right, bottom, in hundredths of the side. A hash bears to lose
// some two hundredths, hence the steps.
struct Cut {
    std::uint8_t left, top, right, bottom;
};
constexpr Cut cuts[] = {
    // all around
    {2, 2, 2, 2}, {4, 4, 4, 4}, {6, 6, 6, 6}, {8, 8, 8, 8}, {11, 11, 11, 11}, {14, 14, 14, 14},
    // one side
    {3, 0, 0, 0}, {6, 0, 0, 0}, {9, 0, 0, 0}, {12, 0, 0, 0},
    {0, 3, 0, 0}, {0, 6, 0, 0}, {0, 9, 0, 0}, {0, 12, 0, 0},
    {0, 0, 3, 0}, {0, 0, 6, 0}, {0, 0, 9, 0}, {0, 0, 12, 0},
    {0, 0, 0, 3}, {0, 0, 0, 6}, {0, 0, 0, 9}, {0, 0, 0, 12},
    // above and below, left and right
    {0, 3, 0, 3}, {0, 6, 0, 6}, {0, 9, 0, 9}, {0, 12, 0, 12},
    {3, 0, 3, 0}, {6, 0, 6, 0}, {9, 0, 9, 0}, {12, 0, 12, 0},
};

template <class T>
void append(std::string& out, T value) {
    for (std::size_t i = 0; i < sizeof value; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

template <class T>
T take(std::string_view& bytes) {
    T value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) value |= static_cast<T>(static_cast<T>(static_cast<unsigned char>(bytes[i])) << (8 * i));
    bytes.remove_prefix(sizeof value);
    return value;
}

}  // namespace

int distance(PictureHash const& left, PictureHash const& right) {
    int sum = 0;
    for (std::size_t i = 0; i < left.size(); ++i) sum += std::popcount(left[i] ^ right[i]);
    return sum;
}

std::string_view word(Turn turn) {
    switch (turn) {
        case Turn::none: return "";
        case Turn::quarter: return "quarter turn";
        case Turn::half: return "half turn";
        case Turn::three_quarters: return "three-quarter turn";
        case Turn::mirrored: return "mirrored";
        case Turn::mirrored_quarter: return "mirrored, quarter turn";
        case Turn::mirrored_half: return "mirrored, half turn";
        case Turn::mirrored_three_quarters: return "mirrored, three-quarter turn";
    }
    return "";
}

std::optional<PictureView> view_picture(Luminance const& picture) {
    if (picture.width < smallest_side || picture.height < smallest_side) return {};
    if (picture.values.size() != std::size_t{picture.width} * picture.height) return {};
    Luminance smoothed = picture;
    smooth(smoothed);
    Samples const sampled = sample(smoothed);
    return PictureView{bits_of(transform(sampled)), quality_of(sampled)};
}

PictureSignature sign_picture(Luminance const& picture, Cuts wanted) {
    PictureSignature signature{picture.width, picture.height, {}, {}};
    auto const whole = view_all_ways(picture);
    if (!whole) return signature;
    signature.shown.push_back(*whole);
    Luminance const trimmed = trim(picture);
    Luminance const* shown = &picture;
    if (trimmed.width < picture.width || trimmed.height < picture.height) {
        if (auto const inner = view_all_ways(trimmed)) {
            signature.shown.push_back(*inner);
            shown = &trimmed;
        }
    }
    if (wanted == Cuts::none) return signature;
    auto const share = [](std::uint32_t side, std::uint32_t hundredths) {
        return static_cast<std::uint32_t>(std::uint64_t{side} * hundredths / 100);
    };
    for (Cut const& each : cuts) {
        Luminance const rest = cut(*shown, share(shown->width, each.left), share(shown->height, each.top),
                                   shown->width - share(shown->width, each.right), shown->height - share(shown->height, each.bottom));
        std::optional<PictureView> const view = view_picture(rest);
        if (view && view->quality >= least_quality) signature.cuts.push_back(view->hash);
    }
    return signature;
}

std::string write_signature(PictureSignature const& signature) {
    std::string out;
    append(out, signature.width);
    append(out, signature.height);
    append(out, static_cast<std::uint8_t>(signature.shown.size()));
    append(out, static_cast<std::uint8_t>(signature.cuts.size()));
    auto const append_hash = [&](PictureHash const& hash) {
        for (std::uint64_t word : hash) append(out, word);
    };
    for (auto const& all : signature.shown) std::for_each(all.begin(), all.end(), append_hash);
    std::for_each(signature.cuts.begin(), signature.cuts.end(), append_hash);
    return out;
}

std::optional<PictureSignature> read_signature(std::string_view bytes) {
    constexpr std::size_t head = 4 + 4 + 1 + 1, most_shown = 2;
    if (bytes.size() < head) return {};
    PictureSignature signature;
    signature.width = take<std::uint32_t>(bytes);
    signature.height = take<std::uint32_t>(bytes);
    std::size_t const shown = take<std::uint8_t>(bytes), cuts = take<std::uint8_t>(bytes);
    if (shown > most_shown || cuts > most_cuts || bytes.size() != (shown * turns + cuts) * sizeof(PictureHash)) return {};
    auto const take_hash = [&] {
        PictureHash hash;
        for (std::uint64_t& word : hash) word = take<std::uint64_t>(bytes);
        return hash;
    };
    for (std::size_t i = 0; i < shown; ++i) {
        auto& all = signature.shown.emplace_back();
        for (PictureHash& hash : all) hash = take_hash();
    }
    for (std::size_t i = 0; i < cuts; ++i) signature.cuts.push_back(take_hash());
    return signature;
}

}  // namespace keepmum
