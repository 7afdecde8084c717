// Pictures that the tests make themselves, and their files in every format.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct Pixels {
    std::uint32_t width = 0, height = 0;
    std::vector<std::uint8_t> rgb;
};

// A made-up scene of discs and bars, grey; another for each seed.
Pixels draw_scene(std::uint32_t seed, std::uint32_t width, std::uint32_t height);

// The same with texture of every size, colours and a sensor's grain over it, as photographs have.
Pixels add_detail(Pixels scene);

// How many samples of colour are kept: all, one for two pixels beside each other, or one for four.
enum class Colour : std::uint8_t { full, half, quarter };
std::string to_jpeg(Pixels const& pixels, int quality = 90, Colour colour = Colour::quarter);
// The same picture in several scans, each refining those before (ITU-T T.81 annex G).
std::string to_progressive(std::string_view jpeg);
std::string to_colour_scans(std::string_view jpeg);  // sequential, each colour in a scan of its own
std::string to_png(Pixels const& pixels);
std::string to_webp(Pixels const& pixels);
enum class Rows : std::uint8_t { straight, interlaced };
std::string to_gif(Pixels const& pixels, Rows rows = Rows::straight);
std::string to_tiff(std::vector<Pixels> const& pages);
std::string to_pnm(Pixels const& pixels);
std::string to_bmp(Pixels const& pixels, std::uint32_t bits = 24);

struct MadeFile {
    std::string_view media;
    std::string bytes;
};
std::vector<MadeFile> in_every_format(Pixels const& pixels);

}  // namespace keepmum
