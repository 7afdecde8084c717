// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/tree.h"
#include "base/message.h"
#include "packs/house/sites.h"

namespace keepmum {
namespace {

constexpr int corners_of_a_circle = 48;  // the border then lies within 0.3 % of the radius
constexpr double largest = 200000;       // metres: beyond, the plane of the viewer bends

Result<Position> read_corner(Tree const& pair, std::string_view key) {
    auto is_number = [](Tree const& value) { return value.is(Tree::Kind::integer) || value.is(Tree::Kind::floating); };
    if (!pair.is(Tree::Kind::array) || pair.items().size() != 2 || !is_number(pair.items()[0]) || !is_number(pair.items()[1])) {
        return pair.complain(key, Message::entry_degrees);
    }
    Position const position{pair.items()[0].number(), pair.items()[1].number()};
    if (!is_position(position)) return pair.complain(key, Message::entry_position);
    return position;
}

Result<double> read_metres(Tree const& table, std::string_view key, double fallback) {
    double const metres = TRY(table.number(key, fallback));
    if (!(metres > 0 && metres <= largest)) return table.find(key)->complain(key, Message::entry_metres);
    return metres;
}

Result<std::vector<Position>> read_border(Tree const& table) {
    Tree const *const border = table.find("border"), *const point = table.find("point");
    if ((border != nullptr) == (point != nullptr)) return table.complain("site", Message::entry_point_or_border);
    std::vector<Position> corners;
    if (point) {
        Position const middle = TRY(read_corner(*point, "point"));
        double const radius = TRY(read_metres(table, "radius", 100));
        for (int i = 0; i < corners_of_a_circle; ++i) corners.push_back(travel(middle, {radius, i * 360.0 / corners_of_a_circle}));
        return corners;
    }
    if (table.has("radius")) return table.find("radius")->complain("radius", Message::entry_border_radius);
    for (Tree const& corner : border->items()) corners.push_back(TRY(read_corner(corner, "border")));
    if (corners.size() < 3) return border->complain("border", Message::entry_border_corners);
    for (Position const& corner : corners) {
        if (course_between(corners[0], corner).metres > largest) return border->complain("border", Message::entry_border_wide);
    }
    return corners;
}

}  // namespace

Result<std::vector<Site>> read_sites(std::string_view text, std::string_view file) {
    Tree const root = TRY(parse_toml(text, file));
    TRY(root.only({"site"}));
    std::vector<Site> sites;
    for (Tree const& table : TRY(root.tables("site"))) {
        TRY(table.only({"name", "level", "point", "radius", "border", "near", "seen"}));
        Site site;
        site.name = TRY(table.text("name"));
        if (site.name.empty()) return table.complain("name", Message::entry_empty);
        site.level = TRY(read_level(table, site.level));
        site.border = TRY(read_border(table));
        site.near = TRY(read_metres(table, "near", site.near));
        site.seen = TRY(read_metres(table, "seen", site.seen));
        sites.push_back(std::move(site));
    }
    return sites;
}

}  // namespace keepmum
