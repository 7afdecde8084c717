// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/boxes.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace keepmum::ocr {

namespace {

constexpr float least_likely = 0.3F;      // of a pixel
constexpr float least_likely_box = 0.5F;  // on the average of a box
constexpr float least_side = 3;           // pixels of the map
constexpr float grow = 1.6F;              // the network draws lines thinner than they are
constexpr float clearly_upright = 1.5F;   // sides of a line that runs downwards
constexpr std::size_t most_spots = 4000;

struct Point {
    float x = 0, y = 0;
};

// A run of likely pixels in a row; `right` lies outside.
struct Run {
    std::int32_t left = 0, right = 0, y = 0;
};

// A rectangle in any position: its middle, the direction of its longer side, and the two sides.
struct Rectangle {
    Point middle;
    float along = 1, down = 0;
    float length = 0, height = 0;
};

// Likely pixels, each with its three neighbours to the right and below, so that thin places hold together.
std::vector<Run> find_runs(Likelihood const& map) {
    std::vector<Run> runs;
    std::vector<bool> likely(map.width + std::size_t{1}), above(map.width + std::size_t{1});
    auto const width = static_cast<std::int32_t>(map.width);
    for (std::int32_t y = 0; y < static_cast<std::int32_t>(map.height); ++y) {
        for (std::int32_t x = 0; x < width; ++x)
            likely[static_cast<std::size_t>(x)] =
                map.values[static_cast<std::size_t>(y) * map.width + static_cast<std::size_t>(x)] > least_likely;
        auto const is_on = [&](std::int32_t x) {
            auto const at = static_cast<std::size_t>(x);
            return likely[at] || above[at] || (x > 0 && (likely[at - 1] || above[at - 1]));
        };
        for (std::int32_t x = 0; x < width;) {
            if (!is_on(x)) {
                ++x;
                continue;
            }
            Run run{x, x, y};
            while (x < width && is_on(x)) ++x;
            run.right = x;
            runs.push_back(run);
        }
        above.swap(likely);
    }
    return runs;
}

// Connected runs, each group in the order of its rows.
std::vector<std::vector<Run>> connect(std::vector<Run> const& runs) {
    std::vector<std::uint32_t> elders(runs.size());
    std::iota(elders.begin(), elders.end(), 0u);
    auto const eldest = [&](std::uint32_t i) {
        while (elders[i] != i) i = elders[i] = elders[elders[i]];
        return i;
    };
    std::size_t above = 0;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        while (runs[above].y < runs[i].y - 1 || (runs[above].y == runs[i].y - 1 && runs[above].right < runs[i].left))
            ++above;
        for (std::size_t k = above; k < i && runs[k].y == runs[i].y - 1 && runs[k].left <= runs[i].right; ++k)
            elders[eldest(static_cast<std::uint32_t>(i))] = eldest(static_cast<std::uint32_t>(k));
    }
    std::vector<std::uint32_t> numbers(runs.size(), 0);
    std::vector<std::vector<Run>> groups;
    for (std::uint32_t i = 0; i < runs.size(); ++i) {
        std::uint32_t& number = numbers[eldest(i)];
        if (number == 0) {
            groups.emplace_back();
            number = static_cast<std::uint32_t>(groups.size());
        }
        groups[number - 1].push_back(runs[i]);
    }
    return groups;
}

float cross(Point from, Point one, Point other) {
    return (one.x - from.x) * (other.y - from.y) - (one.y - from.y) * (other.x - from.x);
}

// The corners of the smallest convex shape around a group (Andrew's monotone chain, over rows).
std::vector<Point> hull_of(std::vector<Run> const& group) {
    std::vector<Point> points;
    for (Run const& run : group) {
        for (std::int32_t y : {run.y, run.y + 1}) {
            points.push_back({static_cast<float>(run.left), static_cast<float>(y)});
            points.push_back({static_cast<float>(run.right), static_cast<float>(y)});
        }
    }
    std::sort(points.begin(), points.end(),
              [](Point one, Point other) { return one.y != other.y ? one.y < other.y : one.x < other.x; });
    std::vector<Point> hull;
    for (int half = 0; half < 2; ++half) {
        std::size_t const start = hull.size();
        for (Point const point : points) {
            while (hull.size() >= start + 2 && cross(hull[hull.size() - 2], hull.back(), point) <= 0) hull.pop_back();
            hull.push_back(point);
        }
        hull.pop_back();
        std::reverse(points.begin(), points.end());
    }
    return hull;
}

