// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/geometry.h"

#include <poppler/GfxFont.h>
#include <poppler/GfxState.h>
#include <poppler/PDFDoc.h>
#include <poppler/Page.h>

#include <algorithm>
#include <cmath>

namespace keepmum::pdf {

namespace {

constexpr std::size_t most_redactions = 1000;

Box box_of(double x1, double y1, double x2, double y2) {
    return {static_cast<float>(std::min(x1, x2)), static_cast<float>(std::min(y1, y2)),
            static_cast<float>(std::max(x1, x2)), static_cast<float>(std::max(y1, y2))};
}

}  // namespace

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
    // The page's y goes down, so upright letters have a matrix that turns the other way.
    double const slope = 0.05 * std::hypot(ax, ay);  // 3 degrees: a scan that was laid down askew
    bool const mirrored = !type3 && m11 * m22 - m12 * m21 > 0;
    glyph.slanted = mirrored || (std::fabs(ax) > slope && std::fabs(ay) > slope);
    // From just over the baseline to the height of small letters; upright text the full advance.
    double const low = vertical ? -0.3 : 0.04, high = vertical ? 0.3 : 0.52;
    double const side_x = vertical ? m11 : up_x, side_y = vertical ? m12 : up_y;
    // The corners are sums of two spans, so each side's least and most add up.
    auto least = [](double a, double b) { return static_cast<float>(std::min(a, b)); };
    auto most = [](double a, double b) { return static_cast<float>(std::max(a, b)); };
    glyph.core = {static_cast<float>(px) + least(0.1 * ax, 0.9 * ax) + least(low * side_x, high * side_x),
                  static_cast<float>(py) + least(0.1 * ay, 0.9 * ay) + least(low * side_y, high * side_y),
                  static_cast<float>(px) + most(0.1 * ax, 0.9 * ax) + most(low * side_x, high * side_x),
                  static_cast<float>(py) + most(0.1 * ay, 0.9 * ay) + most(low * side_y, high * side_y)};
    bool const stroked = render == 1;
    double const opacity = stroked ? state->getStrokeOpacity() : state->getFillOpacity();
    glyph.unseen = (render == 3 && !type3) || opacity < 0.02;
    return glyph;
}

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

}  // namespace keepmum::pdf
