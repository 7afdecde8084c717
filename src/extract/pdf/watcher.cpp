// Reads a page: text to poppler's layout, the state of each glyph to the sight.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/watcher.h"

#include <poppler/Gfx.h>
#include <poppler/GfxFont.h>
#include <poppler/GfxState.h>
#include <poppler/OutputDev.h>
#include <poppler/PDFDoc.h>
#include <poppler/Stream.h>
#include <poppler/TextOutputDev.h>
#include <poppler/UTF.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "extract/pdf/chinese_bytes.h"
#include "extract/pdf/geometry.h"

namespace keepmum::pdf {

namespace {

constexpr std::size_t most_glyphs = 400'000;         // a page; beyond it the page is left
constexpr int most_tiles = 4;
constexpr int most_units = 16;  // code points a glyph
constexpr int most_segments = 128;
constexpr std::size_t most_profiles = 64;

// A font whose codes are numbers of glyphs in a file of its own (Adobe-Identity) and that does not say which characters they are:
// poppler takes the numbers themselves for characters.
bool numbers_glyphs_only(GfxFont const& font) {
    if (!font.isCIDFont() || font.hasToUnicodeCMap()) return false;
    GooString const* const collection = static_cast<GfxCIDFont const&>(font).getCollection();
    return collection && collection->toStr() == "Adobe-Identity";
}

struct TextPageOwner {
    TextPage* page = new TextPage(false);
    TextPageOwner() = default;
    TextPageOwner(TextPageOwner const&) = delete;
    TextPageOwner& operator=(TextPageOwner const&) = delete;
    ~TextPageOwner() { page->decRefCnt(); }
};

// Reads a page: text to the layout, geometry to the sight.
class Watcher final : public OutputDev {
  public:
    explicit Watcher(ImageStandIns& stand_ins) : stand_ins_(stand_ins) {}

    // One watcher reads all pages of a document, because poppler keeps with it what it learnt of colour
    // profiles. `skip`: one flag a drawing call; such glyphs do not reach the layout. May be empty.
    void begin(Watch& watch, std::set<int> const& chinese_fonts, std::vector<bool> skip, Box crop_in_user,
               std::vector<Box> redactions_in_user) {
        page_ = {};
        page_.watch = &watch;
        page_.chinese_fonts = &chinese_fonts;
        page_.skip = std::move(skip);
        page_.crop = crop_in_user;
        page_.redactions = std::move(redactions_in_user);
        page_.layout = std::make_unique<TextPageOwner>();
        page_.actual = std::make_unique<ActualText>(page_.layout->page);
    }

    bool upsideDown() override { return true; }
    bool useDrawChar() override { return true; }
    bool interpretType3Chars() override { return false; }
    bool needNonText() override { return true; }
    bool needCharCount() override { return true; }
    bool useTilingPatternFill() override { return true; }
    bool useShadedFills(int) override { return true; }

