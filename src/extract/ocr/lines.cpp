// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/lines.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

#include "extract/ocr/spots.h"

namespace keepmum::ocr {

namespace {

constexpr std::size_t most_spots = 30'000;  // of each ink
constexpr float most_gap = 1.25F;           // between neighbours, in heights of the taller
constexpr float most_step = 0.6F;           // between their middles, in heights
constexpr float most_ratio = 2.6F;          // of their heights
constexpr std::int32_t cell = 64;           // pixels of a shelf of spots, for looking around quickly

float middle(Spot const& spot) { return static_cast<float>(spot.top + spot.bottom) / 2; }

// Spots by where they stand, so that neighbours are found without asking all.
class Shelves {
  public:
    Shelves(std::vector<Spot> const& spots, std::uint32_t height) : spots_(spots), shelves_(height / cell + 1) {
        std::vector<std::uint32_t> order(spots.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(),
                  [&](auto left, auto right) { return spots[left].left < spots[right].left; });
        for (std::uint32_t i : order) shelves_[shelf(middle(spots[i]))].push_back(i);
    }

    // The neighbours to the right of a spot, nearest first on each shelf; `see` says whether to look further.
    template <class See>
    void look_right(std::uint32_t from, float reach, float up_and_down, See see) const {
        Spot const& spot = spots_[from];
        std::size_t const first = shelf(middle(spot) - up_and_down), last = shelf(middle(spot) + up_and_down);
        for (std::size_t i = first; i <= last; ++i) {
            auto const& shelf = shelves_[i];
            auto at =
                std::lower_bound(shelf.begin(), shelf.end(), spot.left,
                                 [&](std::uint32_t other, std::int32_t left) { return spots_[other].left < left; });
            for (; at != shelf.end() && static_cast<float>(spots_[*at].left - spot.right) <= reach; ++at) {
                if (*at != from && !see(*at)) break;
            }
        }
    }

