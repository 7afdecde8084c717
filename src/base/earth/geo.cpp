// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/earth/geo.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace keepmum {

namespace {

constexpr double equator = 6378137.0, flattening = 1 / 298.257223563;  // WGS 84: metres, ratio
constexpr double pole = equator * (1 - flattening);
constexpr double mean_radius = 6371008.8;
constexpr double converged = 1e-12;
constexpr int most_rounds = 100;

constexpr double radians(double degrees) { return degrees * std::numbers::pi / 180; }
constexpr double degrees(double radians) { return radians * 180 / std::numbers::pi; }

double turn(double degrees) {
    double const rest = std::fmod(degrees, 360);
    double const turned = rest < 0 ? rest + 360 : rest;
    return turned >= 360 ? 0 : turned;  // a tiny negative rest rounds up to 360
}

// Latitude on the auxiliary sphere.
double reduced(double north) { return std::atan((1 - flattening) * std::tan(radians(north))); }

// Vincenty's series in the square of the second eccentricity.
struct Series {
    double a, b;
    explicit Series(double cos_squared_alpha) {
        double const u = cos_squared_alpha * (equator * equator - pole * pole) / (pole * pole);
        a = 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)));
        b = u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
    }
    double correction(double sin_sigma, double cos_sigma, double middle) const {
        return b * sin_sigma * (middle + b / 4 * (cos_sigma * (2 * middle * middle - 1) -
               b / 6 * middle * (4 * sin_sigma * sin_sigma - 3) * (4 * middle * middle - 3)));
    }
};

double longitude_correction(double cos_squared_alpha) {
    return flattening / 16 * cos_squared_alpha * (4 + flattening * (4 - 3 * cos_squared_alpha));
}

Course on_a_sphere(Position from, Position to) {
    double const a = radians(from.north), b = radians(to.north), l = radians(to.east - from.east);
    double const h = std::pow(std::sin((b - a) / 2), 2) + std::cos(a) * std::cos(b) * std::pow(std::sin(l / 2), 2);
    double const bearing = std::atan2(std::sin(l) * std::cos(b), std::cos(a) * std::sin(b) - std::sin(a) * std::cos(b) * std::cos(l));
    return {2 * mean_radius * std::asin(std::sqrt(std::clamp(h, 0.0, 1.0))), turn(degrees(bearing))};
}

struct Point {
    double x = 0, y = 0;  // metres to the right of and along a direction
};

// The border in the plane around `from`, with `direction` along y.
std::vector<Point> project(Position from, double direction, Border border) {
    std::vector<Point> points;
    for (Position const& corner : border) {
        Course const course = course_between(from, corner);
        double const angle = radians(course.bearing - direction);
        points.push_back({course.metres * std::sin(angle), course.metres * std::cos(angle)});
    }
    return points;
}

bool holds_origin(std::vector<Point> const& points) {
    bool inside = false;
    for (std::size_t i = 0, last = points.size() - 1; i < points.size(); last = i++) {
        Point const &a = points[i], &b = points[last];
        if ((a.y > 0) != (b.y > 0) && 0 < (b.x - a.x) * (0 - a.y) / (b.y - a.y) + a.x) inside = !inside;
    }
    return inside;
}

// From the origin to the part of a → b between the shares `begin` and `end` of it.
double nearest(Point a, Point b, double begin, double end) {
    double const dx = b.x - a.x, dy = b.y - a.y, length = dx * dx + dy * dy;
    double const at = std::clamp(length > 0 ? -(a.x * dx + a.y * dy) / length : 0.0, begin, end);
    return std::hypot(a.x + at * dx, a.y + at * dy);
}

// Keeps of [begin, end] what lies where `at_a` + share · (at_b − at_a) is not negative.
void keep_side(double at_a, double at_b, double& begin, double& end) {
    if (at_a >= 0 && at_b >= 0) return;
    if (at_a < 0 && at_b < 0) end = -1;
    else if (at_a < 0) begin = std::max(begin, at_a / (at_a - at_b));
    else end = std::min(end, at_a / (at_a - at_b));
}

}  // namespace

bool is_position(Position position) {
    return std::isfinite(position.north) && std::isfinite(position.east) && std::abs(position.north) <= 90 &&
           std::abs(position.east) <= 180;
}