    void startPage(int, GfxState* state, XRef*) override {
        page_.layout->page->startPage(state);
        Box const crop = bounds(state, page_.crop.left, page_.crop.top, page_.crop.right, page_.crop.bottom);
        page_.sight = std::make_unique<Sight>(state->getPageWidth(), state->getPageHeight(), crop);
        for (Box const& box : page_.redactions) {
            page_.sight->redact(bounds(state, box.left, box.top, box.right, box.bottom));
        }
        page_.colour_known = false;
    }
    void endPage() override {
        flush_lead(nullptr);
        page_.layout->page->endPage();
    }
    void saveState(GfxState*) override { page_.odd_clips.push_back(page_.odd_clip); }
    void restoreState(GfxState* state) override {
        if (!page_.odd_clips.empty()) {
            page_.odd_clip = page_.odd_clips.back();
            page_.odd_clips.pop_back();
        }
        page_.colour_known = false;
        updateFont(state);
    }
    void updateAll(GfxState* state) override {
        page_.colour_known = false;
        updateFont(state);
    }
    void updateFillColorSpace(GfxState* state) override {
        page_.colour_known = false;
        if (state->getFillColorSpace()->getMode() != csICCBased) return;
        Ref const profile = static_cast<GfxICCBasedColorSpace*>(state->getFillColorSpace())->getRef();
        if (profiles_.size() < most_profiles) profiles_.insert(profile);
    }
    void updateStrokeColorSpace(GfxState*) override { page_.colour_known = false; }
    void updateFillColor(GfxState*) override { page_.colour_known = false; }
    void updateStrokeColor(GfxState*) override { page_.colour_known = false; }
    void updateRender(GfxState*) override { page_.colour_known = false; }
    void updateFont(GfxState* state) override {
        flush_lead(state);
        page_.layout->page->updateFont(state);
        auto const& font = state->getFont();
        bool const plain = font && !font->isCIDFont() && !font->hasToUnicodeCMap() &&
                           font->getType() != fontType3;
        page_.untold = font && numbers_glyphs_only(*font);
        page_.samples = nullptr;
        page_.chinese = false;
        if (!plain) return;
        page_.chinese = page_.chinese_fonts->count(font->getID()->num) > 0;
        if (!page_.chinese) page_.samples = &page_.bytes[font->getID()->num];
    }
    // A string ends no word: where letters are moved together by hand, each few of them are a string.
    void endString(GfxState* state) override { flush_lead(state); }
    void incCharCount(int count) override { page_.layout->page->incCharCount(count); }

    void drawChar(GfxState* state, double x, double y, double dx, double dy, double, double,
                  CharCode code, int bytes, Unicode const* u, int size) override {
        std::uint32_t const call = page_.calls;
        if (!page_.in_tile) ++page_.calls;
        if (page_.samples) page_.samples->add(static_cast<unsigned>(code));
        bool const skipped = call < page_.skip.size() && page_.skip[call] && !page_.in_tile;
        Piece piece{x, y, dx, dy, code, bytes, {}, 0, call, skipped};
        for (int i = 0; i < size && u && piece.size < most_units; ++i) piece.units[piece.size++] = u[i];
        if (page_.chinese && join_pair(state, piece)) return;
        emit(state, piece);
    }
    void beginActualText(GfxState* state, GooString const* text) override {
        flush_lead(state);
        bool const unseen = page_.calls < page_.skip.size() && page_.skip[page_.calls];
        if (page_.span_open || unseen) return;
        page_.span_open = true;
        page_.span_begin = page_.sight->glyphs().size();
        page_.span_text = text ? text->toStr() : std::string();
        page_.actual->begin(state, text);
    }
    void endActualText(GfxState* state) override {
        flush_lead(state);
        if (!page_.span_open) return;
        page_.span_open = false;
        page_.actual->end(state);
        note_replaced();
    }

    void clip(GfxState* state) override { page_.odd_clip = page_.odd_clip || !is_rectangle(state->getPath()); }
    void eoClip(GfxState* state) override { clip(state); }
    void clipToStrokePath(GfxState*) override { page_.odd_clip = true; }

