// Reads a page: text to poppler's layout, the state of each glyph to the sight.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/watcher.h"

#include <poppler/Gfx.h>
#include <poppler/GfxFont.h>
#include <poppler/GfxState.h>
#include <poppler/OutputDev.h>
#include <poppler/PDFDoc.h>
#include <poppler/Page.h>
#include <poppler/Stream.h>
#include <poppler/TextOutputDev.h>
#include <poppler/UTF.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "extract/pdf/chinese_bytes.h"

namespace keepmum::pdf {

namespace {

constexpr std::size_t most_glyphs = 400'000;         // a page; beyond it the page is left
constexpr int most_tiles = 4;
constexpr int most_segments = 128;
constexpr std::size_t most_redactions = 1000;

Colour colour_of(GfxRGB const& rgb) {
    return {colToByte(rgb.r), colToByte(rgb.g), colToByte(rgb.b)};
}

Box bounds(GfxState const* state, double x0, double y0, double x1, double y1) {
    double const xs[4] = {x0, x1, x0, x1}, ys[4] = {y0, y0, y1, y1};
    Box box{1e30f, 1e30f, -1e30f, -1e30f};
    for (int corner = 0; corner < 4; ++corner) {
        double x, y;
        state->transform(xs[corner], ys[corner], &x, &y);
        float const fx = static_cast<float>(x), fy = static_cast<float>(y);
        box = unite(box, {fx, fy, fx, fy});
    }
    return box;
}

Box clip_of(GfxState const* state) {
    double left, top, right, bottom;
    state->getClipBBox(&left, &top, &right, &bottom);
    return {static_cast<float>(left), static_cast<float>(top), static_cast<float>(right),
            static_cast<float>(bottom)};
}

bool is_rectangle(GfxPath const* path) {
    if (!path || path->getNumSubpaths() != 1) return false;
    GfxSubpath const* part = path->getSubpath(0);
    if (part->getNumPoints() < 4 || part->getNumPoints() > 5) return false;
    for (int i = 1; i < part->getNumPoints(); ++i) {
        if (part->getCurve(i)) return false;
        bool const level = part->getY(i) == part->getY(i - 1);
        bool const upright = part->getX(i) == part->getX(i - 1);
        if (!level && !upright) return false;
    }
    return true;
}

struct TextPageOwner {
    TextPage* page = new TextPage(false);
    TextPageOwner() = default;
    TextPageOwner(TextPageOwner const&) = delete;
    TextPageOwner& operator=(TextPageOwner const&) = delete;
    ~TextPageOwner() { page->decRefCnt(); }
};

// Where a glyph stands, from the graphics state at its drawing call.
Glyph place_glyph(GfxState* state, double x, double y, double dx, double dy, int render) {
    Glyph glyph;
    double m11, m12, m21, m22, px, py, ax, ay;
    state->getFontTransMat(&m11, &m12, &m21, &m22);
    state->transform(x, y, &px, &py);
    state->transformDelta(dx, dy, &ax, &ay);
    auto const& font = state->getFont();
    bool const type3 = font && font->getType() == fontType3;
    bool const vertical = font && font->getWMode() == 1;
    double up_x = m21, up_y = m22;
    double em = std::hypot(m21, m22);
    if (type3) {  // its size means nothing without the font's own matrix; the advance is in page units
        double const advance = std::hypot(ax, ay);
        em = std::max(advance * 1.2, 1.0);
        up_x = ay / (advance > 0 ? advance : 1) * em;
        up_y = -ax / (advance > 0 ? advance : 1) * em;
    }
    glyph.em = static_cast<float>(em);
    glyph.x = static_cast<float>(px);
    glyph.y = static_cast<float>(py);
    glyph.end_x = static_cast<float>(px + ax);
    glyph.end_y = static_cast<float>(py + ay);
    // From just over the baseline to the height of small letters; upright text the full advance.
    double const low = vertical ? -0.3 : 0.04, high = vertical ? 0.3 : 0.52;
    double const side_x = vertical ? m11 : up_x, side_y = vertical ? m12 : up_y;
    Box core{1e30f, 1e30f, -1e30f, -1e30f};
    for (double along : {0.1, 0.9}) {
        for (double across : {low, high}) {
            float const cx = static_cast<float>(px + along * ax + across * side_x);
            float const cy = static_cast<float>(py + along * ay + across * side_y);
            core = unite(core, {cx, cy, cx, cy});
        }
    }
    glyph.core = core;
    bool const stroked = render == 1;
    double const opacity = stroked ? state->getStrokeOpacity() : state->getFillOpacity();
    glyph.unseen = (render == 3 && !type3) || opacity < 0.02;
    return glyph;
}

// Reads a page: text to the layout, geometry to the sight.
class Watcher final : public OutputDev {
  public:
    // `skip`: one flag a drawing call; such glyphs do not reach the layout. May be empty.
    Watcher(Watch& watch, std::set<int> const& chinese_fonts, std::vector<bool> skip,
            Box crop_in_user, std::vector<Box> redactions_in_user)
        : watch_(watch), chinese_fonts_(chinese_fonts), skip_(std::move(skip)), crop_(crop_in_user),
          redactions_(std::move(redactions_in_user)) {}