  private:
    std::size_t shelf(float y) const {
        auto const at = static_cast<std::ptrdiff_t>(y) / cell;
        return static_cast<std::size_t>(
            std::clamp<std::ptrdiff_t>(at, 0, static_cast<std::ptrdiff_t>(shelves_.size()) - 1));
    }
    std::vector<Spot> const& spots_;
    std::vector<std::vector<std::uint32_t>> shelves_;
};

bool are_neighbours(Spot const& left, Spot const& right) {
    auto const tall = static_cast<float>(std::max(left.height(), right.height()));
    auto const low = static_cast<float>(std::min(left.height(), right.height()));
    if (tall > most_ratio * low) return false;
    if (static_cast<float>(right.left - left.right) > most_gap * tall) return false;
    return std::abs(middle(left) - middle(right)) <= most_step * tall;
}

// Which spots stand side by side: lists of their numbers.
std::vector<std::vector<std::uint32_t>> chain(std::vector<Spot> const& spots, std::uint32_t height) {
    constexpr int most_looked_at = 24;  // neighbours a spot: enough for writing, and linear for gravel
    std::vector<std::uint32_t> elders(spots.size());
    std::iota(elders.begin(), elders.end(), 0u);
    auto eldest = [&](std::uint32_t i) {
        while (elders[i] != i) i = elders[i] = elders[elders[i]];
        return i;
    };
    Shelves const shelves(spots, height);
    for (std::uint32_t i = 0; i < spots.size(); ++i) {
        float const tall = static_cast<float>(spots[i].height()) * most_ratio;
        int looked_at = 0;
        shelves.look_right(i, most_gap * tall, most_step * tall, [&](std::uint32_t other) {
            if (are_neighbours(spots[i], spots[other])) elders[eldest(other)] = eldest(i);
            return ++looked_at < most_looked_at;
        });
    }
    std::vector<std::vector<std::uint32_t>> groups(spots.size());
    for (std::uint32_t i = 0; i < spots.size(); ++i) groups[eldest(i)].push_back(i);
    std::erase_if(groups, [](auto const& group) { return group.size() < 2; });
    return groups;
}

float percentile(std::vector<float>& values, float share) {
    auto const at = static_cast<std::size_t>(share * static_cast<float>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

// The straight line through the middles of spots, the taller counting more: y = level + slope·x.
struct Fit {
    float level = 0, slope = 0, residue = 0;
};

Fit fit(std::vector<Spot const*> const& spots) {
    double weights = 0, mean_x = 0, mean_y = 0, cross = 0, spread = 0, squares = 0;
    for (Spot const* spot : spots) {
        double const weight = static_cast<double>(spot->height()) * spot->height();
        weights += weight;
        mean_x += weight * (spot->left + spot->right) / 2.0;
        mean_y += weight * static_cast<double>(middle(*spot));
    }
    mean_x /= weights;
    mean_y /= weights;
    for (Spot const* spot : spots) {
        double const weight = static_cast<double>(spot->height()) * spot->height();
        double const x = (spot->left + spot->right) / 2.0 - mean_x, y = static_cast<double>(middle(*spot)) - mean_y;
        cross += weight * x * y;
        spread += weight * x * x;
        squares += weight * y * y;
    }
    double const slope = spread > 0 ? cross / spread : 0;
    double const residue = std::sqrt(std::max(0.0, squares - slope * cross) / weights);
    return {static_cast<float>(mean_y - slope * mean_x), static_cast<float>(slope), static_cast<float>(residue)};
}

// A letter by its shape, or a part of one: neither a stroke along the ground nor a blot. Letters that touch make long
// ones, of which little is filled.
bool is_like_a_letter(Spot const& spot, float height) {
    auto const wide = static_cast<float>(spot.width()), tall = static_cast<float>(spot.height());
    float const filled = static_cast<float>(spot.pixels) / (wide * tall);
    return tall > 0.4F * height && wide < 9 * tall && (wide < 1.6F * tall || filled < 0.62F);
}

// How even the heights and the middles of spots are, and how much they have the shapes of letters.
float regularity(std::vector<Spot const*> const& spots, Fit const& fit, float height, float length) {
    float letters = 0, widths = 0;
    for (Spot const* spot : spots) {
        if (!is_like_a_letter(*spot, height)) continue;
        letters += 1;
        widths += static_cast<float>(spot->width());
    }
    if (letters < 2) return 0;
    float const even = letters / static_cast<float>(spots.size());
    // A few long ones are hardly letters.
    if (letters < 5 && widths > 2.2F * letters * height) return 0;
    float const straight = std::max(0.0F, 1 - fit.residue / (0.42F * height));
    float const many = std::min(1.0F, static_cast<float>(spots.size()) / 6);
    float const room = std::min(1.0F, length / (2.5F * height));
    return straight * even * (0.4F + 0.6F * many * room);
}

// The line that a group of spots makes; height 0 where they make none.
Line line_of(std::vector<Spot> const& all, std::vector<std::uint32_t> const& group) {
    std::vector<Spot const*> spots;
    for (std::uint32_t i : group) spots.push_back(&all[i]);
    Fit const found = fit(spots);
    std::vector<float> tops, bottoms;
    float left = 1e9F, right = 0;
    for (Spot const* spot : spots) {
        float const level = found.level + found.slope * static_cast<float>(spot->left + spot->right) / 2;
        tops.push_back(static_cast<float>(spot->top) - level);
        bottoms.push_back(static_cast<float>(spot->bottom) - level);
        left = std::min(left, static_cast<float>(spot->left));
        right = std::max(right, static_cast<float>(spot->right));
    }
    float const top = percentile(tops, 0.06F), bottom = percentile(bottoms, 0.94F);
    float const stretch = std::sqrt(1 + found.slope * found.slope);
    Line line;
    line.spots = static_cast<std::uint32_t>(spots.size());
    line.along = 1 / stretch;
    line.down = found.slope / stretch;
    line.height = (bottom - top) / stretch;
    line.length = (right - left) * stretch;
    line.x = left;
    line.y = found.level + found.slope * left + (top + bottom) / 2;
    line.regular = regularity(spots, found, line.height, line.length);
    bool const steep = std::abs(found.slope) > 0.7F;
    if (steep || line.length < 1.3F * line.height || line.regular < 0.15F) line.height = 0;
    return line;
}

// Whether two lines are readings of the same place: letters, and the light between and inside them.
bool are_same_place(Line const& one, Line const& other) {
    float const left = std::max(one.x, other.x);
    float const right = std::min(one.x + one.length * one.along, other.x + other.length * other.along);
    if (right - left < 0.5F * std::min(one.length, other.length)) return false;
    float const x = (left + right) / 2;
    auto const level = [&](Line const& line) { return line.y + (x - line.x) * line.down / line.along; };
    return std::abs(level(one) - level(other)) < 0.45F * std::max(one.height, other.height);
}

}  // namespace

FoundLines find_lines(Grey const& picture, std::size_t most) {
    FoundLines found;
    if (picture.empty()) return found;
    std::vector<Line> lines;
    std::uint32_t const shorter = std::min(picture.width, picture.height);
    Surroundings const around = measure_surroundings(picture, std::clamp(shorter / 32, 12u, 60u));
    for (Ink ink : {Ink::dark, Ink::light}) {
        std::vector<Spot> const spots = find_spots(picture, around, ink, most_spots);
        found.more |= spots.size() == most_spots;
        for (auto const& group : chain(spots, picture.height)) {
            Line const line = line_of(spots, group);
            // Between letters there are spots of paper, side by side too.
            if (line.height > 0 && ink_of(picture, line) == ink) lines.push_back(line);
        }
    }
    // Taller first, as the light inside of letters is lower than they are.
    std::sort(lines.begin(), lines.end(), [](Line const& one, Line const& other) {
        auto const score = [](Line const& line) { return line.regular * line.height * std::sqrt(line.length); };
        float const left = score(one), right = score(other);
        return left != right ? left > right : one.y != other.y ? one.y < other.y : one.x < other.x;
    });
    constexpr std::size_t most_compared = 3000;
    found.more |= lines.size() > most_compared;
    if (lines.size() > most_compared) lines.resize(most_compared);
    std::vector<Line>& kept = found.lines;
    for (Line const& line : lines) {
        bool const again =
            std::any_of(kept.begin(), kept.end(), [&](Line const& other) { return are_same_place(line, other); });
        if (!again) kept.push_back(line);
    }
    std::stable_sort(kept.begin(), kept.end(), [](Line const& one, Line const& other) {
        auto const score = [](Line const& line) { return line.regular * std::min(10.0F, line.length / line.height); };
        return score(one) > score(other);
    });
    found.more |= kept.size() > most;
    if (kept.size() > most) kept.resize(most);
    return found;
}

Line quarter_turned(Line line, int times) {
    for (int i = 0; i < times; ++i) {
        line.x = std::exchange(line.y, -line.x);
        line.along = std::exchange(line.down, -line.along);
    }
    return line;
}

std::vector<std::uint32_t> order_of(std::vector<Line> const& lines) {
    std::vector<std::uint32_t> elders(lines.size());
    std::iota(elders.begin(), elders.end(), 0u);
    auto eldest = [&](std::uint32_t i) {
        while (elders[i] != i) i = elders[i] = elders[elders[i]];
        return i;
    };
    // Blocks: lines close below one another, of like height, over one another.
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        for (std::uint32_t k = 0; k < lines.size(); ++k) {
            Line const &above = lines[i], &below = lines[k];
            float const tall = std::max(above.height, below.height), low = std::min(above.height, below.height);
            float const gap = below.y - above.y;
            if (i == k || gap < 0 || gap > 2.2F * tall || tall > 1.8F * low) continue;
            float const shared =
                std::min(above.x + above.length, below.x + below.length) - std::max(above.x, below.x);
            if (shared > 0.5F * std::min(above.length, below.length)) elders[eldest(k)] = eldest(i);
        }
    }
    struct Corner {
        float y = 1e9F, x = 1e9F;
    };
    std::vector<Corner> corners(lines.size());
    for (std::uint32_t i = 0; i < lines.size(); ++i) {
        Corner& corner = corners[eldest(i)];
        corner = {std::min(corner.y, lines[i].y), std::min(corner.x, lines[i].x)};
    }
    std::vector<std::uint32_t> order(lines.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t one, std::uint32_t other) {
        std::uint32_t const left = eldest(one), right = eldest(other);
        if (left != right)
            return std::tie(corners[left].y, corners[left].x, left) <
                   std::tie(corners[right].y, corners[right].x, right);
        return std::tie(lines[one].y, lines[one].x) < std::tie(lines[other].y, lines[other].x);
    });
    return order;
}

std::vector<Line> reading_order(std::vector<Line> const& lines) {
    std::vector<Line> out;
    for (std::uint32_t i : order_of(lines)) out.push_back(lines[i]);
    return out;
}

}  // namespace keepmum::ocr
