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
#include <tuple>
#include <vector>

#include "extract/pdf/geometry.h"

namespace keepmum::pdf {

namespace {

constexpr double most_pixels = 3e6;
constexpr double fine_scale = 2, coarse_scale = 1;
constexpr int margin = 2;  // pixels around what is asked for

class Painter final : public SplashOutputDev {
  public:
    Painter(Sight const& sight, ImageStandIns const& stand_ins, Watch& watch, SplashColorPtr paper, double scale)
        : SplashOutputDev(splashModeRGB8, 1, false, paper), sight_(sight), stand_ins_(stand_ins), watch_(watch),
          scale_(scale) {}

    // The picture's upper left corner lies at these pixels of the page.
    void begin(Toggle toggle, int left, int top) {
        toggle_ = toggle;
        met_stand_in_ = false;
        shifts_.clear();
        shift_x_ = -left;
        shift_y_ = -top;
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
    // An image costs its decoding: none is decoded that the picture does not show. An inline one must be
    // read all the same, to find where it ends.
    void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert,
                       bool smooth, bool inside) override {
        if (!inside && is_outside(state)) return;
        SplashOutputDev::drawImageMask(state, ref, stream, width, height, invert, smooth, inside);
    }
    void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                   GfxImageColorMap* map, bool smooth, int const* mask, bool inside) override {
        if (!inside && is_outside(state)) return;
        if (ref && ref->isRef() && stand_ins_.is_up(ref->getRefNum())) {
            met_stand_in_ = true;
            return;
        }
        SplashOutputDev::drawImage(state, ref, stream, width, height, map, smooth, mask, inside);
    }
    void drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                         GfxImageColorMap* map, bool smooth, Stream* mask, int mask_width,
                         int mask_height, bool invert, bool mask_smooth) override {
        if (is_outside(state)) return;
        SplashOutputDev::drawMaskedImage(state, ref, stream, width, height, map, smooth, mask, mask_width,
                                         mask_height, invert, mask_smooth);
    }
    void drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                             GfxImageColorMap* map, bool smooth, Stream* mask, int mask_width,
                             int mask_height, GfxImageColorMap* mask_map, bool mask_smooth) override {
        if (is_outside(state)) return;
        SplashOutputDev::drawSoftMaskedImage(state, ref, stream, width, height, map, smooth, mask, mask_width,
                                             mask_height, mask_map, mask_smooth);
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
    // A group is painted on a sheet of its own, shifted against the page.
    void beginTransparencyGroup(GfxState* state, double const* box, GfxColorSpace* space, bool isolated,
                                bool knockout, bool for_mask) override {
        double const x = state->getCTM()[4], y = state->getCTM()[5];
        SplashOutputDev::beginTransparencyGroup(state, box, space, isolated, knockout, for_mask);
        shifts_.push_back({shift_x_, shift_y_});
        shift_x_ += state->getCTM()[4] - x;
        shift_y_ += state->getCTM()[5] - y;
    }
    void endTransparencyGroup(GfxState* state) override {
        SplashOutputDev::endTransparencyGroup(state);
        if (shifts_.empty()) return;
        std::tie(shift_x_, shift_y_) = shifts_.back();
        shifts_.pop_back();
    }
    static bool stop(void* self) {
        auto* painter = static_cast<Painter*>(self);
        painter->stopped_ = painter->stopped_ || painter->watch_.stop();
        return painter->stopped_;
    }
    bool stopped() const { return stopped_; }
    bool met_stand_in() const { return met_stand_in_; }

  private:
    // The clip lies within the picture, or within the group that is being painted.
    static bool is_outside(GfxState const* state) {
        constexpr float slack = 2;  // pixels: an image is drawn to the borders of pixels
        Box const image = bounds(state, 0, 0, 1, 1), clip = clip_of(state);
        return image.right + slack < clip.left || image.left - slack > clip.right ||
               image.bottom + slack < clip.top || image.top - slack > clip.bottom;
    }
    void draw_core(GfxState* state, Glyph const& glyph) {
        Colour const colour = toggle_ == Toggle::loud ? loud_colour : glyph.colour;
        SplashColor bytes = {colour.red, colour.green, colour.blue};
        Box const& core = glyph.core;
        double const inset = 0.5 / scale_;
        double const left = core.left * scale_ + shift_x_, right = (core.right + inset) * scale_ + shift_x_;
        double const top = core.top * scale_ + shift_y_, bottom = (core.bottom + inset) * scale_ + shift_y_;
        SplashPath path;
        path.moveTo(left, top);
        path.lineTo(right, top);
        path.lineTo(right, bottom);
        path.lineTo(left, bottom);
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
    ImageStandIns const& stand_ins_;
    bool met_stand_in_ = false;
    Toggle toggle_ = Toggle::none;
    Watch& watch_;
    double scale_;
    double shift_x_ = 0, shift_y_ = 0;  // pixels from the page to the sheet that is painted on
    std::vector<std::pair<double, double>> shifts_;
    std::uint32_t calls_ = 0;
    std::size_t next_ = 0;
    int in_tile_ = 0;
    bool stopped_ = false;
};

}  // namespace

