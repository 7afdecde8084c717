// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/spots.h"

#include <algorithm>
#include <cmath>

namespace keepmum::ocr {

namespace {

constexpr std::int32_t least_height = 5, least_pixels = 6;
constexpr std::uint32_t most_reach = 120;  // so that sums of squares fit
constexpr float least_contrast = 14;       // of ink against what is around it, out of 255
constexpr float deviations = 0.45F;        // or that share of how much the light varies there

// Sums over a window that slides down: one number a column, for the values and for their squares.
class Columns {
  public:
    explicit Columns(Grey const& picture) : picture_(picture), sums_(picture.width), squares_(picture.width) {}

    void enter(std::uint32_t y) { change(y, 1); }
    void leave(std::uint32_t y) { change(y, ~0U); }  // -1, modulo 2³²
    std::uint32_t sum(std::uint32_t x) const { return sums_[x]; }
    std::uint32_t squares(std::uint32_t x) const { return squares_[x]; }

  private:
    void change(std::uint32_t y, std::uint32_t sign) {
        std::uint8_t const* const row = picture_.row(y);
        for (std::uint32_t x = 0; x < picture_.width; ++x) {
            std::uint32_t const value = row[x];
            sums_[x] += sign * value;
            squares_[x] += sign * value * value;
        }
    }
    Grey const& picture_;
    std::vector<std::uint32_t> sums_, squares_;
};

std::uint8_t to_byte(float value) { return static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F)); }

// A run of ink in one row, and which spot it belongs to.
struct Run {
    std::int32_t begin, end;
    std::uint32_t spot;
};

// Spots that turn out to be one are joined: each knows its elder.
class Spots {
  public:
    std::uint32_t make() {
        elders_.push_back(static_cast<std::uint32_t>(elders_.size()));
        spots_.push_back({INT32_MAX, INT32_MAX, 0, 0, 0});
        return elders_.back();
    }
    std::uint32_t eldest(std::uint32_t spot) {
        while (elders_[spot] != spot) spot = elders_[spot] = elders_[elders_[spot]];
        return spot;
    }
    void join(std::uint32_t left, std::uint32_t right) {
        left = eldest(left);
        right = eldest(right);
        if (left == right) return;
        if (right < left) std::swap(left, right);
        elders_[right] = left;
        Spot& into = spots_[left];
        Spot const& from = spots_[right];
        into = {std::min(into.left, from.left), std::min(into.top, from.top), std::max(into.right, from.right),
                std::max(into.bottom, from.bottom), into.pixels + from.pixels};
    }
    void add(std::uint32_t spot, std::int32_t y, Run const& run) {
        Spot& into = spots_[eldest(spot)];
        into = {std::min(into.left, run.begin), std::min(into.top, y), std::max(into.right, run.end),
                std::max(into.bottom, y + 1), into.pixels + run.end - run.begin};
    }
    std::vector<Spot> whole() {
        std::vector<Spot> out;
        for (std::uint32_t i = 0; i < spots_.size(); ++i) {
            if (elders_[i] == i) out.push_back(spots_[i]);
        }
        return out;
    }

  private:
    std::vector<std::uint32_t> elders_;
    std::vector<Spot> spots_;
};

// Letters and what they are made of: neither specks nor the outlines of things.
bool may_be_writing(Spot const& spot, Grey const& picture) {
    std::int32_t const width = spot.width(), height = spot.height();
    // A line that was cut out of a screen is little more than its letters.
    std::uint32_t const shorter = std::min(picture.width, picture.height);
    auto const tallest = static_cast<std::int32_t>(shorter < low_side ? shorter : std::max(low_side, shorter / 2));
    if (height < least_height || height > tallest || spot.pixels < least_pixels) return false;
    if (width > 30 * height || height > 14 * width) return false;
    float const filled = static_cast<float>(spot.pixels) / (static_cast<float>(width) * static_cast<float>(height));
    return filled > 0.07F;
}

