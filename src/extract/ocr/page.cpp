// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/page.h"

#include <algorithm>
#include <cmath>

#include "extract/ocr/reader.h"

namespace keepmum::ocr {

namespace {

constexpr std::uint32_t cell = 16;  // pixels: of the paper's light, one number for each such square

struct Shade {
    std::uint32_t width = 0, height = 0;
    std::vector<float> light;
};

Shade averages(Grey const& picture) {
    Shade shade{(picture.width + cell - 1) / cell, (picture.height + cell - 1) / cell, {}};
    for (std::uint32_t top = 0; top < picture.height; top += cell) {
        std::uint32_t const bottom = std::min(picture.height, top + cell);
        for (std::uint32_t left = 0; left < picture.width; left += cell) {
            std::uint32_t const right = std::min(picture.width, left + cell);
            std::uint32_t sum = 0;
            for (std::uint32_t y = top; y < bottom; ++y) {
                for (std::uint32_t x = left; x < right; ++x) sum += picture.row(y)[x];
            }
            shade.light.push_back(static_cast<float>(sum) / static_cast<float>((bottom - top) * (right - left)));
        }
    }
    return shade;
}

// The lightest around each, then the average of what is around each: ink is dark, and light changes slowly.
enum class Around : std::uint8_t { lightest, average };

Shade look_around(Shade shade, std::uint32_t reach, Around what) {
    for (bool const down : {false, true}) {
        std::vector<float> const before = shade.light;
        std::size_t const step = down ? shade.width : 1;
        std::uint32_t const length = down ? shade.height : shade.width;
        for (std::size_t i = 0; i < before.size(); ++i) {
            auto const here = static_cast<std::uint32_t>(down ? i / shade.width : i % shade.width);
            std::uint32_t const first = here - std::min(here, reach), last = std::min(length - 1, here + reach);
            float most = 0, sum = 0;
            for (std::uint32_t k = first; k <= last; ++k) {
                float const value = before[i + k * step - here * step];
                most = std::max(most, value);
                sum += value;
            }
            shade.light[i] = what == Around::lightest ? most : sum / static_cast<float>(last - first + 1);
        }
    }
    return shade;
}

void even_light(Grey& picture) {
    constexpr float white = 235, even = 0.9F;
    Shade shade = look_around(averages(picture), 2, Around::lightest);
    shade = look_around(look_around(std::move(shade), 3, Around::average), 3, Around::average);
    auto const [darkest, lightest] = std::minmax_element(shade.light.begin(), shade.light.end());
    if (*darkest >= even * *lightest) return;
    auto const place = [](std::uint32_t pixel, std::uint32_t cells) {
        return std::clamp((static_cast<float>(pixel) + 0.5F) / static_cast<float>(cell) - 0.5F, 0.0F, static_cast<float>(cells - 1));
    };
    std::vector<float> line(shade.width);
    for (std::uint32_t y = 0; y < picture.height; ++y) {
        float const down = place(y, shade.height);
        auto const row = static_cast<std::size_t>(down), below = std::min<std::size_t>(row + 1, shade.height - 1);
        float const share = down - static_cast<float>(row);
        for (std::size_t i = 0; i < line.size(); ++i)
            line[i] = shade.light[row * shade.width + i] * (1 - share) + shade.light[below * shade.width + i] * share;
        std::uint8_t* const out = picture.row(y);
        for (std::uint32_t x = 0; x < picture.width; ++x) {
            float const along = place(x, shade.width);
            auto const left = static_cast<std::size_t>(along), right = std::min(left + 1, line.size() - 1);
            float const light = line[left] + (line[right] - line[left]) * (along - static_cast<float>(left));
            out[x] = static_cast<std::uint8_t>(std::min(255.0F, static_cast<float>(out[x]) / std::max(light, 1.0F) * white));
        }
    }
}

// What a page has: many lines, nearly level, that part into ink and paper.
bool is_of_a_page(Grey const& picture, Line const& line) {
    constexpr float most_slope = 0.09F;
    constexpr std::uint32_t rows = 20;  // enough to tell
    return line.spots >= few_spots && std::abs(line.down) <= most_slope && ink_apart(cut_raw(picture, line, rows)) >= least_apart;
}

struct Box {
    float left = 1e9F, top = 1e9F, right = 0, bottom = 0;
};

Grey cut_out(Grey const& picture, Box const& box, PagePart& part) {
    auto const pixel = [](float at, std::uint32_t side) {
        return static_cast<std::uint32_t>(std::clamp(at, 0.0F, static_cast<float>(side)));
    };
    part.left = pixel(box.left, picture.width);
    part.top = pixel(box.top, picture.height);
    Grey out{pixel(box.right, picture.width) - part.left, pixel(box.bottom, picture.height) - part.top, {}};
    for (std::uint32_t y = 0; y < out.height; ++y) {
        std::uint8_t const* const row = picture.row(part.top + y) + part.left;
        out.values.insert(out.values.end(), row, row + out.width);
    }
    return out;
}

}  // namespace

std::optional<PagePart> find_page(Grey const& picture, std::vector<Line> const& lines) {
    constexpr std::size_t least_lines = 5;
    constexpr float most_of_them = 0.6F, least_covered = 0.04F;
    constexpr float margin = 3;             // heights of the tallest line
    constexpr float dots_of_a_height = 8;  // an inch, a pixel of the usual line: as if it were of 11 points
    std::size_t count = 0;
    std::vector<float> heights;
    float all = 0, good = 0, covered = 0, dark = 0, tallest = 0;
    Box box;
    for (Line const& line : lines) {
        if (line.spots < few_spots) continue;
        all += line.length;
        if (!is_of_a_page(picture, line)) continue;
        ++count;
        good += line.length;
        covered += line.length * line.height;
        if (ink_of(picture, line) == Ink::dark) dark += line.length;
        heights.push_back(line.height);
        tallest = std::max(tallest, line.height);
        float const end = line.y + line.down * line.length;
        box = {std::min(box.left, line.x), std::min({box.top, line.y, end}), std::max(box.right, line.x + line.length),
               std::max({box.bottom, line.y, end})};
    }
    if (count < least_lines || good < most_of_them * all) return {};
    box = {box.left - margin * tallest, box.top - margin * tallest, box.right + margin * tallest, box.bottom + margin * tallest};
    PagePart part;
    part.grey = cut_out(picture, box, part);
    if (covered < least_covered * static_cast<float>(part.grey.width) * static_cast<float>(part.grey.height)) return {};
    if (dark * 2 < good) {
        for (std::uint8_t& value : part.grey.values) value = static_cast<std::uint8_t>(255 - value);
    }
    even_light(part.grey);
    std::nth_element(heights.begin(), heights.begin() + static_cast<std::ptrdiff_t>(count / 2), heights.end());
    part.dots = static_cast<std::uint32_t>(std::clamp(heights[count / 2] * dots_of_a_height, 70.0F, 600.0F));
    return part;
}

}  // namespace keepmum::ocr
