// Poppler's private API (22.12) changes with every release: only this file, watcher.cpp, layout.cpp,
// painter.cpp and image_stand_ins.cpp may know it.
//
// A page is read once by the watcher, which feeds poppler's own layout and notes where each glyph stands
// and what is painted later. Only where some glyph is not plainly seen is the page painted and read a
// second time without the glyphs that nobody sees.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/page_reader.h"

#include <poppler/Error.h>
#include <poppler/ErrorCodes.h>
#include <poppler/GlobalParams.h>
#include <poppler/OptionalContent.h>
#include <poppler/PDFDoc.h>
#include <poppler/Stream.h>
#include <poppler/TextOutputDev.h>
#include <poppler/XRef.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <set>

#include "base/utf8.h"
#include "extract/pdf/layout.h"
#include "extract/pdf/painter.h"
#include "extract/pdf/picture.h"
#include "extract/pdf/watcher.h"

namespace keepmum::pdf {

namespace {

constexpr std::size_t most_laid_out = 60'000;  // glyphs; beyond it, drawing order is the reading order
constexpr std::uint64_t most_image_pixels = 300'000'000;  // a document, decoded for pictures

// poppler reports through one callback without data; the worker reads one document at a time.
thread_local std::size_t* damage_count = nullptr;

void count_damage(ErrorCategory, Goffset, char const* message) {
    if (!damage_count || !message) return;
    for (char const* sign : {"flate stream", "LZW stream", "Unknown filter", "ASCII85", "RunLength"}) {
        if (std::strstr(message, sign)) ++*damage_count;
    }
}

// One character at one spot: two readings of a page agree on it.
struct Spot {
    std::u32string text;
    long x, y;
    friend auto operator<=>(Spot const&, Spot const&) = default;
};

std::vector<Spot> spots_of(Sight const& sight) {
    std::vector<Spot> spots;
    for (Glyph const& glyph : sight.glyphs()) {
        spots.push_back({sight.text().substr(glyph.text, glyph.length), std::lround(glyph.x * 4),
                         std::lround(glyph.y * 4)});
    }
    return spots;
}

void append(Passage& passage, Passage const& more) {
    for (Mark mark : more.marks) {
        mark.at += static_cast<std::uint32_t>(passage.text.size());
        passage.marks.push_back(mark);
    }
    passage.text += more.text;
}

void append_paragraph(Passage& passage, Passage const& more) {
    if (more.text.empty()) return;
    auto const is_paragraph = [](Mark const& mark) { return mark.what == Mark::What::paragraph; };
    auto const before = static_cast<std::int32_t>(std::count_if(passage.marks.begin(), passage.marks.end(), is_paragraph));
    passage.marks.push_back({static_cast<std::uint32_t>(passage.text.size()), Mark::What::paragraph, before + 1});
    append(passage, more);
}

// For each reading of a page poppler prepares four transforms to the colours of the press that the document
// is meant for, which takes longer than the page. Colours here are those of a screen.
void forget_output_intents(XRef& xref) {
    Object const catalog = xref.getCatalog();
    if (!catalog.isDict() || catalog.dictLookupNF("OutputIntents").isNull()) return;
    XRefEntry* const entry = xref.getEntry(xref.getRootNum(), false);
    if (!entry) return;
    Dict* const changed = catalog.getDict()->copy(&xref);
    changed->remove("OutputIntents");
    entry->obj = Object(changed);
}

}  // namespace

struct PageReader::Inside {
    std::unique_ptr<PDFDoc> document;
    std::unique_ptr<PageSource> source;
    State state = State::broken;
    std::set<int> chinese_fonts;
    std::uint64_t image_pixels = 0;

