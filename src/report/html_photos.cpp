// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/html_photos.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "base/base64.h"
#include "base/earth/sun.h"
#include "base/message.h"
#include "core/photo.h"
#include "format/pixels/encode.h"
#include "report/html_parts.h"
#include "report/words.h"

namespace keepmum {

namespace {

constexpr std::size_t most_shots = 200;
constexpr double chart_width = 880, map_height = 420, line_height = 120, edge = 46;  // units of the drawings
constexpr double least_span = 300;      // metres that a map shows at least
constexpr double view_length = 70, view_half = 26;  // how a view is drawn: units, degrees
constexpr double metres_a_degree = 111320;

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

std::string_view fact(Finding const& finding, std::string_view key) {
    for (Fact const& one : finding.facts) {
        if (one.key == key) return one.value;
    }
    return {};
}

std::string text_at(double x, double y, std::string_view anchor, std::string_view text) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + std::string(anchor) + "\">" +
           escape_html(text) + "</text>";
}

std::string line(double x1, double y1, double x2, double y2, std::string_view css) {
    return "<path class=\"" + std::string(css) + "\" d=\"M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2) + "\"/>";
}

// The least of 1, 2, 5 times a power of ten that is not less than `least`.
double round_step(double least) {
    double const power = std::pow(10, std::floor(std::log10(least)));
    for (double const step : {1.0, 2.0, 5.0}) {
        if (step * power >= least) return step * power;
    }
    return 10 * power;
}

std::string degrees(double value, char positive, char negative, double step) {
    int const digits = std::clamp(static_cast<int>(std::ceil(-std::log10(step))), 0, 6);
    char text[48];
    std::snprintf(text, sizeof text, "%.*f° %c", digits, std::abs(value), value < 0 ? negative : positive);
    return text;
}

std::string pin(double x, double y, std::size_t which, Outcome outcome) {
    return "<g class=\"pin " + std::string(word(outcome)) + "\"><circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"11\"/>" +
           text_at(x, y + 4, "middle", std::to_string(which)) + "</g>";
}

std::string drawing(double height, std::string_view label, std::string const& inside) {
    return "<svg class=\"chart\" viewBox=\"0 0 " + number(chart_width) + " " + number(height) + "\" role=\"img\" aria-label=\"" +
           escape_html(label) + "\">" + inside + "</svg>";
}

// "2024-05-03" at the start of the day, or the hour where ticks are finer; from seconds since 1970.
std::string when(double seconds, double step) {
    auto days = static_cast<std::int64_t>(std::floor(seconds / 86400));
    auto const rest = static_cast<std::int64_t>(seconds - static_cast<double>(days) * 86400);
    // Civil date from days, counted in years that begin in March and eras of 400 years.
    days += 719468;
    std::int64_t const era = days / 146097, of_era = days - era * 146097;
    std::int64_t const year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    std::int64_t const of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    char text[48];
    int const y = static_cast<int>(year + era * 400 + (month > 9 ? 1 : 0)), m = static_cast<int>(month < 10 ? month + 3 : month - 9);
    int const d = static_cast<int>(of_year - (153 * month + 2) / 5 + 1);
    if (step >= 86400) std::snprintf(text, sizeof text, "%04d-%02d-%02d", y, m, d);
    else std::snprintf(text, sizeof text, "%02d-%02d %02d:%02d", m, d, static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60));
    return text;
}

}  // namespace

std::string html_picture(Exhibit const& exhibit, std::vector<Exhibit> const& all, std::vector<Outcome> const& outcomes,
                         std::string_view label) {
    if (!exhibit.picture) return "";
    Preview const& preview = *exhibit.picture;
    std::string const bytes = encode_jpeg(preview.rgb, preview.width, preview.height);
    if (bytes.empty()) return "";
    std::string const width = std::to_string(preview.full_width), height = std::to_string(preview.full_height);
    std::string boxes;
    for (Exhibit const& other : all) {
        if (!lies_on(other, exhibit)) continue;
        for (Exhibit::Box const& box : other.boxes) {
            if (box.finding < 0 || static_cast<std::size_t>(box.finding) >= outcomes.size()) continue;
            boxes += "<rect class=\"" + std::string(word(outcomes[static_cast<std::size_t>(box.finding)])) + "\"";
            boxes += " x=\"" + number(box.left / 100.0) + "\" y=\"" + number(box.top / 100.0) + "\"";
            boxes += " width=\"" + number(box.width / 100.0) + "\" height=\"" + number(box.height / 100.0) + "\"/>";
        }
    }
    return "<svg class=\"picture\" viewBox=\"0 0 " + width + " " + height + "\" style=\"max-width:" + std::to_string(preview.width) +
           "px\" role=\"img\" aria-label=\"" + escape_html(label) + "\"><image width=\"" + width + "\" height=\"" + height +
           "\" href=\"data:image/jpeg;base64," + encode_base64(bytes) + "\"/>" + boxes + "</svg>";
}