    bool upsideDown() override { return true; }
    bool useDrawChar() override { return true; }
    bool interpretType3Chars() override { return false; }
    bool needNonText() override { return true; }
    bool needCharCount() override { return true; }
    bool useTilingPatternFill() override { return true; }
    bool useShadedFills(int) override { return true; }

    void startPage(int, GfxState* state, XRef*) override {
        layout_.page->startPage(state);
        Box const crop = bounds(state, crop_.left, crop_.top, crop_.right, crop_.bottom);
        sight_ = std::make_unique<Sight>(state->getPageWidth(), state->getPageHeight(), crop);
        for (Box const& box : redactions_) {
            sight_->redact(bounds(state, box.left, box.top, box.right, box.bottom));
        }
        colour_known_ = false;
    }
    void endPage() override {
        flush_lead(nullptr);
        layout_.page->endPage();
    }
    void saveState(GfxState*) override { odd_clips_.push_back(odd_clip_); }
    void restoreState(GfxState* state) override {
        if (!odd_clips_.empty()) {
            odd_clip_ = odd_clips_.back();
            odd_clips_.pop_back();
        }
        colour_known_ = false;
        updateFont(state);
    }
    void updateAll(GfxState* state) override {
        colour_known_ = false;
        updateFont(state);
    }
    void updateFillColorSpace(GfxState*) override { colour_known_ = false; }
    void updateStrokeColorSpace(GfxState*) override { colour_known_ = false; }
    void updateFillColor(GfxState*) override { colour_known_ = false; }
    void updateStrokeColor(GfxState*) override { colour_known_ = false; }
    void updateRender(GfxState*) override { colour_known_ = false; }
    void updateFont(GfxState* state) override {
        flush_lead(state);
        layout_.page->updateFont(state);
        auto const& font = state->getFont();
        bool const plain = font && !font->isCIDFont() && !font->hasToUnicodeCMap() &&
                           font->getType() != fontType3;
        samples_ = nullptr;
        chinese_ = false;
        if (!plain) return;
        chinese_ = chinese_fonts_.count(font->getID()->num) > 0;
        if (!chinese_) samples_ = &bytes_[font->getID()->num];
    }
    void beginString(GfxState* state, GooString const*) override { layout_.page->beginWord(state); }
    void endString(GfxState* state) override {
        flush_lead(state);
        layout_.page->endWord();
    }
    void incCharCount(int count) override { layout_.page->incCharCount(count); }

    void drawChar(GfxState* state, double x, double y, double dx, double dy, double, double,
                  CharCode code, int bytes, Unicode const* u, int size) override {
        std::uint32_t const call = calls_;
        if (!in_tile_) ++calls_;
        if (samples_) samples_->add(static_cast<unsigned>(code));
        bool const skipped = call < skip_.size() && skip_[call] && !in_tile_;
        Piece piece{x, y, dx, dy, code, bytes, {}, call, skipped};
        for (int i = 0; i < size && u; ++i) piece.text.push_back(static_cast<char32_t>(u[i]));
        if (chinese_ && join_pair(state, piece)) return;
        emit(state, piece);
    }
    void beginActualText(GfxState* state, GooString const* text) override {
        flush_lead(state);
        bool const unseen = calls_ < skip_.size() && skip_[calls_];
        if (span_open_ || unseen) return;
        span_open_ = true;
        span_begin_ = sight_->glyphs().size();
        span_text_ = text ? text->toStr() : std::string();
        actual_.begin(state, text);
    }
    void endActualText(GfxState* state) override {
        flush_lead(state);
        if (!span_open_) return;
        span_open_ = false;
        actual_.end(state);
        note_replaced();
    }

