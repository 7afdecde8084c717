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

// Pixels of the page.
struct Area {
    int left, top, right, bottom;
    bool empty() const { return right <= left || bottom <= top; }
    std::size_t size() const { return static_cast<std::size_t>(right - left) * (bottom - top); }
};

Area pixels_of(Box box, Sight const& sight, double scale) {
    auto most = [&](double length) { return std::max(static_cast<int>(length * scale + 0.5), 1); };
    int const width = most(sight.width()), height = most(sight.height());
    auto side = [&](float value, int end) {
        return static_cast<int>(std::clamp(value * scale, 0.0, static_cast<double>(end)));
    };
    Area area{side(box.left, width), side(box.top, height), side(box.right, width), side(box.bottom, height)};
    if (area.right == area.left && area.right < width) ++area.right;
    if (area.bottom == area.top && area.bottom < height) ++area.bottom;
    return area;
}

// The page's pixel, which must lie in the picture.
std::uint8_t const* pixel(Picture const& picture, int x, int y) {
    return &picture.pixels[(static_cast<std::size_t>(y - picture.top) * picture.width + (x - picture.left)) * 3];
}

bool holds(Picture const& picture, Area area) {
    return area.left >= picture.left && area.top >= picture.top &&
           area.right <= picture.left + picture.width && area.bottom <= picture.top + picture.height;
}

bool is_apart(std::uint8_t const* pixel, int red, int green, int blue, int least) {
    return std::abs(pixel[0] - red) >= least || std::abs(pixel[1] - green) >= least ||
           std::abs(pixel[2] - blue) >= least;
}

// Share of the pixels for which `test(x, y)` holds; 1 for an empty area.
template <class Test>
double share(Area area, Test test) {
    if (area.empty()) return 1;
    std::size_t count = 0;
    for (int y = area.top; y < area.bottom; ++y) {
        for (int x = area.left; x < area.right; ++x) count += test(x, y);
    }
    return static_cast<double>(count) / static_cast<double>(area.size());
}

// Share of pixels that differ between the two pictures.
double difference(Area area, Picture const& left, Picture const& right, int least) {
    return share(area, [&](int x, int y) {
        std::uint8_t const* const other = pixel(right, x, y);
        return is_apart(pixel(left, x, y), other[0], other[1], other[2], least);
    });
}

// Share of pixels that an eye can tell from the colour.
double contrast(Area area, Picture const& picture, Colour colour) {
    return share(area, [&](int x, int y) {
        return is_apart(pixel(picture, x, y), colour.red, colour.green, colour.blue, least_contrast);
    });
}

bool is_loud(std::uint8_t const* pixel) {
    return pixel[0] == loud_colour.red && pixel[1] == loud_colour.green && pixel[2] == loud_colour.blue;
}

