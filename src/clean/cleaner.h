// Cleaners: a picture into a new file that shows the same and tells nothing more.
//
// Nothing of the input's container is carried over. The visible picture is decoded, turned upright, its colours become sRGB,
// what lies under full transparency is blanked, and one encoder with one setting a format writes the least file
// that shows it. So what comes out is a function of what is seen and of the wishes alone: the same picture wrapped in
// whatever metadata gives the same bytes (docs/formats/certificate.md).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "clean/wishes.h"

namespace keepmum {

struct Cleaned {
    std::string bytes;
    std::string media;       // "image/jpeg"
    std::string extension;   // "jpg", without the dot
    std::uint32_t width = 0, height = 0;
    std::uint64_t frames = 1;  // frames or pages
    std::uint64_t seconds = 0; // of recordings, rounded
    double db = 99;          // how like the visible picture it is, decibels; 99: every pixel the same
    int apart = 0;           // bits of 256 in which the looks of the two differ (PDQ)
    std::vector<std::string> changed;  // what was done to the picture, one plain English clause each
    std::vector<std::string> left_out; // what a viewer may have shown and this copy has not
};

// Recordings (format/recording) are cleaned the same way, but that their coded pieces are taken over as they are.

// The least decibels and most bits apart that pass as the same picture.
inline constexpr double least_db = 42;
inline constexpr int most_apart = 10;

// Decodes, writes anew, decodes what was written and compares. Runs in a worker. Trouble is a refusal, with its reason.
std::variant<Cleaned, Trouble> clean_picture(std::string_view bytes, Wishes const& wishes);

}  // namespace keepmum