    void clip(GfxState* state) override { odd_clip_ = odd_clip_ || !is_rectangle(state->getPath()); }
    void eoClip(GfxState* state) override { clip(state); }
    void clipToStrokePath(GfxState*) override { odd_clip_ = true; }

    void fill(GfxState* state) override { note_fill(state); }
    void eoFill(GfxState* state) override { note_fill(state); }
    void stroke(GfxState* state) override { note_stroke(state); }
    bool tilingPatternFill(GfxState* state, Gfx* gfx, Catalog*, GfxTilingPattern* pattern,
                           double const* matrix, int x0, int y0, int x1, int y1, double x_step,
                           double y_step) override {
        sight_->paint(clip_of(state), Paint::shaded, {}, state->getFillOpacity(), false);
        // Each tile shows the same text, so a few are enough to read it.
        int drawn = 0;
        ++in_tile_;
        for (int row = y0; row < y1 && drawn < most_tiles; ++row) {
            for (int column = x0; column < x1 && drawn < most_tiles; ++column, ++drawn) {
                double const x = column * x_step, y = row * y_step;
                double const place[6] = {matrix[0], matrix[1], matrix[2], matrix[3],
                                         x * matrix[0] + y * matrix[2] + matrix[4],
                                         x * matrix[1] + y * matrix[3] + matrix[5]};
                gfx->drawForm(pattern->getContentStream(), pattern->getResDict(), place,
                              pattern->getBBox());
            }
        }
        --in_tile_;
        return true;
    }
    bool functionShadedFill(GfxState* state, GfxFunctionShading*) override { return shaded(state); }
    bool axialShadedFill(GfxState* state, GfxAxialShading*, double, double) override {
        return shaded(state);
    }
    bool radialShadedFill(GfxState* state, GfxRadialShading*, double, double) override {
        return shaded(state);
    }
    bool gouraudTriangleShadedFill(GfxState* state, GfxGouraudTriangleShading*) override {
        return shaded(state);
    }
    bool patchMeshShadedFill(GfxState* state, GfxPatchMeshShading*) override { return shaded(state); }

    void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                       bool invert, bool smooth, bool inside) override {
        note_image(state, width, height);
        OutputDev::drawImageMask(state, ref, stream, width, height, invert, smooth, inside);
    }
    void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                   GfxImageColorMap* map, bool smooth, int const* mask, bool inside) override {
        note_image(state, width, height);
        OutputDev::drawImage(state, ref, stream, width, height, map, smooth, mask, inside);
    }
    void drawMaskedImage(GfxState* state, Object*, Stream*, int width, int height, GfxImageColorMap*,
                         bool, Stream*, int, int, bool, bool) override {
        note_image(state, width, height);
    }
    void drawSoftMaskedImage(GfxState* state, Object*, Stream*, int width, int height,
                             GfxImageColorMap*, bool, Stream*, int, int, GfxImageColorMap*,
                             bool) override {
        note_image(state, width, height);
    }

    bool full() const { return sight_ && sight_->glyphs().size() >= most_glyphs; }
    static bool stop(void* self) {
        auto* watcher = static_cast<Watcher*>(self);
        if (!watcher->full() && !watcher->watch_.stop()) return false;
        watcher->stopped_ = true;
        return true;
    }

    Sight* sight() { return sight_.get(); }
    bool stopped() const { return stopped_; }
    TextPage* layout() { return layout_.page; }
    std::uint32_t calls() const { return calls_; }
    bool met_chinese() const { return met_chinese_; }
    std::uint64_t image_pixels() const { return image_pixels_; }
    std::u32string const& replaced() const { return replaced_; }
    // Fonts whose bytes, taken as Latin letters by poppler, are Chinese.
    std::set<int> found_chinese() const {
        std::set<int> found;
        for (auto const& [font, sample] : bytes_) {
            if (sample.is_chinese()) found.insert(font);
        }
        return found;
    }

  private:
    struct Piece {
        double x, y, dx, dy;
        CharCode code;
        int bytes;
        std::u32string text;
        std::uint32_t call;
        bool skipped;
    };

