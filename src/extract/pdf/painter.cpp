// Paints with poppler's Splash, which needs no font as long as no glyph is drawn.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/painter.h"

#include <poppler/GfxState.h>
#include <poppler/PDFDoc.h>
#include <poppler/Page.h>
#include <poppler/SplashOutputDev.h>
#include <poppler/splash/Splash.h>
#include <poppler/splash/SplashBitmap.h>
#include <poppler/splash/SplashPath.h>
#include <poppler/splash/SplashPattern.h>

#include <algorithm>
#include <cmath>

namespace keepmum::pdf {

namespace {

constexpr double most_pixels = 3e6;
constexpr double fine_scale = 2, coarse_scale = 1;
enum class Toggle : std::uint8_t { none, own_colour, loud };

// No page has this colour by chance.
constexpr Colour loud_colour{251, 3, 127};

class Painter final : public SplashOutputDev {
  public:
    Painter(Sight const& sight, Watch& watch, SplashColorPtr paper, double scale)
        : SplashOutputDev(splashModeRGB8, 1, false, paper), sight_(sight), watch_(watch), scale_(scale) {}

    void begin(Toggle toggle) {
        toggle_ = toggle;
        calls_ = 0;
        next_ = 0;
        in_tile_ = 0;
    }

    bool interpretType3Chars() override { return false; }
    void updateFont(GfxState*) override {}
    bool beginType3Char(GfxState*, double, double, double, double, CharCode, Unicode const*,
                        int) override {
        return true;
    }
    void drawChar(GfxState* state, double, double, double, double, double, double, CharCode, int,
                  Unicode const*, int) override {
        if (in_tile_) return;
        std::uint32_t const call = calls_++;
        auto const& glyphs = sight_.glyphs();
        while (next_ < glyphs.size() && glyphs[next_].call < call) ++next_;
        if (toggle_ == Toggle::none || next_ >= glyphs.size() || glyphs[next_].call != call) return;
        Glyph const& glyph = glyphs[next_];
        if (!glyph.doubted || glyph.unseen || glyph.blank) return;
        draw_core(state, glyph);
    }
    bool tilingPatternFill(GfxState* state, Gfx* gfx, Catalog* catalog, GfxTilingPattern* pattern,
                           double const* matrix, int x0, int y0, int x1, int y1, double x_step,
                           double y_step) override {
        ++in_tile_;
        SplashOutputDev::tilingPatternFill(state, gfx, catalog, pattern, matrix, x0, y0, x1, y1,
                                           x_step, y_step);
        --in_tile_;
        return true;
    }
    static bool stop(void* self) {
        auto* painter = static_cast<Painter*>(self);
        painter->stopped_ = painter->stopped_ || painter->watch_.stop();
        return painter->stopped_;
    }
    bool stopped() const { return stopped_; }

  private:
    void draw_core(GfxState* state, Glyph const& glyph) {
        Colour const colour = toggle_ == Toggle::loud ? loud_colour : glyph.colour;
        SplashColor bytes = {colour.red, colour.green, colour.blue};
        Box const& core = glyph.core;
        double const inset = 0.5 / scale_;
        SplashPath path;
        path.moveTo(core.left * scale_, core.top * scale_);
        path.lineTo((core.right + inset) * scale_, core.top * scale_);
        path.lineTo((core.right + inset) * scale_, (core.bottom + inset) * scale_);
        path.lineTo(core.left * scale_, (core.bottom + inset) * scale_);
        path.close();
        double const* ctm = state->getCTM();
        SplashCoord plain[6] = {1, 0, 0, 1, 0, 0};
        SplashCoord usual[6] = {ctm[0], ctm[1], ctm[2], ctm[3], ctm[4], ctm[5]};
        getSplash()->setMatrix(plain);
        getSplash()->setFillPattern(new SplashSolidColor(bytes));
        getSplash()->fill(&path, false);
        getSplash()->setMatrix(usual);
        updateFillColor(state);
    }

    Sight const& sight_;
    Toggle toggle_ = Toggle::none;
    Watch& watch_;
    double scale_;
    std::uint32_t calls_ = 0;
    std::size_t next_ = 0;
    int in_tile_ = 0;
    bool stopped_ = false;
};

Picture paint(PDFDoc& document, int page, Painter& painter, Toggle toggle, double scale) {
    painter.begin(toggle);
    document.displayPage(&painter, page, 72 * scale, 72 * scale, 0, true, false, false, Painter::stop,
                         &painter);
    Picture picture;
    SplashBitmap* bitmap = painter.getBitmap();
    if (painter.stopped() || !bitmap || !bitmap->getDataPtr()) return picture;
    picture.width = bitmap->getWidth();
    picture.height = bitmap->getHeight();
    picture.scale = scale;
    std::size_t const row_size = static_cast<std::size_t>(picture.width) * 3;
    picture.pixels.resize(row_size * picture.height);
    for (int y = 0; y < picture.height; ++y) {
        std::uint8_t const* row = bitmap->getDataPtr() + static_cast<std::ptrdiff_t>(y) * bitmap->getRowSize();
        std::copy_n(row, row_size, &picture.pixels[row_size * y]);
    }
    return picture;
}

}  // namespace

Pictures paint_page(PDFDoc& document, int page, Sight const& sight, Watch& watch) {
    double const area = std::max(sight.width() * sight.height(), 1.0);
    bool const toggled = sight.wants_toggled();
    double const scale = std::min(toggled ? fine_scale : coarse_scale, std::sqrt(most_pixels / area));
    SplashColor paper = {255, 255, 255};
    // One painter for all three: it keeps what it learnt of the colour profiles.
    Painter painter(sight, watch, paper, scale);
    painter.setVectorAntialias(false);
    painter.startDoc(&document);
    Pictures pictures;
    pictures.bare = paint(document, page, painter, Toggle::none, scale);
    if (toggled) {
        pictures.own = paint(document, page, painter, Toggle::own_colour, scale);
        pictures.loud = paint(document, page, painter, Toggle::loud, scale);
    }
    pictures.complete = !pictures.bare.empty() && (!toggled || (!pictures.own.empty() && !pictures.loud.empty()));
    return pictures;
}

}  // namespace keepmum::pdf
