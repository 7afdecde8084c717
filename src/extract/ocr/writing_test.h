// Writing that the tests draw themselves, in letters of 5 × 7 dots.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstring>
#include <random>
#include <string_view>

#include "format/pixels/made_pictures_test.h"

namespace keepmum::ocr {

struct Letter {
    char letter;
    char const* rows;  // seven rows of five
};
inline constexpr Letter letters[] = {
    {'A', " ### #   ##   #######   ##   ##   #"}, {'C', " ### #   ##    #    #    #   # ### "},
    {'D', "#### #   ##   ##   ##   ##   ##### "}, {'E', "######    #    #### #    #    #####"},
    {'F', "######    #    #### #    #    #    "}, {'I', " ###   #    #    #    #    #   ### "},
    {'L', "#    #    #    #    #    #    #####"}, {'N', "#   ###  ##  ### # ##  ###  ###   #"},
    {'O', " ### #   ##   ##   ##   ##   # ### "}, {'R', "#### #   ##   ##### # #  #  # #   #"},
    {'S', " #####    #     ###     #    ##### "}, {'T', "#####  #    #    #    #    #    #  "},
    {'U', "#   ##   ##   ##   ##   ##   # ### "}, {'P', "#### #   ##   ##### #    #    #    "},
};

inline bool is_inked(char letter, int column, int row) {
    for (Letter const& one : letters) {
        if (one.letter == letter) return one.rows[row * 5 + column] == '#';
    }
    return false;
}

struct Look {
    std::uint8_t ink = 20, paper = 245;
    float dot = 5;    // pixels of a dot's side
    float slope = 0;  // of the line
};

// Writes on a picture; (x, y) is the upper left of the first letter. Edges are soft, as a lens or a printer makes them.
inline void write_on(Pixels& picture, std::string_view text, float x, float y, Look const& look = {}) {
    float const stretch = std::sqrt(1 + look.slope * look.slope);
    for (std::uint32_t row = 0; row < picture.height; ++row) {
        for (std::uint32_t column = 0; column < picture.width; ++column) {
            int covered = 0;
            for (int point = 0; point < 9; ++point) {
                float const dx = static_cast<float>(column) + static_cast<float>(point % 3) / 2 - x,
                            dy = static_cast<float>(row) + static_cast<float>(point / 3) / 2 - y;
                float const along = (dx + dy * look.slope) / stretch / look.dot,
                            down = (dy - dx * look.slope) / stretch / look.dot;
                if (along < 0 || down < 0 || down >= 7) continue;
                auto const at = static_cast<std::size_t>(along / 6);
                int const inside = static_cast<int>(along) % 6;
                if (at < text.size() && inside < 5) covered += is_inked(text[at], inside, static_cast<int>(down));
            }
            for (int colour = 0; colour < 3; ++colour) {
                std::uint8_t& value =
                    picture.rgb[(std::size_t{row} * picture.width + column) * 3 + static_cast<std::size_t>(colour)];
                value = static_cast<std::uint8_t>((value * (9 - covered) + look.ink * covered) / 9);
            }
        }
    }
}

inline Pixels blank(std::uint32_t width, std::uint32_t height, std::uint8_t paper = 245) {
    return {width, height, std::vector<std::uint8_t>(std::size_t{width} * height * 3, paper)};
}

// Gravel, leaves, waves: smooth noise of several sizes.
inline Pixels draw_texture(std::uint32_t seed, std::uint32_t width, std::uint32_t height) {
    std::mt19937 draw(seed);
    Pixels picture = blank(width, height);
    std::vector<float> sums(std::size_t{width} * height, 0);
    for (std::uint32_t cell : {4u, 9u, 20u, 45u}) {
        std::uint32_t const columns = width / cell + 2, rows = height / cell + 2;
        std::vector<float> nodes(std::size_t{columns} * rows);
        for (float& node : nodes) node = static_cast<float>(draw() % 1000) / 1000 - 0.5F;
        for (std::uint32_t y = 0; y < height; ++y) {
            for (std::uint32_t x = 0; x < width; ++x) {
                float const fx = static_cast<float>(x % cell) / static_cast<float>(cell),
                            fy = static_cast<float>(y % cell) / static_cast<float>(cell);
                float const* const node = &nodes[std::size_t{y / cell} * columns + x / cell];
                sums[std::size_t{y} * width + x] += (node[0] * (1 - fx) + node[1] * fx) * (1 - fy) +
                                                    (node[columns] * (1 - fx) + node[columns + 1] * fx) * fy;
            }
        }
    }
    for (std::size_t i = 0; i < sums.size(); ++i) {
        auto const value = static_cast<std::uint8_t>(std::min(255.0F, std::max(0.0F, 128 + 110 * sums[i])));
        std::memset(&picture.rgb[i * 3], value, 3);
    }
    return picture;
}

}  // namespace keepmum::ocr
