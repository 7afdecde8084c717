// What lies under a transparent picture while it is looked at.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace keepmum {

// White, as on most pages; black where more of what can be seen is light than is not, as writing that was made for a dark page is: over
// white nobody would see it. `rgba` has four bytes a pixel, colours not multiplied by alpha.
inline std::uint8_t paper_under(std::span<std::uint8_t const> rgba) {
    constexpr unsigned seen = 128, light = 200;
    std::size_t lights = 0, others = 0, clear = 0;
    for (std::size_t i = 0; i + 3 < rgba.size(); i += 4) {
        if (rgba[i + 3] < seen) ++clear;
        else ++((rgba[i] * 77u + rgba[i + 1] * 150u + rgba[i + 2] * 29u) >> 8 >= light ? lights : others);
    }
    return clear > 0 && lights > others ? 0 : 255;
}

inline std::uint8_t lay_over(std::uint8_t paper, unsigned value, unsigned alpha) {
    return static_cast<std::uint8_t>((value * alpha + paper * (255 - alpha)) / 255);
}

}  // namespace keepmum