struct PageEasel::Inside {
    PDFDoc& document;
    ImageStandIns& stand_ins;
    int page;
    Sight const& sight;
    double scale;
    SplashColor paper = {255, 255, 255};
    // One painter for all pictures: it keeps what it learnt of the colour profiles.
    Painter painter;
    Inside(PDFDoc& the_document, PageSource& source, int the_page, Sight const& the_sight, Watch& watch,
           double the_scale)
        : document(the_document), stand_ins(source.stand_ins()), page(the_page), sight(the_sight),
          scale(the_scale), painter(sight, stand_ins, watch, paper, scale) {
        painter.setVectorAntialias(false);
        painter.startDoc(&document);
        source.lend_colours(painter);
    }
    void paint(Toggle toggle, int left, int top, int width, int height) {
        painter.begin(toggle, left, top);
        document.displayPageSlice(&painter, page, 72 * scale, 72 * scale, 0, true, false, false, left, top, width,
                                  height, Painter::stop, &painter);
    }
};

PageEasel::PageEasel(PDFDoc& document, PageSource& source, int page, Sight const& sight, Watch& watch) {
    double const area = std::max(sight.width() * sight.height(), 1.0);
    double const fine = sight.wants_toggled() ? fine_scale : coarse_scale;
    inside_ = std::make_unique<Inside>(document, source, page, sight, watch,
                                       std::min(fine, std::sqrt(most_pixels / area)));
}

PageEasel::~PageEasel() = default;

double PageEasel::scale() const { return inside_->scale; }

Picture PageEasel::paint(Toggle toggle, Box part) {
    double const scale = inside_->scale;
    Painter& painter = inside_->painter;
    auto pixels = [&](double length) { return std::max(static_cast<int>(length * scale + 0.5), 1); };
    int const width = pixels(inside_->sight.width()), height = pixels(inside_->sight.height());
    auto begin = [&](float value, int end) {
        return static_cast<int>(std::clamp(std::floor(value * scale) - margin, 0.0, end - 1.0));
    };
    auto end_of = [&](float value, int first, int end) {
        return static_cast<int>(std::clamp(std::ceil(value * scale) + margin, first + 1.0, static_cast<double>(end)));
    };
    Picture picture;
    picture.left = begin(part.left, width);
    picture.top = begin(part.top, height);
    int const right = end_of(part.right, picture.left, width), bottom = end_of(part.bottom, picture.top, height);
    float const around = static_cast<float>(2 * margin / scale);
    inside_->stand_ins.take_down({part.left - around, part.top - around, part.right + around, part.bottom + around});
    inside_->paint(toggle, picture.left, picture.top, right - picture.left, bottom - picture.top);
    if (painter.met_stand_in()) {  // an image is drawn where the reading did not see it
        inside_->stand_ins.take_down_all();
        inside_->paint(toggle, picture.left, picture.top, right - picture.left, bottom - picture.top);
    }
    SplashBitmap* const bitmap = painter.getBitmap();
    if (painter.stopped() || !bitmap || !bitmap->getDataPtr()) return picture;
    picture.width = bitmap->getWidth();
    picture.height = bitmap->getHeight();
    std::size_t const row_size = static_cast<std::size_t>(picture.width) * 3;
    picture.pixels.resize(row_size * picture.height);
    for (int y = 0; y < picture.height; ++y) {
        std::uint8_t const* row = bitmap->getDataPtr() + static_cast<std::ptrdiff_t>(y) * bitmap->getRowSize();
        std::copy_n(row, row_size, &picture.pixels[row_size * y]);
    }
    return picture;
}

}  // namespace keepmum::pdf
