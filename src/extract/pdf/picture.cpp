// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/picture.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace keepmum::pdf {

namespace {

constexpr double covered_below = 0.2;  // share of the core that a loud rectangle still changes
constexpr double white_below = 0.05;   // share that its own colour changes
constexpr int least_trace = 8;         // of one channel: the loud colour shows, however faint
constexpr int least_contrast = 20;     // of one channel: what an eye can tell from its background
constexpr int plain_range = 36;        // luminance around the mean that counts as one colour
constexpr double plain_share = 0.98;
constexpr std::size_t least_word = 3;  // shorter ones are specks that text recognition took for letters

struct Area {
    int left, top, right, bottom;
    bool empty() const { return right <= left || bottom <= top; }
};

Area pixels_of(Box box, Picture const& picture) {
    auto side = [&](float value, int most) {
        return static_cast<int>(std::clamp(value * picture.scale, 0.0, static_cast<double>(most)));
    };
    Area area{side(box.left, picture.width), side(box.top, picture.height),
              side(box.right, picture.width), side(box.bottom, picture.height)};
    if (area.right == area.left && area.right < picture.width) ++area.right;
    if (area.bottom == area.top && area.bottom < picture.height) ++area.bottom;
    return area;
}

std::uint8_t const* pixel(Picture const& picture, int x, int y) {
    return &picture.pixels[(static_cast<std::size_t>(y) * picture.width + x) * 3];
}

// Share of the box's pixels that differ between the two pictures; 1 for an empty box.
double difference(Box box, Picture const& left, Picture const& right, int least) {
    Area const area = pixels_of(box, left);
    if (area.empty() || left.pixels.size() != right.pixels.size()) return 1;
    std::size_t changed = 0, total = 0;
    for (int y = area.top; y < area.bottom; ++y) {
        for (int x = area.left; x < area.right; ++x, ++total) {
            std::uint8_t const *a = pixel(left, x, y), *b = pixel(right, x, y);
            if (std::abs(a[0] - b[0]) >= least || std::abs(a[1] - b[1]) >= least ||
                std::abs(a[2] - b[2]) >= least) {
                ++changed;
            }
        }
    }
    return static_cast<double>(changed) / static_cast<double>(total);
}

// Share of the box's pixels that an eye can tell from the colour; 1 for an empty box.
double contrast(Box box, Picture const& picture, Colour colour) {
    Area const area = pixels_of(box, picture);
    if (area.empty()) return 1;
    std::size_t apart = 0, total = 0;
    for (int y = area.top; y < area.bottom; ++y) {
        for (int x = area.left; x < area.right; ++x, ++total) {
            std::uint8_t const* p = pixel(picture, x, y);
            apart += std::abs(p[0] - colour.red) >= least_contrast ||
                     std::abs(p[1] - colour.green) >= least_contrast ||
                     std::abs(p[2] - colour.blue) >= least_contrast;
        }
    }
    return static_cast<double>(apart) / static_cast<double>(total);
}

// The box shows one colour: no text can be read there.
bool is_plain(Box box, Picture const& picture) {
    Area const area = pixels_of(box, picture);
    if (area.empty()) return false;
    auto luminance = [&](int x, int y) {
        std::uint8_t const* p = pixel(picture, x, y);
        return (299 * p[0] + 587 * p[1] + 114 * p[2]) / 1000;
    };
    std::uint64_t sum = 0, total = 0;
    for (int y = area.top; y < area.bottom; ++y) {
        for (int x = area.left; x < area.right; ++x, ++total) sum += luminance(x, y);
    }
    int const mean = static_cast<int>(sum / total);
    std::uint64_t plain = 0;
    for (int y = area.top; y < area.bottom; ++y) {
        for (int x = area.left; x < area.right; ++x) {
            plain += std::abs(luminance(x, y) - mean) <= plain_range;
        }
    }
    return static_cast<double>(plain) >= plain_share * static_cast<double>(total);
}

// Text under or over a scan is what was recognised in it, and so is shown, unless the scan shows
// nothing at all where the word should stand.
void judge_scanned(std::vector<Glyph*>& word, Picture const& bare) {
    if (word.size() >= least_word) {
        Box box = word.front()->core;
        for (Glyph const* glyph : word) box = unite(box, glyph->core);
        if (is_plain(box, bare)) {
            for (Glyph* glyph : word) glyph->fate = glyph->unseen ? Fate::invisible : Fate::box;
        }
    }
    word.clear();
}

}  // namespace

void judge(Sight& sight, Pictures const& pictures) {
    std::vector<Glyph*> word;
    for (Glyph& glyph : sight.glyphs()) {
        bool const open = !glyph.blank && glyph.fate == Fate::shown;
        bool scanned = open && glyph.suspect && glyph.unseen;
        bool same = false;
        if (open && glyph.doubted && !glyph.unseen) {
            if (difference(glyph.core, pictures.bare, pictures.loud, least_trace) < covered_below) {
                scanned = glyph.under_image;
                if (!scanned) glyph.fate = glyph.painted >= 0.4f ? Fate::box : Fate::clipped;
            } else {
                same = difference(glyph.core, pictures.bare, pictures.own, least_contrast) < white_below;
            }
        } else if (open && glyph.suspect && !glyph.unseen) {
            same = contrast(glyph.core, pictures.bare, glyph.colour) < white_below;
        }
        // Black on black is a box all the same, drawn first for a change.
        if (same) glyph.fate = glyph.colour.luminance() < 128 ? Fate::box : Fate::white;
        bool const far = !word.empty() && std::hypot(glyph.x - word.back()->end_x,
                                                     glyph.y - word.back()->end_y) > 0.3f * glyph.em;
        if (!scanned || far) judge_scanned(word, pictures.bare);
        if (scanned) word.push_back(&glyph);
    }
    judge_scanned(word, pictures.bare);
}

void judge_by_boxes(Sight& sight) {
    for (Glyph& glyph : sight.glyphs()) {
        if (!glyph.doubted || glyph.blank || glyph.fate != Fate::shown) continue;
        if (!glyph.unseen && !glyph.under_image && glyph.painted >= 0.8f) glyph.fate = Fate::box;
    }
}

}  // namespace keepmum::pdf
