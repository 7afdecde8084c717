// Places on the earth: how far, in which direction, inside what, in whose view.
//
// Distances and directions are those of the WGS 84 ellipsoid (T. Vincenty, Survey Review XXIII 176, 1975: direct and
// inverse solutions), good to a millimetre; what is in view is reckoned in the plane of distances and directions from the
// viewer, in which both are exact and only edges tens of kilometres long would bend.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>

namespace keepmum {

struct Position {
    double north = 0, east = 0;  // degrees, WGS 84; south and west are negative
    friend bool operator==(Position const&, Position const&) = default;
};

// Whether both are finite and north lies within ±90, east within ±180.
bool is_position(Position position);

struct Course {
    double metres = 0;
    double bearing = 0;  // degrees from true north at the start, clockwise, [0, 360)
};

// The shortest way. Where the two lie nearly opposite on the earth, where the ellipsoid has no quick answer,
// that of a sphere (0.5 % off).
Course course_between(Position from, Position to);

// Where one arrives.
Position travel(Position from, Course course);

// The part of the horizon that a camera sees: `half` degrees to either side of `direction`, at most 89.
struct ViewCone {
    Position from;
    double direction = 0;  // degrees from true north
    double half = 0;
};

// Half of the angle that is seen across a frame `frame` millimetres wide through a focal length in millimetres.
double half_angle(double frame, double focal);

// An area's border, in order, closed by itself; at least three corners, none further from the viewer than a few hundred kilometres.
using Border = std::span<Position const>;

bool is_inside(Position position, Border border);
// Metres to the nearest point of the area, 0 inside.
double distance_to(Position position, Border border);
// Metres to the nearest point of the area that is in view, and nothing where none is. From inside: 0.
std::optional<double> distance_in_view(ViewCone const& view, Border border);

}  // namespace keepmum
