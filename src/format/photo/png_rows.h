// Rows of a PNG as its filters give them back (PNG, clauses 7 to 9), one at a time.
//
// A decoder stops at the declared height and shows nothing where alpha is 0, or hardly more. This goes on to the end of
// the data, and looks at what colours stand where nothing shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

struct PngHeader {
    std::uint32_t width = 0, height = 0;
    unsigned depth = 8, colour = 2, interlace = 0;  // as in IHDR
    std::string_view palette, transparency;         // PLTE and tRNS

    unsigned channels() const { return colour == 2 ? 3 : colour == 4 ? 2 : colour == 6 ? 4 : 1; }
    std::uint64_t row_size() const { return (std::uint64_t{width} * channels() * depth + 7) / 8; }  // without the filter's byte
    std::uint64_t data_size() const;  // unpacked, all passes
    bool is_sound() const;            // sizes and forms are ones that the standard knows
};

// The fourth filter's guess (Paeth).
unsigned predict_png(unsigned left, unsigned above, unsigned corner);

// Undoes one row's filter in place; `above` is the row over it, of the same size, zeros for the first.
void undo_png_filter(unsigned filter, std::string& row, std::string_view above, unsigned pixel_size);

// Red, green, blue, 8 bits each, alpha left out.
void append_png_row(PngHeader const& header, std::string_view row, std::string& rgb);

// Takes the unpacked data in pieces of any size.
class PngRows {
  public:
    PngRows(PngHeader const& header, std::uint64_t most_extra) : header_(header), most_extra_(most_extra) {}
    void take(std::string_view bytes);

    std::uint64_t taken() const { return taken_; }
    // Whole rows below the declared height, as RGB, at most `most_extra` bytes.
    std::uint32_t extra_rows() const { return extra_rows_; }
    std::string const& extra() const { return extra_; }
    // Whether colours that make a picture stand where alpha is 0 (one colour, or a few pixels of several, is what editors
    // leave) or 1 or 2 of 255, which nobody sees either (of those, soft edges and shadows have some, and more that
    // can be seen; a hidden picture has many, or next to nothing that is not quite opaque either).
    bool hides_colours() const {
        constexpr std::uint64_t least = 16, next_to_none = 4;  // pixels; times fewer than faint ones
        std::uint64_t const many = std::uint64_t{header_.width} * header_.height / 4;
        return clear_.others >= least ||
               (faint_.others >= least && faint_.pixels >= least + std::min(many, next_to_none * soft_pixels_));
    }

  private:
    void end_row();
    void look_under_alpha();
    void look_at(std::uint32_t colour, std::uint32_t alpha, bool clear);

    PngHeader header_;
    std::uint64_t most_extra_, taken_ = 0;
    std::string row_, above_;
    unsigned filter_ = 0;
    bool filter_known_ = false;
    std::uint64_t rows_ = 0;
    std::uint32_t extra_rows_ = 0;
    std::string extra_;
    struct Unseen {
        std::uint32_t first = 0;  // colour, with 1 << 24
        std::uint64_t pixels = 0, others = 0;  // of any colour, of another than the first
    };
    Unseen clear_, faint_;           // of alpha 0, 1 and 2
    std::uint64_t soft_pixels_ = 0;  // of alpha 3 to 254
};

}  // namespace keepmum