    void emit(GfxState* state, Piece const& piece) {
        if (full()) return;
        int const render = state->getRender();
        if (!colour_known_) {
            GfxRGB rgb;
            render == 1 ? state->getStrokeRGB(&rgb) : state->getFillRGB(&rgb);
            colour_ = colour_of(rgb);
            colour_known_ = true;
        }
        Glyph glyph = place_glyph(state, piece.x, piece.y, piece.dx, piece.dy, render);
        glyph.call = piece.call;
        glyph.colour = colour_;
        glyph.blank = !piece.text.empty() &&
                      std::all_of(piece.text.begin(), piece.text.end(), is_blank);
        double const opacity = render == 1 ? state->getStrokeOpacity() : state->getFillOpacity();
        glyph.doubted = odd_clip_ || opacity < 0.99 || state->getBlendMode() != gfxBlendNormal;
        if (!in_tile_) sight_->add(glyph, piece.text, clip_of(state));
        if (piece.skipped) return;
        std::vector<Unicode> units(piece.text.begin(), piece.text.end());
        actual_.addChar(state, piece.x, piece.y, piece.dx, piece.dy, piece.code, piece.bytes,
                        units.data(), static_cast<int>(units.size()));
    }

    // True where the piece was taken: it waits for its second byte, or has found its first.
    bool join_pair(GfxState* state, Piece& piece) {
        auto const byte = static_cast<unsigned>(piece.code);
        if (lead_) {
            Piece first = *lead_;
            char32_t const joined = byte <= 0xFF ? pair(first.code, byte) : 0;
            if (joined != 0) {
                lead_.reset();
                met_chinese_ = true;
                first.text.assign(1, joined);
                first.dx += piece.dx;
                first.dy += piece.dy;
                first.bytes += piece.bytes;
                emit(state, first);
                return true;
            }
            flush_lead(state);
        }
        if (byte < 0xA1 || byte > 0xFE) return false;
        lead_ = piece;
        return true;
    }
    void flush_lead(GfxState* state) {
        if (lead_ && state) emit(state, *lead_);
        lead_.reset();
    }

    void note_replaced() {
        std::u32string drawn, given;
        bool seen = false;
        auto const& glyphs = sight_->glyphs();
        for (std::size_t i = span_begin_; i < glyphs.size(); ++i) {
            drawn.append(sight_->text(), glyphs[i].text, glyphs[i].length);
            seen = seen || (!glyphs[i].blank && glyphs[i].length > 0 && !glyphs[i].unseen);
        }
        if (!seen) return;
        Unicode* units = nullptr;
        int const count = TextStringToUCS4(span_text_, &units);
        for (int i = 0; i < count; ++i) given.push_back(static_cast<char32_t>(units[i]));
        gfree(units);
        if (is_same_reading(drawn, given)) return;
        replaced_ += drawn;
        replaced_.push_back(U'\n');
    }

    void note_fill(GfxState* state) {
        GfxRGB rgb;
        state->getFillRGB(&rgb);
        GfxPath const* path = state->getPath();
        Box const clip = clip_of(state);
        bool const light = state->getBlendMode() == gfxBlendMultiply ||
                           state->getBlendMode() == gfxBlendDarken;
        double const opacity = state->getFillOpacity();
        if (light && colour_of(rgb).luminance() > 90) return;  // a highlighter darkens nothing away
        for (int i = 0; i < path->getNumSubpaths(); ++i) {
            GfxSubpath const* part = path->getSubpath(i);
            Box box{1e30f, 1e30f, -1e30f, -1e30f};
            for (int point = 0; point < part->getNumPoints(); ++point) {
                box = unite(box, bounds(state, part->getX(point), part->getY(point),
                                        part->getX(point), part->getY(point)));
            }
            bool const exact = part->getNumPoints() <= 5 && path->getNumSubpaths() == 1;
            sight_->paint(intersect(box, clip), Paint::solid, colour_of(rgb), opacity, exact);
        }
    }
    void note_stroke(GfxState* state) {
        float const half = static_cast<float>(std::max(state->getTransformedLineWidth(), 0.5) / 2);
        GfxRGB rgb;
        state->getStrokeRGB(&rgb);
        GfxPath const* path = state->getPath();
        Box const clip = clip_of(state);
        int segments = 0;
        for (int i = 0; i < path->getNumSubpaths(); ++i) {
            GfxSubpath const* part = path->getSubpath(i);
            for (int point = 1; point < part->getNumPoints(); ++point) {
                if (++segments > most_segments) return;  // a drawing; thin lines cover no text
                Box box = bounds(state, part->getX(point - 1), part->getY(point - 1),
                                 part->getX(point), part->getY(point));
                bool const slanted = box.right - box.left > 3 * half && box.bottom - box.top > 3 * half;
                if (slanted && half < 2) continue;
                box = {box.left - half, box.top - half, box.right + half, box.bottom + half};
                sight_->paint(intersect(box, clip), Paint::solid, colour_of(rgb),
                              state->getStrokeOpacity(), false);
            }
        }
    }
    bool shaded(GfxState* state) {
        sight_->paint(clip_of(state), Paint::shaded, {}, state->getFillOpacity(), false);
        return true;
    }
    void note_image(GfxState* state, int width, int height) {
        image_pixels_ += static_cast<std::uint64_t>(std::max(width, 0)) * std::max(height, 0);
        sight_->paint(intersect(bounds(state, 0, 0, 1, 1), clip_of(state)), Paint::image, {},
                      state->getFillOpacity(), false);
    }

