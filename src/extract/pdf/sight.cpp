// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/sight.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace keepmum::pdf {

namespace {

constexpr int most_cells = 192;                  // a side
constexpr std::uint64_t most_work = 40'000'000;  // cell and glyph visits a page
constexpr std::size_t most_images = 4096;
constexpr float suspect_share = 0.4f;
constexpr float large_image_share = 0.2f;  // of the page: a scan or a strip of one
constexpr int same_luminance = 14;
constexpr float thin = 1.5f;  // points: rules and underlines are no background

float clamp_to(float value, float low, float high) { return std::min(std::max(value, low), high); }

bool centre_inside(Box const& core, Box const& box, float slack) {
    float const x = (core.left + core.right) / 2, y = (core.top + core.bottom) / 2;
    return x >= box.left - slack && x <= box.right + slack && y >= box.top - slack &&
           y <= box.bottom + slack;
}

}  // namespace

Box intersect(Box left, Box right) {
    return {std::max(left.left, right.left), std::max(left.top, right.top),
            std::min(left.right, right.right), std::min(left.bottom, right.bottom)};
}

Box unite(Box left, Box right) {
    return {std::min(left.left, right.left), std::min(left.top, right.top),
            std::max(left.right, right.right), std::max(left.bottom, right.bottom)};
}

Sight::Sight(double width, double height, Box visible)
    : width_(width), height_(height), visible_(visible) {
    float const side = static_cast<float>(std::max({width, height, 1.0}));
    cell_size_ = std::max(8.0f, side / most_cells);
    columns_ = std::clamp(static_cast<int>(width / cell_size_) + 1, 1, most_cells + 1);
    rows_ = std::clamp(static_cast<int>(height / cell_size_) + 1, 1, most_cells + 1);
    cells_.resize(static_cast<std::size_t>(columns_) * rows_);
}

Sight::Range Sight::cells_of(Box box) const {
    auto index = [&](float value, int count) {
        return static_cast<int>(clamp_to(value / cell_size_, 0.0f, static_cast<float>(count - 1)));
    };
    return {index(box.left, columns_), index(box.top, rows_), index(box.right, columns_),
            index(box.bottom, rows_)};
}

Sight::Cell& Sight::cell_at(float x, float y) {
    Range const range = cells_of({x, y, x, y});
    return cells_[static_cast<std::size_t>(range.top) * columns_ + range.left];
}

void Sight::add(Glyph glyph, std::u32string_view text, Box clip) {
    glyph.text = static_cast<std::uint32_t>(text_.size());
    glyph.length = static_cast<std::uint8_t>(std::min<std::size_t>(text.size(), 255));
    text_.append(text.substr(0, glyph.length));
    if (!glyph.blank) {
        ++inked_;
        if (glyph.length == 0) ++unmapped_;
        Box const page{0, 0, static_cast<float>(width_), static_cast<float>(height_)};
        if (glyph.em < 1.0f) {
            glyph.fate = Fate::tiny;
        } else if (!centre_inside(glyph.core, intersect(visible_, page), 1.0f)) {
            glyph.fate = Fate::off_page;
        } else if (!centre_inside(glyph.core, clip, 1.0f)) {
            glyph.fate = Fate::clipped;
        } else {
            Cell const& cell = cell_at((glyph.core.left + glyph.core.right) / 2,
                                       (glyph.core.top + glyph.core.bottom) / 2);
            int const luminance = glyph.colour.luminance();
            glyph.suspect = glyph.unseen || (luminance + same_luminance >= cell.low &&
                                             luminance <= cell.high + same_luminance);
        }
    }
    Cell& cell = cell_at((glyph.core.left + glyph.core.right) / 2, (glyph.core.top + glyph.core.bottom) / 2);
    glyph.next = cell.first;
    cell.first = static_cast<std::uint32_t>(glyphs_.size() + 1);
    glyphs_.push_back(glyph);
}

void Sight::cover(Glyph& glyph, Box box, Paint kind) {
    float const whole = glyph.core.area();
    if (whole <= 0) return;
    float const share = intersect(glyph.core, box).area() / whole;
    if (share <= 0) return;
    glyph.painted = std::min(glyph.painted + share, 16.0f);
    if (share >= suspect_share) glyph.cover = paints_;
    if (glyph.painted >= suspect_share && !glyph.blank) glyph.doubted = true;
    bool const large = box.area() >= large_image_share * static_cast<float>(width_ * height_);
    if (kind == Paint::image && share > 0.5f && large) glyph.under_image = true;
}

void Sight::shade(Cell& cell, Box cell_box, Box box, Paint kind, int luminance, double opacity,
                  bool exact) {
    bool const whole = box.left <= cell_box.left && box.right >= cell_box.right &&
                       box.top <= cell_box.top && box.bottom >= cell_box.bottom;
    if (kind != Paint::solid) {
        cell.low = 0;
        cell.high = 255;
    } else if (whole && exact && opacity > 0.95) {
        cell.low = cell.high = static_cast<std::uint8_t>(luminance);
    } else {
        cell.low = static_cast<std::uint8_t>(std::min<int>(cell.low, luminance));
        cell.high = static_cast<std::uint8_t>(std::max<int>(cell.high, luminance));
    }
}

