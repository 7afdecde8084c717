// The stand-ins are put where poppler keeps changed objects, and are taken back by emptying that place: it
// then reads the object from the file again. Nothing else of the document may come to read a stand-in: text
// can hide in an object that calls itself an image and serves as a pattern, an appearance or the page's own
// text as well. What could serve so is left alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/image_stand_ins.h"

#include <poppler/Catalog.h>
#include <poppler/Dict.h>
#include <poppler/Object.h>
#include <poppler/PDFDoc.h>
#include <poppler/Page.h>
#include <poppler/Stream.h>
#include <poppler/XRef.h>

#include <algorithm>
#include <iterator>

namespace keepmum::pdf {

namespace {

constexpr int most_levels = 3;     // of forms in forms; images deeper down stay as they are
constexpr int most_looked_at = 500;  // objects a page; the same for the rest
constexpr std::size_t most_stand_ins = 20'000;  // a document

// An image without pixels. As it has no mask either, it is drawn by the plainest of calls.
Object make_stand_in(Dict& image, XRef* xref) {
    auto* dict = new Dict(xref);
    for (char const* key : {"Type", "Subtype", "Width", "W", "Height", "H", "OC"}) {
        Object value = image.lookupNF(key).copy();
        if (!value.isNull()) dict->add(key, std::move(value));
    }
    dict->add("BitsPerComponent", Object(8));
    dict->add("ColorSpace", Object(objName, "DeviceGray"));
    return Object(static_cast<Stream*>(new MemStream("", 0, 0, Object(dict))));
}

// Objects that hold the page's text: a stream, or a list of them.
std::vector<int> contents_of(PDFDoc& document, int page) {
    std::vector<int> numbers;
    Ref const* const ref = document.getCatalog()->getPageRef(page);
    Object const dict = ref ? document.getXRef()->fetch(*ref) : Object();
    if (!dict.isDict()) return numbers;
    Object const& contents = dict.dictLookupNF("Contents");
    if (contents.isRef()) numbers.push_back(contents.getRefNum());
    Object const list = dict.dictLookup("Contents");
    for (int i = 0; list.isArray() && i < list.arrayGetLength(); ++i) {
        if (list.arrayGetNF(i).isRef()) numbers.push_back(list.arrayGetNF(i).getRefNum());
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

bool meet(Box left, Box right) {
    constexpr float slack = 4;  // points
    return left.left <= right.right + slack && right.left <= left.right + slack &&
           left.top <= right.bottom + slack && right.top <= left.bottom + slack;
}

}  // namespace

struct ImageStandIns::StandIn {
    Object object;  // null where the image is left alone
    bool up = false;
    bool noted = false;
    Box box;
};

ImageStandIns::ImageStandIns(PDFDoc& document) : document_(document) {}

ImageStandIns::~ImageStandIns() { take_down_all(); }

void ImageStandIns::put_up(int page) {
    Page* const found = document_.getPage(page);
    if (!found) return;
    take_down_all();  // the text of this page may be what was an image before
    contents_ = contents_of(document_, page);
    looked_at_ = 0;
    gather(found->getResourceDict(), 0);
}

void ImageStandIns::gather(Dict* resources, int depth) {
    if (!resources || depth > most_levels) return;
    Object const objects = resources->lookup("XObject");
    if (!objects.isDict()) return;
    for (int i = 0; i < objects.dictGetLength(); ++i) {
        if (++looked_at_ > most_looked_at) return;
        Object const& ref = objects.dictGetValNF(i);
        if (!ref.isRef() || is_up(ref.getRefNum())) continue;
        Object const object = ref.fetch(document_.getXRef());
        if (!object.isStream()) continue;
        if (object.streamGetDict()->lookup("Subtype").isName("Image")) {
            consider(ref.getRefNum(), object);
        } else {
            Object const inner = object.streamGetDict()->lookup("Resources");
            if (inner.isDict()) gather(inner.getDict(), depth + 1);
        }
    }
}

void ImageStandIns::consider(int number, Object const& image) {
    XRefEntry* const entry = document_.getXRef()->getEntry(number, false);
    if (!entry || entry->type != xrefEntryUncompressed || !entry->obj.isNull()) return;
    if (std::binary_search(contents_.begin(), contents_.end(), number)) return;
    auto const [place, is_new] = stand_ins_.try_emplace(number);
    StandIn& stand_in = place->second;
    if (is_new && stand_ins_.size() <= most_stand_ins) {
        Dict& dict = *image.streamGetDict();
        auto const has = [&](char const* key) { return !dict.lookupNF(key).isNull(); };
        bool const else_too = has("BBox") || has("PatternType") || has("Resources");
        // Masks are painted in colours of the page, and pattern colours are painted another way.
        bool const mask = has("ImageMask") || has("IM");
        if (!else_too && !mask) stand_in.object = make_stand_in(dict, document_.getXRef());
    }
    if (!stand_in.object.isStream()) return;
    entry->obj = stand_in.object.copy();
    stand_in.up = true;
    stand_in.noted = false;
}

void ImageStandIns::note(int number, Box box) {
    auto const found = stand_ins_.find(number);
    if (found == stand_ins_.end()) return;
    StandIn& stand_in = found->second;
    stand_in.box = stand_in.noted ? unite(stand_in.box, box) : box;
    stand_in.noted = true;
}

void ImageStandIns::take_down(int number, StandIn& stand_in) {
    if (!stand_in.up) return;
    stand_in.up = false;
    XRefEntry* const entry = document_.getXRef()->getEntry(number, false);
    // A table that was rebuilt meanwhile holds none of ours.
    bool const ours = entry && entry->obj.isStream() && entry->obj.getStream() == stand_in.object.getStream();
    if (ours) entry->obj.setToNull();
}

void ImageStandIns::take_down(Box part) {
    for (auto& [number, stand_in] : stand_ins_) {
        if (stand_in.up && stand_in.noted && meet(stand_in.box, part)) take_down(number, stand_in);
    }
}

void ImageStandIns::take_down_all() {
    for (auto& [number, stand_in] : stand_ins_) take_down(number, stand_in);
}

bool ImageStandIns::is_up(int number) const {
    auto const found = stand_ins_.find(number);
    return found != stand_ins_.end() && found->second.up;
}

}  // namespace keepmum::pdf
