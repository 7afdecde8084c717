// Pictures held whole, as the cleaner needs them: every frame and page, with what a viewer shows and nothing else.
//
// Canvas (format/pixels/canvas.h) is for those who look at one picture row by row. Whoever writes a picture anew needs
// its transparency, its depth, its frames and how they follow one another, and the colour profile until colours
// are converted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "format/pixels/canvas.h"

namespace keepmum {

// Rows from above, pixels from the left.
struct Raster {
    std::uint32_t width = 0, height = 0;
    std::uint32_t channels = 3;  // 1 grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha (not multiplied in)
    std::uint32_t depth = 1;     // bytes a sample: 1, or 2 in this machine's order
    std::vector<std::uint8_t> samples;

    std::size_t pixel_size() const { return std::size_t{channels} * depth; }
    std::size_t row_size() const { return width * pixel_size(); }
    std::uint8_t* row(std::size_t y) { return samples.data() + y * row_size(); }
    std::uint8_t const* row(std::size_t y) const { return samples.data() + y * row_size(); }
    bool has_alpha() const { return channels % 2 == 0; }
    friend bool operator==(Raster const&, Raster const&) = default;
};

// What the numbers of a raster mean, as far as its file says.
struct Colours {
    std::string icc;              // a profile (ISO 15076-1), or ""
    double gamma = 0;             // of the file, as PNG has it (0.45455); 0: not said
    double chromaticities[8] = {};  // white, red, green, blue: x and y each; all 0: not said
    bool inks = false;            // four inks instead of RGB and alpha; 255 is no ink
};

// What becomes of a frame before the next one is drawn.
enum class Dispose : std::uint8_t { keep, clear, restore };

// Pixels that one sample of colour spans: more than 1 in most JPEGs.
struct Sampling {
    std::uint32_t across = 1, down = 1;
    friend bool operator==(Sampling const&, Sampling const&) = default;
};

struct Frame {
    Raster raster;
    std::uint32_t left = 0, top = 0;  // on the album's canvas; 0 but in GIF animations
    std::uint32_t delay = 0, delay_unit = 1000;  // shown for delay / delay_unit seconds
    Dispose dispose = Dispose::keep;
    Colours colours;
    std::uint32_t orientation = 1;    // 1 to 8, as Exif has it
    Sampling sampling;                // of its colours in the file, as stored
};

struct Album {
    std::string_view media;  // of what it is to be written as; static storage
    enum class Kind : std::uint8_t { still, pages, animation };
    Kind kind = Kind::still;
    std::uint32_t width = 0, height = 0;  // of an animation's canvas
    std::uint32_t loops = 0;              // how often an animation is shown, 0: for ever
    std::vector<Frame> frames;            // at least one
    std::uint32_t most = 255;             // PNM alone: the value of full light
    std::string_view form;                // PNM alone: "P4", "P5", "P6" or "P7"
    // What a viewer may show and the frames have not, one plain English clause each; no content of the file.
    std::vector<std::string> left_out;
    // What reading did to its colours, one plain English clause each.
    std::vector<std::string> changed;
};

// The album of a file, known by its content. Pixels that the file ends too early for are Trouble, never silence.
std::variant<Album, Trouble> read_album(std::string_view bytes);

// Bytes of samples that an album may take: with what the encoder needs beside it this fits a worker's memory.
inline constexpr std::uint64_t most_held = 300u << 20;
// Trouble where `more` bytes on top of `held` are too many.
std::optional<Trouble> check_held(std::uint64_t held, std::uint64_t more);

// Each for one format; read_album() chooses.
std::optional<Trouble> read_jpeg(std::string_view bytes, Album& album);
std::optional<Trouble> read_png(std::string_view bytes, Album& album);
std::optional<Trouble> read_gif(std::string_view bytes, Album& album);
std::optional<Trouble> read_webp(std::string_view bytes, Album& album);
std::optional<Trouble> read_tiff(std::string_view bytes, Album& album);
std::optional<Trouble> read_bmp(std::string_view bytes, Album& album);
std::optional<Trouble> read_pnm(std::string_view bytes, Album& album);
// These become JPEG, or PNG where they are transparent; Album::media says which.
std::optional<Trouble> read_jxl(std::string_view bytes, Album& album);
std::optional<Trouble> read_heif(std::string_view bytes, Album& album);
std::optional<Trouble> read_raw(std::string_view bytes, Album& album);  // always JPEG
std::optional<Trouble> read_psd(std::string_view bytes, Album& album);  // always PNG

// Of a GIF, frames as they are stored, though they reach beyond the screen, whose size may be 0; those before Trouble stand.
std::optional<Trouble> read_gif_frames(std::string_view bytes, Album& album);

}  // namespace keepmum
