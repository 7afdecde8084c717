// Where a picture may hold lines of writing: dark on light, or light on dark, at any size and some slant.
//
// Readers of text are trained on pages. Given a photograph they read nothing, or leaves as letters, and take seconds
// for it. So lines are looked for first, by what all writing has in common: small spots of one kind of light against
// what is around them, of like height, side by side along a straight line. What is found is cut out, set upright and
// evened before it is read.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "extract/ocr/grey.h"

namespace keepmum::ocr {

// Pixels: a picture whose shorter side is less is one line of writing.
inline constexpr std::uint32_t low_side = 80;

// How many heights of a line are cut out above and below together, and how many before it and behind it each: what hangs out of a
// line, some paper, and full stops, which are no neighbours of letters.
inline constexpr float cut_rows = 1.56F, cut_aside = 0.7F;

// A line of writing in pixels of the picture. It begins in the middle of its left edge and runs along the direction
// (along, down), which has length 1.
struct Line {
    float x = 0, y = 0;
    float along = 1, down = 0;
    float length = 0, height = 0;
    std::uint32_t spots = 0;  // how many stand along it
    float regular = 0;        // how much it looks like writing, 0 to 1
    float rows = cut_rows, aside = cut_aside;  // how much is cut out around it
};

// Some connected ink, in pixels; right and bottom lie outside.
struct Spot {
    std::int32_t left = 0, top = 0, right = 0, bottom = 0;
    std::int32_t pixels = 0;
    std::int32_t width() const { return right - left; }
    std::int32_t height() const { return bottom - top; }
};

struct FoundLines {
    std::vector<Line> lines;
    bool more = false;   // what may be lines was left out
    bool whole = true;   // false: the picture is so long that its end was not looked at
};

// Lines of fewer spots may as well be other things.
inline constexpr std::uint32_t few_spots = 5;

// Most likely lines first. At most `most` of them.
FoundLines find_lines(Grey const& picture, std::size_t most);

// Lines that are too long to be cut out at once as several that overlap.
std::vector<Line> part_long(std::vector<Line> const& lines);

// The line as it lies where the picture is turned about its upper left so many times by a quarter, counter-clockwise.
Line quarter_turned(Line line, int times);

// A line cut out of its picture: upright, dark on white (there is less ink than paper), so many pixels high.
Grey cut_line(Grey const& picture, Line const& line, std::uint32_t height);

// The same with the light that it has.
Grey cut_raw(Grey const& picture, Line const& line, std::uint32_t height);

// What of a line is ink: the rarer kind of light in it.
enum class Ink : std::uint8_t { dark, light };
Ink ink_of(Grey const& picture, Line const& line);

// Lines in the order in which people read them: block by block, each from above. Their numbers, and they themselves.
std::vector<std::uint32_t> order_of(std::vector<Line> const& lines);
std::vector<Line> reading_order(std::vector<Line> const& lines);

}  // namespace keepmum::ocr
