// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/earth/geo.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "base/earth/sun.h"

namespace keepmum {
namespace {

double degrees(int whole, int minutes, double seconds) { return whole + minutes / 60.0 + seconds / 3600; }

// A square of `side` metres, its middle so far off in that direction, its sides across and along.
std::vector<Position> square(Position from, Course course, double side) {
    Position const middle = travel(from, course);
    std::vector<Position> corners;
    for (double turn : {45.0, 135.0, 225.0, 315.0}) corners.push_back(travel(middle, {side / std::sqrt(2.0), course.bearing + turn}));
    return corners;
}

// Flinders Peak to Buninyong, the example of the Geocentric Datum of Australia's technical manual (on GRS 80, which
// differs from WGS 84 by a tenth of a millimetre).
TEST(Geo, DistanceAndBearingOfThePublishedExample) {
    Position const flinders{-degrees(37, 57, 3.72030), degrees(144, 25, 29.52440)};
    Position const buninyong{-degrees(37, 39, 10.15610), degrees(143, 55, 35.38390)};
    Course const course = course_between(flinders, buninyong);
    EXPECT_NEAR(course.metres, 54972.271, 0.001);
    EXPECT_NEAR(course.bearing, degrees(306, 52, 5.37), 0.01 / 3600);
    Position const arrived = travel(flinders, course);
    EXPECT_NEAR(arrived.north, buninyong.north, 1e-9);
    EXPECT_NEAR(arrived.east, buninyong.east, 1e-9);
}

TEST(Geo, OddPlaces) {
    EXPECT_EQ(course_between({10, 20}, {10, 20}).metres, 0);
    EXPECT_NEAR(course_between({0, 0}, {0, 1}).metres, 111319.491, 0.001);   // along the equator
    EXPECT_NEAR(course_between({0, 179.5}, {0, -179.5}).metres, 111319.491, 0.001);  // over the date line
    EXPECT_NEAR(course_between({0, 179.5}, {0, -179.5}).bearing, 90, 1e-9);
    EXPECT_NEAR(course_between({0, 0}, {0, 180}).metres, 20015000, 100000);  // opposite: no quick answer
    EXPECT_NEAR(course_between({90, 0}, {89, 0}).metres, 111693.865, 0.01);
    EXPECT_TRUE(is_position({-90, 180}));
    EXPECT_FALSE(is_position({std::nan(""), 0}));
    EXPECT_FALSE(is_position({90.1, 0}));
}

TEST(Geo, InsideAndBeside) {
    for (Position const from : {Position{39.9, 116.4}, Position{-33.9, 18.4}, Position{0.001, 179.9999}, Position{69.6, -18.9}}) {
        std::vector<Position> const around = square(from, {100, 30}, 300);
        EXPECT_TRUE(is_inside(from, around));
        EXPECT_EQ(distance_to(from, around), 0);
        std::vector<Position> const beyond = square(from, {1000, 30}, 300);
        EXPECT_FALSE(is_inside(from, beyond));
        EXPECT_NEAR(distance_to(from, beyond), 850, 0.5);
    }
}

// Fifty cases with answers known beforehand: a square site 200 m wide whose middle is 1 km off spans 6.3° to either side at its
// near edge (atan(100/900)), so it enters a view of ±33° (28 mm, frame of 36) where its middle is less than 39° aside.
TEST(Geo, FiftyViews) {
    int cases = 0;
    double const half = half_angle(36, 28), reach = half + std::atan(100.0 / 900) * 180 / 3.14159265358979;
    EXPECT_NEAR(half, 32.7352, 0.0001);
    for (Position const from : {Position{39.9042, 116.4074}, Position{-34.6, -58.4}, Position{51.5, 0.0}, Position{0.0, 179.999}, Position{65.0, 25.0}}) {
        for (double const aside : {0.0, 20.0, 38.0, -38.0, 40.5, -40.5, 90.0, 180.0, -reach + 0.2, reach + 0.2}) {
            ViewCone const view{from, 350, half};
            std::optional<double> const seen = distance_in_view(view, square(from, {1000, 350 + aside}, 200));
            EXPECT_EQ(seen.has_value(), std::abs(aside) < reach) << "at " << from.north << ", " << aside << "° aside";
            if (seen && aside == 0) { EXPECT_NEAR(*seen, 900, 0.1); }
            if (seen) { EXPECT_LT(*seen, 1106); }
            ++cases;
        }
    }
    EXPECT_EQ(cases, 50);
    Position const here{39.9, 116.4};
    EXPECT_EQ(distance_in_view({here, 10, 20}, square(here, {10, 180}, 300)), 0);  // from inside
    // Wider than the view, with all corners outside of it.
    EXPECT_NEAR(distance_in_view({here, 90, 10}, square(here, {1000, 90}, 1800)).value_or(-1), 100, 0.5);
}

// National Renewable Energy Laboratory, TP-560-34302 (Solar Position Algorithm), its example: topocentric
// elevation without refraction 39.872046°, azimuth 194.34024°.
TEST(Sun, PublishedExample) {
    Sun const sun = sun_at({39.742476, -105.1786}, *seconds_of("2003-10-17T19:30:30"));
    EXPECT_NEAR(sun.altitude, 39.872046, 0.01);
    EXPECT_NEAR(sun.azimuth, 194.34024, 0.01);
}

// Meeus' example 25.a: 1992-10-13, 0h: apparent right ascension 198.38083°, declination −7.78507°. At the north pole the
// altitude is the declination; and where the sidereal time there is the right ascension, the sun stands in the south.
TEST(Sun, AlmanacValues) {
    EXPECT_NEAR(sun_at({90, 0}, *seconds_of("1992-10-13T00:00:00")).altitude, -7.78507, 0.005);
    // Equinoxes and solstices as published for 2024: March 20 03:06, June 20 20:51, September 22 12:44, December 21 09:20.
    EXPECT_NEAR(sun_at({90, 0}, *seconds_of("2024-03-20T03:06:00")).altitude, 0, 0.005);
    EXPECT_NEAR(sun_at({90, 0}, *seconds_of("2024-06-20T20:51:00")).altitude, 23.4385, 0.005);
    EXPECT_NEAR(sun_at({90, 0}, *seconds_of("2024-09-22T12:44:00")).altitude, 0, 0.005);
    EXPECT_NEAR(sun_at({90, 0}, *seconds_of("2024-12-21T09:20:00")).altitude, -23.4385, 0.005);
    // The equation of time at its extremes: true noon at Greenwich 14 min 12 s after, 16 min 26 s before that of the clock.
    EXPECT_NEAR(sun_at({51.4779, 0}, *seconds_of("2024-02-11T12:14:12")).azimuth, 180, 0.1);
    EXPECT_NEAR(sun_at({51.4779, 0}, *seconds_of("2024-11-03T11:43:34")).azimuth, 180, 0.1);
}

TEST(Sun, ReadsHours) {
    EXPECT_EQ(seconds_of("1970-01-01T00:00:00Z"), 0);
    EXPECT_EQ(seconds_of("2024-02-29T12:00:01.5Z"), 1709208001);
    EXPECT_EQ(seconds_of("2023-02-29T12:00:00"), std::nullopt);
    EXPECT_EQ(seconds_of("2023-02-28 12:00:00"), std::nullopt);
    EXPECT_EQ(seconds_of(""), std::nullopt);
}

}  // namespace
}  // namespace keepmum