    Watch& watch_;
    std::set<int> const& chinese_fonts_;
    std::vector<bool> skip_;
    Box crop_;
    std::vector<Box> redactions_;
    TextPageOwner layout_;
    ActualText actual_{layout_.page};
    std::unique_ptr<Sight> sight_;
    std::map<int, ByteSample> bytes_;
    ByteSample* samples_ = nullptr;
    bool odd_clip_ = false;  // bounds alone do not tell what it leaves
    std::vector<bool> odd_clips_;
    bool chinese_ = false;
    bool met_chinese_ = false;
    std::optional<Piece> lead_;
    Colour colour_;
    bool colour_known_ = false;
    bool stopped_ = false;
    bool span_open_ = false;
    std::size_t span_begin_ = 0;
    std::string span_text_;
    std::u32string replaced_;
    std::uint32_t calls_ = 0;
    int in_tile_ = 0;
    std::uint64_t image_pixels_ = 0;
};

Box box_of(double x1, double y1, double x2, double y2) {
    return {static_cast<float>(std::min(x1, x2)), static_cast<float>(std::min(y1, y2)),
            static_cast<float>(std::max(x1, x2)), static_cast<float>(std::max(y1, y2))};
}

// Areas of /Redact annotations, in user space: their quadrilaterals, else their rectangles.
std::vector<Box> redactions_of(PDFDoc& document, int page) {
    std::vector<Box> boxes;
    Page* const found = document.getPage(page);
    Object annotations = found ? found->getAnnotsObject() : Object();
    int const count = annotations.isArray() ? annotations.arrayGetLength() : 0;
    for (int i = 0; i < count && boxes.size() < most_redactions; ++i) {
        Object const annotation = annotations.arrayGet(i);
        if (!annotation.isDict() || !annotation.dictLookup("Subtype").isName("Redact")) continue;
        Object corners = annotation.dictLookup("QuadPoints");
        int const step = corners.isArray() && corners.arrayGetLength() >= 8 ? 8 : 4;
        if (step == 4) corners = annotation.dictLookup("Rect");
        int const numbers = corners.isArray() ? corners.arrayGetLength() : 0;
        for (int first = 0; first + step <= numbers && boxes.size() < most_redactions; first += step) {
            Box box{1e30f, 1e30f, -1e30f, -1e30f};
            for (int k = 0; k < step; k += 2) {
                double const x = corners.arrayGet(first + k).getNumWithDefaultValue(0);
                double const y = corners.arrayGet(first + k + 1).getNumWithDefaultValue(0);
                box = unite(box, box_of(x, y, x, y));
            }
            boxes.push_back(box);
        }
    }
    return boxes;
}

Box crop_of(PDFDoc& document, int page) {
    Page* const found = document.getPage(page);
    if (!found) return {};
    PDFRectangle const* box = found->getCropBox();
    return box_of(box->x1, box->y1, box->x2, box->y2);
}

}  // namespace

PageReading read_page(PDFDoc& document, int page, std::set<int> const& chinese_fonts,
                      std::vector<bool> skip, Watch& watch) {
    auto watcher = std::make_shared<Watcher>(watch, chinese_fonts, std::move(skip),
                                             crop_of(document, page), redactions_of(document, page));
    document.displayPage(watcher.get(), page, 72, 72, 0, true, false, false, Watcher::stop,
                         watcher.get());
    PageReading reading;
    reading.stopped = watcher->stopped();
    reading.sight = watcher->sight();
    reading.layout = watcher->layout();
    reading.calls = watcher->calls();
    reading.image_pixels = watcher->image_pixels();
    reading.met_chinese = watcher->met_chinese();
    reading.found_chinese = watcher->found_chinese();
    reading.replaced = watcher->replaced();
    reading.keeper = std::move(watcher);
    return reading;
}

}  // namespace keepmum::pdf