// The smallest rectangle around a convex shape lies along one of its edges. Shapes on a grid have few.
Rectangle rectangle_around(std::vector<Point> const& hull) {
    Rectangle best;
    float least = 1e30F;
    for (std::size_t i = 0; i < hull.size(); ++i) {
        Point const from = hull[i], to = hull[(i + 1) % hull.size()];
        float const length = std::hypot(to.x - from.x, to.y - from.y);
        if (length <= 0) continue;
        float const along = (to.x - from.x) / length, down = (to.y - from.y) / length;
        float left = 1e30F, right = -1e30F, top = 1e30F, bottom = -1e30F;
        for (Point const point : hull) {
            float const u = point.x * along + point.y * down, v = point.y * along - point.x * down;
            left = std::min(left, u);
            right = std::max(right, u);
            top = std::min(top, v);
            bottom = std::max(bottom, v);
        }
        float const area = (right - left) * (bottom - top);
        if (area >= least) continue;
        least = area;
        float const u = (left + right) / 2, v = (top + bottom) / 2;
        best = {{u * along - v * down, u * down + v * along}, along, down, right - left, bottom - top};
        if (best.length < best.height) best = {best.middle, -down, along, best.height, best.length};
    }
    return best;
}

// The average of the map in a rectangle, by points of a grid.
float likelihood_in(Likelihood const& map, Rectangle const& box) {
    constexpr int most_along = 96, most_across = 12;
    int const columns = std::clamp(static_cast<int>(box.length), 2, most_along),
              rows = std::clamp(static_cast<int>(box.height), 2, most_across);
    float sum = 0;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            float const u = ((static_cast<float>(column) + 0.5F) / static_cast<float>(columns) - 0.5F) * box.length;
            float const v = ((static_cast<float>(row) + 0.5F) / static_cast<float>(rows) - 0.5F) * box.height;
            float const x = box.middle.x + u * box.along - v * box.down,
                        y = box.middle.y + u * box.down + v * box.along;
            if (x < 0 || y < 0 || x >= static_cast<float>(map.width) || y >= static_cast<float>(map.height)) continue;
            sum += map.values[static_cast<std::size_t>(y) * map.width + static_cast<std::size_t>(x)];
        }
    }
    return sum / static_cast<float>(rows * columns);
}

// Grown to the whole line and brought to pixels of the picture.
Line line_of(Likelihood const& map, Rectangle box) {
    float const margin = box.length * box.height * grow / (2 * (box.length + box.height));
    box.length += 2 * margin;
    box.height += 2 * margin;
    bool const steep = std::abs(box.down) > std::abs(box.along);
    if (steep && box.length < clearly_upright * box.height)
        box = {box.middle, -box.down, box.along, box.height, box.length};
    bool const backwards = std::abs(box.down) > std::abs(box.along) ? box.down < 0 : box.along < 0;
    if (backwards) {
        box.along = -box.along;
        box.down = -box.down;
    }
    // The two scales differ by a rounding only.
    float const scale = (map.scale_x + map.scale_y) / 2;
    Line line;
    line.along = box.along;
    line.down = box.down;
    line.length = box.length * scale;
    line.height = box.height * scale;
    line.x = box.middle.x * map.scale_x - line.along * line.length / 2;
    line.y = box.middle.y * map.scale_y - line.down * line.length / 2;
    line.rows = 1;
    line.aside = 0;
    return line;
}

}  // namespace