    void fill(GfxState* state) override { note_fill(state); }
    void eoFill(GfxState* state) override { note_fill(state); }
    void stroke(GfxState* state) override { note_stroke(state); }
    bool tilingPatternFill(GfxState* state, Gfx* gfx, Catalog*, GfxTilingPattern* pattern,
                           double const* matrix, int x0, int y0, int x1, int y1, double x_step,
                           double y_step) override {
        page_.sight->paint(clip_of(state), Paint::shaded, {}, state->getFillOpacity(), false);
        // Each tile shows the same text, so a few are enough to read it.
        int drawn = 0;
        ++page_.in_tile;
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
        --page_.in_tile;
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
        if (ref && ref->isRef() && stand_ins_.is_up(ref->getRefNum())) {
            constexpr Box anywhere{-1e30f, -1e30f, 1e30f, 1e30f};  // not all tiles are read
            stand_ins_.note(ref->getRefNum(), page_.in_tile ? anywhere : intersect(bounds(state, 0, 0, 1, 1), clip_of(state)));
        }
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

    std::set<Ref> const& profiles() const { return profiles_; }
    bool full() const { return page_.sight && page_.sight->glyphs().size() >= most_glyphs; }
    static bool stop(void* self) {
        auto* watcher = static_cast<Watcher*>(self);
        if (!watcher->full() && !watcher->page_.watch->stop()) return false;
        watcher->page_.stopped = true;
        return true;
    }

    // Hands the page over.
    PageReading finish() {
        PageReading reading;
        reading.stopped = page_.stopped;
        reading.calls = page_.calls;
        reading.image_pixels = page_.image_pixels;
        reading.met_chinese = page_.met_chinese;
        reading.found_chinese = found_chinese();
        reading.replaced = std::move(page_.replaced);
        reading.sight = std::move(page_.sight);
        reading.layout = page_.layout->page;
        reading.keeper = std::shared_ptr<void>(std::move(page_.layout));
        page_ = {};
        return reading;
    }

  private:
    // Fonts whose bytes, taken as Latin letters by poppler, are Chinese.
    std::set<int> found_chinese() const {
        std::set<int> found;
        for (auto const& [font, sample] : page_.bytes) {
            if (sample.is_chinese()) found.insert(font);
        }
        return found;
    }

    struct Piece {
        double x, y, dx, dy;
        CharCode code;
        int bytes;
        std::array<Unicode, most_units> units;
        int size;
        std::uint32_t call;
        bool skipped;
    };

    void emit(GfxState* state, Piece const& piece) {
        if (full()) return;
        int const render = state->getRender();
        if (!page_.colour_known) {
            GfxRGB rgb;
            render == 1 ? state->getStrokeRGB(&rgb) : state->getFillRGB(&rgb);
            page_.colour = colour_of(rgb);
            page_.colour_known = true;
        }
        Glyph glyph = place_glyph(state, piece.x, piece.y, piece.dx, piece.dy, render);
        glyph.call = piece.call;
        glyph.colour = page_.colour;
        char32_t text[most_units];
        std::copy_n(piece.units.begin(), piece.size, text);
        glyph.blank = piece.size > 0 && std::all_of(text, text + piece.size, is_blank);
        double const opacity = render == 1 ? state->getStrokeOpacity() : state->getFillOpacity();
        glyph.doubted = page_.odd_clip || opacity < 0.99 || state->getBlendMode() != gfxBlendNormal;
        glyph.slanted = glyph.slanted && !page_.span_open;
        if (!page_.in_tile) {
            page_.sight->add(glyph, {text, static_cast<std::size_t>(piece.size)}, clip_of(state));
            if (page_.untold && piece.size > 0 && !glyph.blank) page_.sight->doubt_character();
        }
        if (piece.skipped || (glyph.slanted && !page_.in_tile)) return;
        page_.actual->addChar(state, piece.x, piece.y, piece.dx, piece.dy, piece.code, piece.bytes,
                              piece.units.data(), piece.size);
    }

    // True where the piece was taken: it waits for its second byte, or has found its first.
    bool join_pair(GfxState* state, Piece& piece) {
        auto const byte = static_cast<unsigned>(piece.code);
        if (page_.lead) {
            Piece first = *page_.lead;
            char32_t const joined = byte <= 0xFF ? pair(first.code, byte) : 0;
            if (joined != 0) {
                page_.lead.reset();
                page_.met_chinese = true;
                first.units[0] = joined;
                first.size = 1;
                first.dx += piece.dx;
                first.dy += piece.dy;
                first.bytes += piece.bytes;
                emit(state, first);
                return true;
            }
            flush_lead(state);
        }
        if (byte < 0xA1 || byte > 0xFE) return false;
        page_.lead = piece;
        return true;
    }
    void flush_lead(GfxState* state) {
        if (page_.lead && state) emit(state, *page_.lead);
        page_.lead.reset();
    }

    void note_replaced() {
        std::u32string drawn, given;
        bool seen = false;
        auto const& glyphs = page_.sight->glyphs();
        for (std::size_t i = page_.span_begin; i < glyphs.size(); ++i) {
            drawn.append(page_.sight->text(), glyphs[i].text, glyphs[i].length);
            seen = seen || (!glyphs[i].blank && glyphs[i].length > 0 && !glyphs[i].unseen);
        }
        if (!seen) return;
        Unicode* units = nullptr;
        int const count = TextStringToUCS4(page_.span_text, &units);
        for (int i = 0; i < count; ++i) given.push_back(static_cast<char32_t>(units[i]));
        gfree(units);
        if (is_same_reading(drawn, given)) return;
        page_.replaced += drawn;
        page_.replaced.push_back(U'\n');
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
            page_.sight->paint(intersect(box, clip), Paint::solid, colour_of(rgb), opacity, exact);
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
                page_.sight->paint(intersect(box, clip), Paint::solid, colour_of(rgb),
                              state->getStrokeOpacity(), false);
            }
        }
    }
    bool shaded(GfxState* state) {
        page_.sight->paint(clip_of(state), Paint::shaded, {}, state->getFillOpacity(), false);
        return true;
    }
    void note_image(GfxState* state, int width, int height) {
        page_.image_pixels += static_cast<std::uint64_t>(std::max(width, 0)) * std::max(height, 0);
        page_.sight->paint(intersect(bounds(state, 0, 0, 1, 1), clip_of(state)), Paint::image, {},
                      state->getFillOpacity(), false);
    }