void gather_runs(std::uint8_t const* row, std::uint8_t const* bound, std::uint32_t width, Ink ink,
                 std::vector<Run>& runs) {
    runs.clear();
    auto const is_ink = [&](std::uint32_t x) { return ink == Ink::dark ? row[x] < bound[x] : row[x] > bound[x]; };
    for (std::uint32_t x = 0; x < width; ++x) {
        if (!is_ink(x)) continue;
        std::uint32_t const begin = x;
        while (x < width && is_ink(x)) ++x;
        runs.push_back({static_cast<std::int32_t>(begin), static_cast<std::int32_t>(x), 0});
    }
}

// Gives each run the spot of those that touch it from above, corners too.
void attach_runs(std::vector<Run>& runs, std::vector<Run> const& above, std::int32_t y, Spots& spots) {
    std::size_t first = 0;
    for (Run& run : runs) {
        while (first < above.size() && above[first].end < run.begin) ++first;
        bool attached = false;
        for (std::size_t i = first; i < above.size() && above[i].begin <= run.end; ++i) {
            if (attached) {
                spots.join(run.spot, above[i].spot);
            } else {
                run.spot = above[i].spot;
                attached = true;
            }
        }
        if (!attached) run.spot = spots.make();
        spots.add(run.spot, y, run);
    }
}

}  // namespace

Surroundings measure_surroundings(Grey const& picture, std::uint32_t reach) {
    Surroundings out;
    reach = std::min(reach, most_reach);
    out.darker.resize(picture.values.size());
    out.lighter.resize(picture.values.size());
    Columns columns(picture);
    for (std::uint32_t y = 0; y < std::min(reach, picture.height); ++y) columns.enter(y);
    for (std::uint32_t y = 0; y < picture.height; ++y) {
        if (y + reach < picture.height) columns.enter(y + reach);
        if (y > reach) columns.leave(y - reach - 1);
        std::uint32_t const rows = std::min(y + reach + 1, picture.height) - (y > reach ? y - reach : 0);
        std::uint32_t sum = 0, squares = 0, wide = std::min(reach, picture.width);
        for (std::uint32_t x = 0; x < wide; ++x) {
            sum += columns.sum(x);
            squares += columns.squares(x);
        }
        std::uint8_t* const darker = &out.darker[std::size_t{y} * picture.width];
        std::uint8_t* const lighter = &out.lighter[std::size_t{y} * picture.width];
        for (std::uint32_t x = 0; x < picture.width; ++x) {
            if (x + reach < picture.width) {
                sum += columns.sum(x + reach);
                squares += columns.squares(x + reach);
                ++wide;
            }
            if (x > reach) {
                sum -= columns.sum(x - reach - 1);
                squares -= columns.squares(x - reach - 1);
                --wide;
            }
            float const count = static_cast<float>(rows) * static_cast<float>(wide);
            float const mean = static_cast<float>(sum) / count;
            float const variance = static_cast<float>(squares) / count - mean * mean;
            float const margin = std::max(least_contrast, deviations * std::sqrt(std::max(variance, 0.0F)));
            darker[x] = to_byte(mean - margin);
            lighter[x] = to_byte(mean + margin);
        }
    }
    return out;
}

std::vector<Spot> find_spots(Grey const& picture, Surroundings const& around, Ink ink, std::size_t most) {
    Spots spots;
    std::vector<Run> above, runs;
    std::vector<std::uint8_t> const& bounds = ink == Ink::dark ? around.darker : around.lighter;
    for (std::uint32_t y = 0; y < picture.height; ++y) {
        gather_runs(picture.row(y), &bounds[std::size_t{y} * picture.width], picture.width, ink, runs);
        attach_runs(runs, above, static_cast<std::int32_t>(y), spots);
        std::swap(above, runs);
    }
    std::vector<Spot> out = spots.whole();
    std::erase_if(out, [&](Spot const& spot) { return !may_be_writing(spot, picture); });
    if (out.size() > most) {
        // The tallest: in a picture full of specks, writing stands out.
        std::nth_element(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(most), out.end(),
                         [](Spot const& left, Spot const& right) { return left.height() > right.height(); });
        out.resize(most);
    }
    return out;
}

}  // namespace keepmum::ocr
