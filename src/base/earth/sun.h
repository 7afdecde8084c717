// Where the sun stands: shadows tell the hour as well as a clock does.
//
// The low-accuracy series of J. Meeus, Astronomical Algorithms (2nd ed.), chapters 12, 22, 25: within 0.01° from 1900 to
// 2100, without the refraction of the air (half a degree at the horizon, a sixtieth at 45°).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "base/earth/geo.h"

namespace keepmum {

struct Sun {
    double azimuth = 0;   // degrees from true north, clockwise
    double altitude = 0;  // degrees above the horizon
};

// `seconds` since 1970-01-01T00:00:00Z.
Sun sun_at(Position position, double seconds);

// Seconds since 1970-01-01T00:00:00Z of "2024-05-03T06:22:07", with or without a fraction and "Z" (not looked at);
// nothing where that is no day and hour between the years 1 and 9999.
std::optional<double> seconds_of(std::string_view date_and_time);

}  // namespace keepmum