    // Everything that belongs to the page at hand.
    struct PageState {
        Watch* watch = nullptr;
        std::set<int> const* chinese_fonts = nullptr;
        std::vector<bool> skip;
        Box crop;
        std::vector<Box> redactions;
        std::unique_ptr<TextPageOwner> layout;
        std::unique_ptr<ActualText> actual;
        std::unique_ptr<Sight> sight;
        std::map<int, ByteSample> bytes;
        ByteSample* samples = nullptr;
        bool odd_clip = false;  // bounds alone do not tell what it leaves
        std::vector<bool> odd_clips;
        bool untold = false;  // the font does not tell its characters
        bool chinese = false;
        bool met_chinese = false;
        std::optional<Piece> lead;
        Colour colour;
        bool colour_known = false;
        bool stopped = false;
        bool span_open = false;
        std::size_t span_begin = 0;
        std::string span_text;
        std::u32string replaced;
        std::uint32_t calls = 0;
        int in_tile = 0;
        std::uint64_t image_pixels = 0;
    };
    PageState page_;
    ImageStandIns& stand_ins_;
    std::set<Ref> profiles_;  // of the document
};

}  // namespace

struct PageSource::Inside {
    explicit Inside(PDFDoc& the_document) : document(the_document), stand_ins(document), watcher(stand_ins) {}
    PDFDoc& document;
    ImageStandIns stand_ins;
    Watcher watcher;
};

PageSource::PageSource(PDFDoc& document) : inside_(std::make_unique<Inside>(document)) {}

PageSource::~PageSource() = default;

PageReading PageSource::read(int page, std::set<int> const& chinese_fonts, std::vector<bool> skip,
                             Watch& watch) {
    PDFDoc& document = inside_->document;
    Watcher& watcher = inside_->watcher;
    watcher.begin(watch, chinese_fonts, std::move(skip), crop_of(document, page),
                  redactions_of(document, page));
    inside_->stand_ins.put_up(page);
    document.displayPage(&watcher, page, 72, 72, 0, true, false, false, Watcher::stop, &watcher);
    return watcher.finish();
}

ImageStandIns& PageSource::stand_ins() { return inside_->stand_ins; }

void PageSource::lend_colours(OutputDev& device) {
    for (Ref const profile : inside_->watcher.profiles()) {
        GfxICCBasedColorSpace* const known = inside_->watcher.getIccColorSpaceCache()->lookup(profile);
        if (!known) continue;
        device.getIccColorSpaceCache()->put(profile, static_cast<GfxICCBasedColorSpace*>(known->copy()));
    }
}

}  // namespace keepmum::pdf
