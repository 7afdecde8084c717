// What the eye meets on a page: every glyph with its box and state, and what was painted over it.
//
// Glyphs and paints come in the order in which the page draws them. A glyph of which the geometry alone
// cannot say whether it is seen is a suspect; only pages with suspects are painted into pictures
// (picture.h), because that costs more than reading the text. Rejected: deciding by rectangles alone
// (clips, fill rules, blending and holes make it wrong in both directions), and painting every page.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum::pdf {

// Points from the page's upper left corner.
struct Box {
    float left = 0, top = 0, right = 0, bottom = 0;
    float area() const { return right > left && bottom > top ? (right - left) * (bottom - top) : 0; }
};
Box intersect(Box left, Box right);
Box unite(Box left, Box right);

struct Colour {
    std::uint8_t red = 0, green = 0, blue = 0;
    int luminance() const { return (299 * red + 587 * green + 114 * blue) / 1000; }
};

// What becomes of a glyph. All but `shown` are put out apart from the page's text.
enum class Fate : std::uint8_t { shown, box, white, invisible, tiny, off_page, clipped, layer, redact };

struct Glyph {
    Box core;                  // the middle of the glyph, where its ink is
    float x = 0, y = 0;        // start of the baseline
    float end_x = 0, end_y = 0;
    float em = 0;              // size in points
    std::uint32_t call = 0;    // number of the drawing call on the page
    std::uint32_t text = 0;    // offset in Sight::text()
    std::uint8_t length = 0;   // code points; 0 where the font says nothing
    bool blank = false;        // a space: drawn, but nothing to see
    bool unseen = false;       // drawn with neither fill nor stroke (render mode 3)
    bool suspect = false;      // its colour may be its background's: to be looked up in a picture
    bool doubted = false;      // it may be covered or clipped: to be toggled in pictures
    bool slanted = false;      // its line goes neither level nor upright, or it is mirrored: no layout puts it in order
    bool over_image = false;   // an image lies under or over it
    bool under_image = false;  // a large image was drawn over it
    Colour colour;
    Fate fate = Fate::shown;
    std::uint32_t cover = 0;   // number of the last paint over it, 0 for none
    float painted = 0;         // share of the core painted over later, by bounding boxes, summed
    std::uint32_t next = 0;    // next glyph of the same cell, plus one
};

enum class Paint : std::uint8_t { solid, shaded, image };

class Sight final {
  public:
    // `visible` is the crop box; `width` and `height` are the page's, in points.
    Sight(double width, double height, Box visible);

    // `clip` bounds what can be painted at this moment.
    void add(Glyph glyph, std::u32string_view text, Box clip);
    // `opacity` 0 to 1. `exact`: the box is all filled, not only a bound.
    void paint(Box box, Paint kind, Colour colour, double opacity, bool exact);

    // Marked for redaction, and the redaction never carried out.
    void redact(Box box) { redacted_.push_back(box); }

    // To be called once, after the last glyph: decides what geometry can decide.
    void settle();

    // Glyphs that are shown in the same place by another drawing of theirs hide nothing. Once, after
    // all fates are known.
    void forgive_redrawn();

    bool wants_picture() const;       // there are suspects, doubted ones or scans
    bool wants_toggled() const;       // there are doubted glyphs
    bool all_shown() const;
    std::vector<Glyph>& glyphs() { return glyphs_; }
    std::vector<Glyph> const& glyphs() const { return glyphs_; }
    std::u32string const& text() const { return text_; }
    double width() const { return width_; }
    double height() const { return height_; }
    // Glyphs whose font gives no Unicode value, and all that are not blank.
    std::size_t unmapped() const { return unmapped_; }
    // The glyph added last has a character that its font does not really tell.
    void doubt_character() { ++unmapped_; }
    std::size_t inked() const { return inked_; }

  private:
    struct Cell {
        std::uint32_t first = 0;           // glyph number plus one
        std::uint8_t low = 255, high = 255;  // luminance of what is painted here
    };
    struct Range {
        int left, top, right, bottom;
    };
    Range cells_of(Box box) const;
    Cell& cell_at(float x, float y);
    void cover(Glyph& glyph, Box box, Paint kind);
    void shade(Cell& cell, Box cell_box, Box box, Paint kind, int luminance, double opacity, bool exact);

    double width_, height_;
    Box visible_;
    float cell_size_;
    int columns_, rows_;
    std::vector<Cell> cells_;
    std::vector<Glyph> glyphs_;
    std::vector<Box> images_, redacted_;
    std::u32string text_;
    std::size_t unmapped_ = 0, inked_ = 0;
    std::uint32_t paints_ = 0;
    std::uint64_t work_ = 0;
};

enum class Lines : std::uint8_t { all, slanted };

// The text of the glyphs of one fate, all or only those of slanted lines, in drawing order: a line feed where the line
// changes, a space where there is a gap.
struct Apart {
    std::u32string text;
    struct Spot {
        std::uint32_t at;  // code points
        Box box;
    };
    std::vector<Spot> spots;  // one a run under one cover
};
Apart collect(Sight const& sight, Fate fate, Lines lines = Lines::all);

}  // namespace keepmum::pdf