FoundLines find_boxes(Likelihood const& map, std::size_t most) {
    FoundLines found;
    std::vector<Line>& lines = found.lines;
    if (map.values.size() < std::size_t{map.width} * map.height) return found;
    std::vector<std::vector<Run>> groups = connect(find_runs(map));
    std::stable_sort(groups.begin(), groups.end(),
                     [](auto const& one, auto const& other) { return one.size() > other.size(); });
    if (groups.size() > most_spots) {
        // A box of fewer rows is none.
        found.more = static_cast<float>(groups[most_spots].size()) >= least_side;
        groups.resize(most_spots);
    }
    for (std::vector<Run> const& group : groups) {
        Rectangle const box = rectangle_around(hull_of(group));
        if (box.height < least_side || likelihood_in(map, box) < least_likely_box) continue;
        Line const line = line_of(map, box);
        if (std::min(box.length, box.height) > 0) lines.push_back(line);
    }
    std::stable_sort(lines.begin(), lines.end(), [](Line const& one, Line const& other) {
        return one.length * one.height > other.length * other.height;
    });
    found.more |= lines.size() > most;
    if (lines.size() > most) lines.resize(most);
    return found;
}

Line reversed(Line const& line) {
    Line out = line;
    out.x = line.x + line.along * line.length;
    out.y = line.y + line.down * line.length;
    out.along = -line.along;
    out.down = -line.down;
    return out;
}

std::vector<Line> join_pieces(std::vector<Line> lines) {
    constexpr float widest = 1.0F, deepest = 0.25F, most_ratio = 1.5F, overlap = 0.6F;  // of the height
    std::vector<std::size_t> next(lines.size(), lines.size());
    std::vector<bool> is_next(lines.size(), false);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Line const& line = lines[i];
        float nearest = widest * line.height;
        std::size_t best = lines.size();
        for (std::size_t k = 0; k < lines.size(); ++k) {
            Line const& other = lines[k];
            float const tall = std::max(line.height, other.height);
            if (k == i || is_next[k] || tall > most_ratio * std::min(line.height, other.height) ||
                line.along * other.along + line.down * other.down < 0.99F)
                continue;
            float const x = other.x - line.x - line.along * line.length, y = other.y - line.y - line.down * line.length;
            float const gap = x * line.along + y * line.down, step = std::abs(y * line.along - x * line.down);
            if (gap > nearest || gap < -overlap * tall || gap < -0.5F * std::min(line.length, other.length) ||
                step > deepest * tall)
                continue;
            nearest = gap;
            best = k;
        }
        if (best == lines.size()) continue;
        next[i] = best;
        is_next[best] = true;
    }
    std::vector<Line> joined;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (is_next[i]) continue;
        Line line = lines[i];
        std::size_t left = lines.size();  // a ring of pieces has no beginning, and is left as it is
        for (std::size_t k = next[i]; k < lines.size() && left-- > 0; k = next[k]) {
            Line const& piece = lines[k];
            float const x = piece.x + piece.along * piece.length - line.x,
                        y = piece.y + piece.down * piece.length - line.y;
            float const length = std::hypot(x, y);
            if (length <= 0) break;
            line.along = x / length;
            line.down = y / length;
            line.length = length;
            line.height = std::max(line.height, piece.height);
        }
        joined.push_back(line);
    }
    return joined;
}

std::vector<Line> reading_order_any_way(std::vector<Line> lines) {
    // How much runs to the right, down, to the left, up.
    float lengths[4] = {};
    for (Line const& line : lines) {
        bool const steep = std::abs(line.down) > std::abs(line.along);
        lengths[steep ? (line.down > 0 ? 1 : 3) : (line.along > 0 ? 0 : 2)] += line.length;
    }
    auto const quarters =
        static_cast<int>(std::max_element(std::begin(lengths), std::end(lengths)) - std::begin(lengths));
    for (Line& line : lines) line = quarter_turned(line, quarters);
    lines = reading_order(lines);
    for (Line& line : lines) line = quarter_turned(line, 4 - quarters);
    return lines;
}

}  // namespace keepmum::ocr
