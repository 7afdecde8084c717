// Cutting lines out of their picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "extract/ocr/lines.h"
#include "extract/ocr/reader.h"

namespace keepmum::ocr {

namespace {

constexpr std::uint32_t longest = 12'000;  // pixels of a cut line; see part_long()

// How the light of a strip parts into two kinds.
struct Parting {
    int border = 0;    // values up to it are the darker kind
    double share = 0;  // of pixels that are
    double apart = 0;  // the share of the variance that lies between the two
};

// Otsu's: where the two are furthest apart.
Parting part(Grey const& strip) {
    double counts[256] = {}, sum = 0, squares = 0;
    for (std::uint8_t value : strip.values) counts[value] += 1;
    for (int i = 0; i < 256; ++i) {
        sum += counts[i] * i;
        squares += counts[i] * i * i;
    }
    auto const all = static_cast<double>(strip.values.size());
    Parting best;
    double const variance = all > 0 ? squares / all - sum / all * (sum / all) : 0;
    if (variance <= 0) return best;
    double below = 0, below_sum = 0;
    for (int i = 0; i < 255; ++i) {
        below += counts[i];
        below_sum += counts[i] * i;
        if (below <= 0 || below >= all) continue;
        double const distance = below_sum / below - (sum - below_sum) / (all - below);
        double const apart = below / all * (1 - below / all) * distance * distance / variance;
        if (apart > best.apart) best = {i, below / all, apart};
    }
    return best;
}

// Dark on white, over all of the scale.
void stretch_contrast(Grey& strip) {
    if (part(strip).share > 0.5) {
        for (std::uint8_t& value : strip.values) value = static_cast<std::uint8_t>(255 - value);
    }
    std::size_t counts[256] = {};
    for (std::uint8_t value : strip.values) ++counts[value];
    auto const at_share = [&](double share) {
        auto const wanted = static_cast<std::size_t>(share * static_cast<double>(strip.values.size()));
        std::size_t seen = 0;
        for (int value = 0; value < 256; ++value) {
            seen += counts[value];
            if (seen > wanted) return value;
        }
        return 255;
    };
    int const dark = at_share(0.02), light = std::max(dark + 1, at_share(0.80));
    for (std::uint8_t& value : strip.values) {
        value = static_cast<std::uint8_t>(std::clamp((value - dark) * 255 / (light - dark), 0, 255));
    }
}

// The pixels of a line, upright, as light as they are.
Grey sample(Grey const& picture, Line const& line, std::uint32_t height) {
    Grey strip;
    float const pixel = line.height * line.rows / static_cast<float>(height);  // of the picture, a pixel of the strip
    float const length = line.length + 2 * line.aside * line.height;
    if (!(pixel > 0.01F) || !(length > 0)) return strip;
    strip.height = height;
    strip.width = std::clamp<std::uint32_t>(static_cast<std::uint32_t>(length / pixel), 1, longest);
    strip.values.resize(std::size_t{strip.width} * strip.height);
    // Where many pixels go into one, several points of it are averaged.
    int const points = std::clamp(static_cast<int>(std::ceil(pixel)), 1, 4);
    float const share = 1.0F / static_cast<float>(points * points);
    for (std::uint32_t y = 0; y < height; ++y) {
        std::uint8_t* const row = strip.row(y);
        for (std::uint32_t x = 0; x < strip.width; ++x) {
            float sum = 0;
            for (int i = 0; i < points * points; ++i) {
                float const along =
                    (static_cast<float>(x) + (static_cast<float>(i % points) + 0.5F) / static_cast<float>(points)) *
                        pixel -
                    line.aside * line.height;
                float const down =
                    (static_cast<float>(y) + (static_cast<float>(i / points) + 0.5F) / static_cast<float>(points)) *
                        pixel -
                    line.height * line.rows / 2;
                sum += light_at(picture, line.x + along * line.along - down * line.down - 0.5F,
                                line.y + along * line.down + down * line.along - 0.5F);
            }
            row[x] = static_cast<std::uint8_t>(sum * share + 0.5F);
        }
    }
    return strip;
}

}  // namespace

float ink_apart(Grey const& strip) { return static_cast<float>(part(strip).apart); }

Ink ink_of(Grey const& picture, Line const& line) {
    constexpr std::uint32_t rows = 20;  // enough to tell
    return part(sample(picture, line, rows)).share > 0.5 ? Ink::light : Ink::dark;
}

std::vector<Line> part_long(std::vector<Line> const& lines) {
    // More than what is searched for has letters, so that it stands whole in one of two parts.
    constexpr float both = 30, most = 200;  // heights
    std::vector<Line> parts;
    for (Line line : lines) {
        while (line.height > 0 && line.length > most * line.height) {
            parts.push_back(line);
            parts.back().length = most * line.height;
            float const step = (most - both) * line.height;
            line.x += step * line.along;
            line.y += step * line.down;
            line.length -= step;
        }
        parts.push_back(line);
    }
    return parts;
}

Grey cut_raw(Grey const& picture, Line const& line, std::uint32_t height) { return sample(picture, line, height); }

Grey cut_line(Grey const& picture, Line const& line, std::uint32_t height) {
    Grey strip = sample(picture, line, height);
    stretch_contrast(strip);
    return strip;
}

}  // namespace keepmum::ocr