Course course_between(Position from, Position to) {
    double const l = radians(to.east - from.east), u1 = reduced(from.north), u2 = reduced(to.north);
    double const sin_u1 = std::sin(u1), cos_u1 = std::cos(u1), sin_u2 = std::sin(u2), cos_u2 = std::cos(u2);
    double lambda = l;
    for (int round = 0; round < most_rounds; ++round) {
        double const sin_lambda = std::sin(lambda), cos_lambda = std::cos(lambda);
        double const across = cos_u2 * sin_lambda, along = cos_u1 * sin_u2 - sin_u1 * cos_u2 * cos_lambda;
        double const sin_sigma = std::hypot(across, along);
        if (sin_sigma == 0) return {};  // the same place
        double const cos_sigma = sin_u1 * sin_u2 + cos_u1 * cos_u2 * cos_lambda, sigma = std::atan2(sin_sigma, cos_sigma);
        double const sin_alpha = cos_u1 * cos_u2 * sin_lambda / sin_sigma, cos_squared = 1 - sin_alpha * sin_alpha;
        double const middle = cos_squared > 0 ? cos_sigma - 2 * sin_u1 * sin_u2 / cos_squared : 0;  // 0: along the equator
        double const c = longitude_correction(cos_squared), before = lambda;
        lambda = l + (1 - c) * flattening * sin_alpha *
                         (sigma + c * sin_sigma * (middle + c * cos_sigma * (2 * middle * middle - 1)));
        if (std::abs(lambda - before) > converged) continue;
        Series const series(cos_squared);
        return {pole * series.a * (sigma - series.correction(sin_sigma, cos_sigma, middle)), turn(degrees(std::atan2(across, along)))};
    }
    return on_a_sphere(from, to);
}

Position travel(Position from, Course course) {
    double const alpha = radians(course.bearing), u1 = reduced(from.north);
    double const sin_u1 = std::sin(u1), cos_u1 = std::cos(u1), sin_alpha1 = std::sin(alpha), cos_alpha1 = std::cos(alpha);
    double const sigma1 = std::atan2(std::tan(u1), cos_alpha1), sin_alpha = cos_u1 * sin_alpha1, cos_squared = 1 - sin_alpha * sin_alpha;
    Series const series(cos_squared);
    double const first = course.metres / (pole * series.a);
    double sigma = first, middle = 0;
    for (int round = 0; round < most_rounds; ++round) {
        middle = std::cos(2 * sigma1 + sigma);
        double const before = sigma;
        sigma = first + series.correction(std::sin(sigma), std::cos(sigma), middle);
        if (std::abs(sigma - before) < converged) break;
    }
    double const sin_sigma = std::sin(sigma), cos_sigma = std::cos(sigma);
    double const up = sin_u1 * sin_sigma - cos_u1 * cos_sigma * cos_alpha1;
    double const north = std::atan2(sin_u1 * cos_sigma + cos_u1 * sin_sigma * cos_alpha1, (1 - flattening) * std::hypot(sin_alpha, up));
    double const lambda = std::atan2(sin_sigma * sin_alpha1, cos_u1 * cos_sigma - sin_u1 * sin_sigma * cos_alpha1);
    double const c = longitude_correction(cos_squared);
    double const l = lambda - (1 - c) * flattening * sin_alpha *
                                  (sigma + c * sin_sigma * (middle + c * cos_sigma * (2 * middle * middle - 1)));
    return {degrees(north), turn(from.east + degrees(l) + 180) - 180};
}

double half_angle(double frame, double focal) { return degrees(std::atan(frame / 2 / focal)); }

bool is_inside(Position position, Border border) { return holds_origin(project(position, 0, border)); }

double distance_to(Position position, Border border) {
    std::vector<Point> const points = project(position, 0, border);
    if (holds_origin(points)) return 0;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0, last = points.size() - 1; i < points.size(); last = i++) {
        least = std::min(least, nearest(points[last], points[i], 0, 1));
    }
    return least;
}

std::optional<double> distance_in_view(ViewCone const& view, Border border) {
    std::vector<Point> const points = project(view.from, view.direction, border);
    if (holds_origin(points)) return 0;
    double const half = radians(std::clamp(view.half, 0.0, 89.0)), sine = std::sin(half), cosine = std::cos(half);
    std::optional<double> least;
    for (std::size_t i = 0, last = points.size() - 1; i < points.size(); last = i++) {
        Point const &a = points[last], &b = points[i];
        double begin = 0, end = 1;
        // Right of the left edge of the view, and left of its right edge.
        keep_side(a.y * sine + a.x * cosine, b.y * sine + b.x * cosine, begin, end);
        keep_side(a.y * sine - a.x * cosine, b.y * sine - b.x * cosine, begin, end);
        if (begin > end) continue;
        double const metres = nearest(a, b, begin, end);
        least = std::min(least.value_or(metres), metres);
    }
    return least;
}

}  // namespace keepmum