// The box shows one colour: no text can be read there.
bool is_plain(Area area, Picture const& picture) {
    if (area.empty() || !holds(picture, area)) return false;
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

class Judgement {
  public:
    Judgement(Sight& sight, Easel& easel) : sight_(sight), easel_(easel) {}

    bool run() {
        if (!paint_pictures()) return false;
        std::vector<Glyph*> word;
        for (Glyph& glyph : sight_.glyphs()) {
            bool scanned = is_open(glyph) && glyph.suspect && glyph.unseen;
            if (is_doubted(glyph) && !is_plain_to_see(glyph)) {
                Fate const fate = judge_doubted(glyph);
                // Under a scan is what was recognised in it.
                if ((fate == Fate::box || fate == Fate::clipped) && glyph.under_image) scanned = true;
                else if (fate == Fate::white) glyph.fate = same_colour(glyph);
                else glyph.fate = fate;
            } else if (is_open(glyph) && !is_doubted(glyph) && glyph.suspect && !glyph.unseen &&
                       contrast(area(glyph.core), bare_, glyph.colour) < white_below) {
                glyph.fate = same_colour(glyph);
            }
            bool const far = !word.empty() && std::hypot(glyph.x - word.back()->end_x,
                                                         glyph.y - word.back()->end_y) > 0.3f * glyph.em;
            if (!scanned || far) judge_scanned(word);
            if (scanned) word.push_back(&glyph);
        }
        judge_scanned(word);
        return true;
    }

  private:
    static bool is_open(Glyph const& glyph) { return !glyph.blank && glyph.fate == Fate::shown; }
    static bool is_doubted(Glyph const& glyph) { return is_open(glyph) && glyph.doubted && !glyph.unseen; }
    // Black on black is a box all the same, drawn first for a change.
    static Fate same_colour(Glyph const& glyph) {
        return glyph.colour.luminance() < 128 ? Fate::box : Fate::white;
    }
    Area area(Box box) const { return pixels_of(box, sight_, easel_.scale()); }
    bool is_plain_to_see(Glyph const& glyph) const {
        return plain_[static_cast<std::size_t>(&glyph - sight_.glyphs().data())];
    }

    bool paint_pictures() {
        auto const& glyphs = sight_.glyphs();
        plain_.resize(glyphs.size());
        if (!paint_where(Toggle::loud, loud_, is_doubted)) return false;
        for (std::size_t i = 0; i < glyphs.size(); ++i) {
            // One that is no suspect differs from all that was painted there before it.
            plain_[i] = is_doubted(glyphs[i]) && !glyphs[i].suspect && stands_unmixed(glyphs[i]);
        }
        auto const wants_bare = [&](Glyph const& glyph) {
            return is_open(glyph) && (glyph.suspect || glyph.doubted) && !is_plain_to_see(glyph);
        };
        if (!paint_where(Toggle::none, bare_, wants_bare)) return false;
        note_claims();
        auto const wants_own = [&](Glyph const& glyph) {
            return is_doubted(glyph) && !is_plain_to_see(glyph) && is_mixed(glyph);
        };
        return paint_where(Toggle::own_colour, own_, wants_own);
    }

    // True where no glyph wants the picture, or it could be painted.
    template <class Wants>
    bool paint_where(Toggle toggle, Picture& picture, Wants wants) {
        Box part{1e30f, 1e30f, -1e30f, -1e30f};
        for (Glyph const& glyph : sight_.glyphs()) {
            if (wants(glyph)) part = unite(part, glyph.core);
        }
        if (part.left > part.right) return true;
        picture = easel_.paint(toggle, part);
        return !picture.empty() && holds(picture, area(part));
    }

    // Enough of it is neither clipped nor painted over, not even faintly.
    bool stands_unmixed(Glyph const& glyph) const {
        Area const pixels = area(glyph.core);
        return !pixels.empty() &&
               share(pixels, [&](int x, int y) { return is_loud(pixel(loud_, x, y)); }) >= covered_below;
    }

    // Whose colour a loud pixel stands for: glyphs of different colours may lie on one another.
    void note_claims() {
        if (loud_.empty()) return;
        claims_.assign(loud_.pixels.size() / 3, unclaimed);
        for (Glyph const& glyph : sight_.glyphs()) {
            if (!is_doubted(glyph)) continue;
            std::uint32_t const colour = glyph.colour.red << 16 | glyph.colour.green << 8 | glyph.colour.blue;
            // The rectangle that was painted reaches a little further.
            Area pixels = area(glyph.core);
            pixels.right = std::min(pixels.right + 1, loud_.left + loud_.width);
            pixels.bottom = std::min(pixels.bottom + 1, loud_.top + loud_.height);
            for (int y = pixels.top; y < pixels.bottom; ++y) {
                for (int x = pixels.left; x < pixels.right; ++x) {
                    std::uint32_t& claim = claims_[claim_at(x, y)];
                    claim = claim == unclaimed || claim == colour ? colour : contested;
                }
            }
        }
    }
    std::size_t claim_at(int x, int y) const {
        return static_cast<std::size_t>(y - loud_.top) * loud_.width + (x - loud_.left);
    }

    // Share of pixels that show the glyph in its own colour, unmixed, apart from what is under it.
    double contrast_where_loud(Glyph const& glyph) const {
        Colour const own = glyph.colour;
        return share(area(glyph.core), [&](int x, int y) {
            return is_loud(pixel(loud_, x, y)) &&
                   is_apart(pixel(bare_, x, y), own.red, own.green, own.blue, least_contrast);
        });
    }

    // The loud picture leaves open how its own colour would show: it is mixed with what lies under or over
    // it, or another glyph stands there too.
    bool is_mixed(Glyph const& glyph) const {
        Area const pixels = area(glyph.core);
        if (difference(pixels, bare_, loud_, least_trace) < covered_below) return false;
        if (contrast_where_loud(glyph) >= white_below) return false;
        return !pixels.empty() && share(pixels, [&](int x, int y) {
                   std::uint8_t const *loud = pixel(loud_, x, y), *bare = pixel(bare_, x, y);
                   return is_loud(loud) ? claims_[claim_at(x, y)] == contested : is_apart(loud, bare[0], bare[1], bare[2], 1);
               }) > 0;
    }

    // `white` for whatever has the colour of its background.
    Fate judge_doubted(Glyph const& glyph) const {
        Area const pixels = area(glyph.core);
        if (difference(pixels, bare_, loud_, least_trace) < covered_below) {
            return glyph.painted >= 0.4f ? Fate::box : Fate::clipped;
        }
        double const seen = is_mixed(glyph) ? difference(pixels, bare_, own_, least_contrast)
                                            : contrast_where_loud(glyph);
        return seen < white_below ? Fate::white : Fate::shown;
    }

    // Text under or over a scan is what was recognised in it, and so is shown, unless the scan shows
    // nothing at all where the word should stand.
    void judge_scanned(std::vector<Glyph*>& word) const {
        if (word.size() >= least_word) {
            Box box = word.front()->core;
            for (Glyph const* glyph : word) box = unite(box, glyph->core);
            if (is_plain(area(box), bare_)) {
                for (Glyph* glyph : word) glyph->fate = glyph->unseen ? Fate::invisible : Fate::box;
            }
        }
        word.clear();
    }

    Sight& sight_;
    Easel& easel_;
    std::vector<bool> plain_;  // one flag a glyph
    Picture loud_, bare_, own_;
    static constexpr std::uint32_t unclaimed = 1u << 24, contested = 1u << 25;
    std::vector<std::uint32_t> claims_;  // a pixel of the loud picture
};

}  // namespace

bool judge(Sight& sight, Easel& easel) { return Judgement(sight, easel).run(); }

void judge_by_boxes(Sight& sight) {
    for (Glyph& glyph : sight.glyphs()) {
        if (!glyph.doubted || glyph.blank || glyph.fate != Fate::shown) continue;
        if (!glyph.unseen && !glyph.under_image && glyph.painted >= 0.8f) glyph.fate = Fate::box;
    }
}

}  // namespace keepmum::pdf
