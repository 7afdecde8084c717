// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/earth/sun.h"

#include <charconv>
#include <cmath>
#include <numbers>

#include "base/earth/date.h"

namespace keepmum {

namespace {

constexpr double circle = std::numbers::pi / 180;
constexpr double seconds_a_day = 86400;
constexpr double unix_epoch = 2440587.5, year_2000 = 2451545.0;  // Julian days
constexpr double days_a_century = 36525;
constexpr double clock_drift = 69.2 / seconds_a_day;  // terrestrial time less universal time, in days, in the 2020s

double sine(double degrees) { return std::sin(degrees * circle); }
double cosine(double degrees) { return std::cos(degrees * circle); }

int number(std::string_view text) {
    int value = -1;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : -1;
}

}  // namespace

Sun sun_at(Position position, double seconds) {
    double const day = seconds / seconds_a_day + unix_epoch - year_2000;  // since noon of 2000-01-01, universal time
    double const t = (day + clock_drift) / days_a_century;
    // The sun's mean longitude, mean anomaly and equation of the centre; longitude seen from the earth, with
    // nutation and aberration.
    double const mean = 280.46646 + t * (36000.76983 + 0.0003032 * t), anomaly = 357.52911 + t * (35999.05029 - 0.0001537 * t);
    double const centre = (1.914602 - t * (0.004817 + 0.000014 * t)) * sine(anomaly) +
                          (0.019993 - 0.000101 * t) * sine(2 * anomaly) + 0.000289 * sine(3 * anomaly);
    double const node = 125.04 - 1934.136 * t, longitude = mean + centre - 0.00569 - 0.00478 * sine(node);
    double const tilt = 23.4392911 - t * (0.0130042 + t * (1.64e-7 - 5.04e-7 * t)) + 0.00256 * cosine(node);
    double const ascension = std::atan2(cosine(tilt) * sine(longitude), cosine(longitude)) / circle;
    double const declination = std::asin(sine(tilt) * sine(longitude)) / circle;
    double const century = day / days_a_century;
    double const sidereal = 280.46061837 + 360.98564736629 * day + 0.000387933 * century * century -
                            0.00478 * sine(node) * cosine(tilt);
    double const hour = sidereal + position.east - ascension;
    double const altitude = std::asin(sine(position.north) * sine(declination) +
                                      cosine(position.north) * cosine(declination) * cosine(hour)) / circle;
    double const azimuth = std::atan2(sine(hour), cosine(hour) * sine(position.north) -
                                      std::tan(declination * circle) * cosine(position.north)) / circle + 180;
    return {azimuth >= 360 ? azimuth - 360 : azimuth, altitude};
}

std::optional<double> seconds_of(std::string_view text) {
    if (text.size() < 19 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
    int const year = number(text.substr(0, 4)), month = number(text.substr(5, 2)), day = number(text.substr(8, 2));
    int const hour = number(text.substr(11, 2)), minute = number(text.substr(14, 2)), second = number(text.substr(17, 2));
    bool const is_time = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
    if (year < 1 || !is_day(year, month, day) || !is_time) return std::nullopt;
    // Days since 1970, counted in years that begin in March.
    int const from_march = (month + 9) % 12, y = year - (month < 3 ? 1 : 0);
    std::int64_t const days = 365LL * y + y / 4 - y / 100 + y / 400 + (153 * from_march + 2) / 5 + day - 1 - 719468;
    return static_cast<double>(days) * seconds_a_day + hour * 3600 + minute * 60 + second;
}

}  // namespace keepmum
