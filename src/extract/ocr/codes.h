// Bar codes and two-dimensional codes in pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/extractor.h"
#include "extract/ocr/grey.h"

namespace keepmum {

// "ocr.codes". One piece of evidence of media `picture_code_media` (core/picture_text.h) for each code, with steps page:N in files with
// several pictures and region:code-N. It accounts for none of the file's bytes, and leaves gaps to those that do, but the one for a
// picture with more codes than are read.
Extractor const* picture_code_extractor();

namespace ocr {

struct Code {
    std::string_view symbology;  // "QR code"
    std::string text;            // valid UTF-8; bytes that are none became the characters of Latin-1
    float left = 0, top = 0, right = 0, bottom = 0;  // pixels of the picture
    bool linear = false;                             // stripes: read wrongly now and then
};

// The codes in a picture, from above, at most `most_codes`. Takes time of its pixels; small pictures are tried in more ways.
inline constexpr std::size_t most_codes = 64;
struct FoundCodes {
    std::vector<Code> codes;
    bool more = false;  // than these
};
FoundCodes find_codes(Grey const& picture);

// The four points of a picture that become the corners (upper left, upper right, lower right, lower left) of a new one.
struct Corner {
    float x = 0, y = 0;
};
Grey seen_from(Grey const& picture, std::array<Corner, 4> const& corners, std::uint32_t width, std::uint32_t height);

}  // namespace ocr
}  // namespace keepmum