void Sight::paint(Box box, Paint kind, Colour colour, double opacity, bool exact) {
    if (!(opacity > 0.02)) return;
    box = intersect(box, {0, 0, static_cast<float>(width_), static_cast<float>(height_)});
    if (!(box.right > box.left && box.bottom > box.top)) return;
    ++paints_;
    if (kind == Paint::image && images_.size() < most_images) images_.push_back(box);
    bool const line = box.right - box.left < thin || box.bottom - box.top < thin;
    int const luminance = colour.luminance();
    Range const range = cells_of(box);
    for (int row = range.top; row <= range.bottom; ++row) {
        for (int column = range.left; column <= range.right; ++column) {
            if (++work_ > most_work) return;  // settle() then holds every glyph suspect
            Cell& cell = cells_[static_cast<std::size_t>(row) * columns_ + column];
            for (std::uint32_t number = cell.first; number != 0;) {
                Glyph& glyph = glyphs_[number - 1];
                cover(glyph, box, kind);
                number = glyph.next;
                if (++work_ > most_work) return;
            }
            if (line) continue;
            float const left = column * cell_size_, top = row * cell_size_;
            Box const cell_box{left, top, left + cell_size_, top + cell_size_};
            shade(cell, cell_box, box, kind, luminance, opacity, exact);
        }
    }
}

void Sight::settle() {
    for (Glyph& glyph : glyphs_) {
        if (glyph.blank || glyph.fate != Fate::shown) continue;
        if (work_ > most_work) glyph.doubted = true;
        bool const marked = std::any_of(redacted_.begin(), redacted_.end(), [&](Box const& box) {
            return ++work_ <= 4 * most_work && centre_inside(glyph.core, box, 0);
        });
        if (marked) {
            glyph.fate = Fate::redact;
            glyph.suspect = glyph.doubted = false;
            continue;
        }
        if (!glyph.unseen) continue;
        for (Box const& image : images_) {
            if (++work_ > 4 * most_work) glyph.over_image = true;
            if (glyph.over_image || centre_inside(glyph.core, image, 0)) {
                glyph.over_image = true;
                break;
            }
        }
        if (!glyph.over_image) {
            glyph.fate = Fate::invisible;
            glyph.suspect = glyph.doubted = false;
        }
    }
}

void Sight::forgive_redrawn() {
    auto key = [&](Glyph const& glyph) {
        return std::tuple(text_.substr(glyph.text, glyph.length), std::lround(glyph.x),
                          std::lround(glyph.y));
    };
    if (all_shown()) return;
    std::set<std::tuple<std::u32string, long, long>> shown;
    for (Glyph const& glyph : glyphs_) {
        if (glyph.fate == Fate::shown && !glyph.blank) shown.insert(key(glyph));
    }
    for (Glyph& glyph : glyphs_) {
        if (glyph.fate != Fate::shown && shown.count(key(glyph)) > 0) glyph.fate = Fate::shown;
    }
}

bool Sight::wants_picture() const {
    return std::any_of(glyphs_.begin(), glyphs_.end(),
                       [](Glyph const& g) { return g.suspect || g.doubted; });
}

bool Sight::wants_toggled() const {
    return std::any_of(glyphs_.begin(), glyphs_.end(),
                       [](Glyph const& g) { return g.doubted && !g.unseen; });
}

bool Sight::all_shown() const {
    return std::all_of(glyphs_.begin(), glyphs_.end(),
                       [](Glyph const& g) { return g.fate == Fate::shown; });
}

Apart collect(Sight const& sight, Fate fate, Lines lines) {
    Apart apart;
    Glyph const* last = nullptr;
    bool broken = false;  // glyphs of another fate stood in between
    bool blank = false;   // a covered space followed the last one
    for (Glyph const& glyph : sight.glyphs()) {
        if (glyph.blank) {
            blank = blank || (last && !broken && glyph.painted >= 0.8f);
            continue;
        }
        if (glyph.fate != fate || (lines == Lines::slanted && !glyph.slanted)) {
            broken = true;
            continue;
        }
        if (last) {
            float const em = std::max(std::min(last->em, glyph.em), 0.1f);
            float const along = std::hypot(glyph.x - last->end_x, glyph.y - last->end_y);
            bool const same_line = along < 3 * em;
            if (!same_line || broken) {
                if (blank && fate == Fate::box) apart.text.push_back(U' ');
                apart.text.push_back(U'\n');
            } else if (along > 0.18f * em) {
                apart.text.push_back(U' ');
            }
            if (!same_line || broken) last = nullptr;
        }
        broken = blank = false;
        if (!last || last->cover != glyph.cover) {
            apart.spots.push_back({static_cast<std::uint32_t>(apart.text.size()), glyph.core});
        } else {
            apart.spots.back().box = unite(apart.spots.back().box, glyph.core);
        }
        apart.text.append(sight.text(), glyph.text, glyph.length);
        last = &glyph;
    }
    return apart;
}

}  // namespace keepmum::pdf