void PhotoChart::take(Verdict const& verdict) {
    Shot shot;
    for (Finding const& finding : verdict.findings) {
        if (!shot.position && finding.rule == "photo.place") {
            shot.position = read_position(fact(finding, "position"));
            std::string_view const direction = fact(finding, "direction");
            double value = 0;
            auto const [end, error] = std::from_chars(direction.data(), direction.data() + direction.size(), value);
            if (error == std::errc() && !direction.empty() && std::abs(value) <= 360) shot.direction = value;
        }
        if (shot.taken.empty() && finding.rule == "photo.time") {
            shot.seconds = seconds_of(fact(finding, "taken"));
            if (shot.seconds) shot.taken = std::string(fact(finding, "taken").substr(0, 19));
        }
    }
    if (!shot.position && !shot.seconds) return;
    if (shots_.size() >= most_shots) {
        ++untold_;
        return;
    }
    shot.name = verdict.source;
    shot.outcome = verdict.outcome;
    shots_.push_back(std::move(shot));
}

std::string PhotoChart::map() const {
    // In a plane around the middle, east to the right; over the date line the shorter way round.
    std::optional<Position> first;
    double west = 0, east = 0, south = 0, north = 0;
    auto const eastward = [&](Position const& position) { return std::remainder(position.east - first->east, 360); };
    for (Shot const& shot : shots_) {
        if (!shot.position) continue;
        if (!first) {
            first = shot.position;
            south = north = first->north;
        }
        west = std::min(west, eastward(*shot.position));
        east = std::max(east, eastward(*shot.position));
        south = std::min(south, shot.position->north);
        north = std::max(north, shot.position->north);
    }
    if (!first) return "";
    double const middle_north = (south + north) / 2, middle_east = (west + east) / 2;
    double const narrow = std::max(std::cos(middle_north * std::numbers::pi / 180), 0.01);
    double const inner_width = chart_width - 2 * edge, inner_height = map_height - 2 * edge;
    double const wide = (east - west) * metres_a_degree * narrow / inner_width, high = (north - south) * metres_a_degree / inner_height;
    double const metres = std::max({wide, high, least_span / inner_height});  // a unit of the drawing
    double const unit_east = metres / metres_a_degree / narrow, unit_north = metres / metres_a_degree;  // likewise, degrees
    auto const x_of = [&](double degrees_east) { return chart_width / 2 + (degrees_east - middle_east) / unit_east; };
    auto const y_of = [&](double degrees_north) { return map_height / 2 - (degrees_north - middle_north) / unit_north; };
    std::string out = "<rect class=\"sea\" width=\"" + number(chart_width) + "\" height=\"" + number(map_height) + "\"/>";
    double const step_north = round_step(90 * unit_north), step_east = round_step(150 * unit_east);
    double const half_north = map_height / 2 * unit_north, half_east = chart_width / 2 * unit_east;
    for (double at = std::ceil((middle_north - half_north) / step_north) * step_north; at < middle_north + half_north; at += step_north) {
        double const y = y_of(at);
        out += line(0, y, chart_width, y, "grid");
        if (y < map_height - 26) out += text_at(6, y - 4, "start", degrees(at, 'N', 'S', step_north));
    }
    double const base = first->east + middle_east;
    for (double at = std::ceil((base - half_east) / step_east) * step_east; at < base + half_east; at += step_east) {
        double const x = x_of(at - first->east);
        std::string const label = degrees(std::remainder(at, 360), 'E', 'W', step_east);
        out += line(x, 0, x, map_height, "grid") + text_at(x + 4, map_height - 8, "start", label);
    }
    std::string pins;
    for (std::size_t i = 0; i < shots_.size(); ++i) {
        Shot const& shot = shots_[i];
        if (!shot.position) continue;
        double const x = x_of(eastward(*shot.position)), y = y_of(shot.position->north);
        if (shot.direction) {
            auto const to = [&](double turn) {
                double const angle = (*shot.direction + turn) * std::numbers::pi / 180;
                return number(x + view_length * std::sin(angle)) + " " + number(y - view_length * std::cos(angle));
            };
            out += "<path class=\"view\" d=\"M" + number(x) + " " + number(y) + "L" + to(-view_half) + "L" + to(view_half) + "z\"/>";
        }
        pins += pin(x, y, i + 1, shot.outcome);
    }
    double const scale = round_step(120 * metres / 2);
    std::string const length = std::to_string(std::lround(scale >= 1000 ? scale / 1000 : scale)) + (scale >= 1000 ? " km" : " m");
    double const right = chart_width - 24, left = right - scale / metres;
    out += "<path class=\"scale\" d=\"M" + number(left) + " 22v8H" + number(right) + "v-8\"/>";
    out += text_at((left + right) / 2, 22, "middle", length);
    return drawing(map_height, text_of(Message::page_photo_map).in(language_), out + pins);
}