    PageReading read(int page, std::vector<bool> skip, Watch& watch) {
        return source->read(page, chinese_fonts, std::move(skip), watch);
    }
    void judge_page(PageReading& reading, int page, Look look, Watch& watch);
    void add_layers(Sight const& shown, int page, Watch& watch, PageText& out);
};

// Decides the fate of each glyph.
void PageReader::Inside::judge_page(PageReading& reading, int page, Look look, Watch& watch) {
    Sight& sight = *reading.sight;
    sight.settle();
    if (!sight.wants_picture()) return;
    std::uint64_t const pixels = (sight.wants_toggled() ? 3 : 1) * reading.image_pixels;
    if (look == Look::geometry || image_pixels + pixels > most_image_pixels) {
        judge_by_boxes(sight);
        return;
    }
    image_pixels += pixels;
    PageEasel easel(*document, *source, page, sight, watch);
    if (!judge(sight, easel)) judge_by_boxes(sight);
}

// Text of layers that are off: the page is read with all layers on, then all off, and what the usual
// view does not have was hidden by a layer.
void PageReader::Inside::add_layers(Sight const& shown, int page, Watch& watch, PageText& out) {
    OCGs* layers = document->getOptContentConfig();
    if (!layers || !layers->hasOCGs()) return;
    std::map<Spot, int> known;
    for (Spot& spot : spots_of(shown)) ++known[std::move(spot)];
    std::vector<std::pair<OptionalContentGroup*, OptionalContentGroup::State>> before;
    for (auto const& [ref, layer] : layers->getOCGs()) before.emplace_back(layer.get(), layer->getState());
    PageText::Hidden all{Fate::layer, 0, {}};
    for (auto const state : {OptionalContentGroup::On, OptionalContentGroup::Off}) {
        for (auto& [layer, old] : before) layer->setState(state);
        PageReading const reading = read(page, {}, watch);
        if (!reading.sight) continue;
        std::map<Spot, int> left = known;
        std::vector<Spot> const spots = spots_of(*reading.sight);
        for (std::size_t i = 0; i < spots.size(); ++i) {
            Glyph& glyph = reading.sight->glyphs()[i];
            auto const found = left.find(spots[i]);
            bool const seen = found != left.end() && found->second-- > 0;
            glyph.fate = seen ? Fate::shown : Fate::layer;
            if (!seen) ++known[spots[i]];
        }
        PageText::Hidden const part = gather(*reading.sight, Fate::layer);
        append(all.passage, part.passage);
        all.regions += part.regions;
    }
    for (auto& [layer, old] : before) layer->setState(old);
    if (all.regions > 0) out.hidden.push_back(std::move(all));
}

// Streams of the page's own text that are packed as a picture: what a viewer makes of them nobody knows,
// and unpacking them can take for ever.
std::size_t pictures_as_text(PDFDoc& document, int number) {
    Page* const page = document.getPage(number);
    if (!page) return 0;
    auto is_picture = [](Object const& filter) {
        for (char const* name : {"JBIG2Decode", "DCTDecode", "DCT", "JPXDecode", "CCITTFaxDecode", "CCF"}) {
            if (filter.isName(name)) return true;
        }
        return false;
    };
    auto is_packed_so = [&](Object const& stream) {
        if (!stream.isStream()) return false;
        Object const filter = stream.streamGetDict()->lookup("Filter");
        if (!filter.isArray()) return is_picture(filter);
        for (int i = 0; i < filter.arrayGetLength(); ++i) {
            if (is_picture(filter.arrayGet(i))) return true;
        }
        return false;
    };
    Object const contents = page->getContents();
    if (!contents.isArray()) return is_packed_so(contents);
    std::size_t count = 0;
    for (int i = 0; i < contents.arrayGetLength(); ++i) count += is_packed_so(contents.arrayGet(i));
    return count;
}

PageText PageReader::read(int page, Look look, Watch& watch) {
    PageText out;
    damage_count = &out.damaged;
    PageReading reading = inside_->read(page, {}, watch);
    damage_count = nullptr;
    if (!reading.found_chinese.empty()) {
        inside_->chinese_fonts.insert(reading.found_chinese.begin(), reading.found_chinese.end());
        reading = inside_->read(page, {}, watch);
    }
    out.stopped = reading.stopped;
    out.damaged += pictures_as_text(*inside_->document, page);
    if (!reading.sight) {
        out.damaged = std::max<std::size_t>(out.damaged, 1);
        return out;
    }
    out.chinese_bytes = reading.met_chinese;
    Sight& sight = *reading.sight;
    out.inked = sight.inked();
    out.unmapped = sight.unmapped();
    inside_->judge_page(reading, page, look, watch);
    sight.forgive_redrawn();
    for (char32_t c : reading.replaced) append_utf8(out.replaced.text, c);
    for (Fate fate : {Fate::box, Fate::white, Fate::invisible, Fate::tiny, Fate::off_page, Fate::clipped,
                      Fate::redact}) {
        PageText::Hidden hidden = gather(sight, fate);
        if (hidden.regions > 0) out.hidden.push_back(std::move(hidden));
    }
    inside_->add_layers(sight, page, watch, out);
    if (sight.glyphs().size() > most_laid_out) {
        out.shown = gather(sight, Fate::shown).passage;
        return out;
    }
    Passage const slanted = gather(sight, Fate::shown, Lines::slanted).passage;
    if (!sight.all_shown()) {
        std::vector<bool> skip(reading.calls);
        for (Glyph const& glyph : sight.glyphs()) skip[glyph.call] = glyph.fate != Fate::shown;
        reading = inside_->read(page, std::move(skip), watch);  // the sight is gone from here on
    }
    TextPage* const layout = reading.layout;
    layout->coalesce(false, 0, false);
    std::vector<PlacedWord> placed;
    out.shown = lay_out(*layout, placed);
    out.seams = seams_of(out.shown.text, placed);
    append_paragraph(out.shown, slanted);
    return out;
}

PageReader::PageReader(std::string_view bytes) : inside_(std::make_unique<Inside>()) {
    auto* stream = new MemStream(bytes.data(), 0, static_cast<Goffset>(bytes.size()), Object(objNull));
    inside_->document = std::make_unique<PDFDoc>(stream);
    inside_->source = std::make_unique<PageSource>(*inside_->document);
    if (inside_->document->isOk()) {
        forget_output_intents(*inside_->document->getXRef());
        inside_->state = State::ready;
    } else if (inside_->document->getErrorCode() == errEncrypted) {
        inside_->state = State::encrypted;
    }
}

PageReader::~PageReader() = default;

PageReader::State PageReader::state() const { return inside_->state; }

int PageReader::pages() const {
    return inside_->state == State::ready ? std::max(inside_->document->getNumPages(), 0) : 0;
}

void prepare_pages() {
    globalParams = std::make_unique<GlobalParams>();
    setErrorCallback(count_damage);
}

}  // namespace keepmum::pdf
