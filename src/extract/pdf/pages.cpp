// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/pages.h"

namespace keepmum::pdf {

namespace {

constexpr std::size_t least_unmapped = 20;  // fewer are bullets and ornaments

class OutletWatch final : public Watch {
  public:
    explicit OutletWatch(Outlet& outlet) : outlet_(outlet) {}
    bool stop() override {
        if (++calls_ % 64 != 0) return stopped_;
        outlet_.progress();
        stopped_ = outlet_.enough();
        return stopped_;
    }

  private:
    Outlet& outlet_;
    unsigned calls_ = 0;
    bool stopped_ = false;
};

}  // namespace

std::string_view reason_of(Fate fate) {
    switch (fate) {
        case Fate::shown: return "";
        case Fate::box: return "box";
        case Fate::white: return "white";
        case Fate::invisible: return "invisible";
        case Fate::tiny: return "tiny";
        case Fate::off_page: return "off-page";
        case Fate::clipped: return "clipped";
        case Fate::layer: return "layer";
        case Fate::redact: return "redact";
    }
    return "";
}

void put_pages(PageReader& reader, PageReader::Look look, Scribe& scribe) {
    OutletWatch watch(scribe.outlet());
    int const pages = reader.pages();
    for (int page = 1; page <= pages && !scribe.enough(); ++page) {
        scribe.outlet().progress();
        PageText text = reader.read(page, look, watch);
        Place const place = Place{}.with(How::page, std::to_string(page));
        if (text.stopped && !scribe.enough()) {
            scribe.gap(place, Cause::too_big, 1, "", "more glyphs on the page than are read");
        }
        if (text.damaged > 0) {
            scribe.gap(place, Cause::malformed, text.damaged, "", "a stream of the page breaks off");
        }
        if (text.unmapped >= least_unmapped && text.unmapped * 5 >= text.inked) {
            scribe.gap(place, Cause::unreadable, text.unmapped, "", "fonts do not tell their characters");
        }
        std::string_view const decoded = text.chinese_bytes ? "gb18030" : "";
        scribe.put_passage(place, Role::shown, decoded, std::move(text.shown));
        scribe.put_passage(place, Role::shown, "line-below", std::move(text.seams));
        for (PageText::Hidden& hidden : text.hidden) {
            bool const covered = hidden.fate == Fate::box || hidden.fate == Fate::redact;
            scribe.put_passage(place, covered ? Role::covered : Role::hidden, reason_of(hidden.fate),
                               std::move(hidden.passage));
        }
        scribe.put_passage(place, Role::shown, "actual-text", std::move(text.replaced));
    }
}

}  // namespace keepmum::pdf