std::string PhotoChart::timeline() const {
    std::optional<double> first, last;
    for (Shot const& shot : shots_) {
        if (!shot.seconds) continue;
        first = std::min(first.value_or(*shot.seconds), *shot.seconds);
        last = std::max(last.value_or(*shot.seconds), *shot.seconds);
    }
    if (!first || *last - *first < 60) return "";
    double const span = *last - *first, width = chart_width - 2 * edge;
    auto const x_of = [&](double seconds) { return edge + (seconds - *first) / span * width; };
    constexpr double hour = 3600, day = 24 * hour, year = 365.25 * day;
    double step = 10 * year;
    double const steps[] = {hour / 60, hour / 12, hour / 4, hour, 3 * hour, day / 2,
                            day,       2 * day, 7 * day, 14 * day, year / 12, year / 4, year};
    for (double const one : steps) {
        if (span / one > 7) continue;
        step = one;
        break;
    }
    double const base = line_height - 38;
    std::string out = line(edge / 2, base, chart_width - edge / 2, base, "axis");
    for (double at = std::ceil(*first / step) * step; at <= *last; at += step) {
        out += line(x_of(at), base, x_of(at), base + 7, "axis") + text_at(x_of(at), base + 24, "middle", when(at, step));
    }
    std::vector<double> rows;  // where the last pin of each row stands, so that pins do not hide one another
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < shots_.size(); ++i) {
        if (shots_[i].seconds) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return *shots_[a].seconds < *shots_[b].seconds; });
    for (std::size_t const i : order) {
        double const x = x_of(*shots_[i].seconds);
        std::size_t row = 0;
        while (row < rows.size() && x - rows[row] < 24) ++row;
        if (row == rows.size()) rows.push_back(x);
        rows[row] = x;
        out += pin(x, base - 16 - 22 * static_cast<double>(std::min<std::size_t>(row, 2)), i + 1, shots_[i].outcome);
    }
    return drawing(line_height, text_of(Message::page_photo_times).in(language_), out);
}

std::string PhotoChart::list() const {
    std::string rows;
    for (std::size_t i = 0; i < shots_.size(); ++i) {
        Shot const& shot = shots_[i];
        std::string place, taken = shot.taken;
        if (shot.position) place = degrees(shot.position->north, 'N', 'S', 1e-4) + ", " + degrees(shot.position->east, 'E', 'W', 1e-4);
        std::replace(taken.begin(), taken.end(), 'T', ' ');
        rows += "<tr><td>" + std::to_string(i + 1) + "</td><td>" + html_name(say_source(language_, shot.name)) + "</td><td>";
        rows += escape_html(taken) + "</td><td>" + escape_html(place) + "</td></tr>";
    }
    std::string out = "<table class=\"shots\">" + rows + "</table>";
    if (untold_ == 0) return out;
    return out + "<p class=\"why\">" + escape_html(say(language_, Message::item_and_more, {{"count", say_number(untold_)}})) + "</p>";
}

std::string PhotoChart::html() const {
    if (shots_.size() < 2 && (shots_.empty() || !shots_.front().position)) return "";
    std::string const drawn_map = map(), drawn_times = timeline();
    if (drawn_map.empty() && drawn_times.empty()) return "";
    std::string out = "<h2>" + escape_html(text_of(Message::page_photos).in(language_)) + "</h2>\n<div class=\"box photos\">";
    auto const add = [&](std::string const& drawn, Message hint) {
        if (drawn.empty()) return;
        out += "<figure>" + drawn + "<figcaption>" + escape_html(text_of(hint).in(language_)) + "</figcaption></figure>";
    };
    add(drawn_map, Message::page_photo_map_hint);
    add(drawn_times, Message::page_photo_times_hint);
    return out + list() + "</div>\n";
}

}  // namespace keepmum
