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

void put_text(Outlet& outlet, Place place, Role role, std::string_view reason, Passage passage) {
    if (passage.text.find_first_not_of(" \n\f") == std::string::npos) return;
    Evidence evidence;
    evidence.kind = Kind::text;
    evidence.role = role;
    evidence.place = std::move(place);
    evidence.reason = reason;
    evidence.content = Blob::take(std::move(passage.text));
    evidence.marks = std::move(passage.marks);
    outlet.put(std::move(evidence));
}

void put_gap(Outlet& outlet, Place place, Cause cause, std::uint64_t bytes, std::string detail) {
    outlet.gap({std::move(place), cause, Stage::extract, bytes, "", std::move(detail)});
}

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
    }
    return "";
}

void put_pages(PageReader& reader, Outlet& outlet) {
    OutletWatch watch(outlet);
    int const pages = reader.pages();
    for (int page = 1; page <= pages && !outlet.enough(); ++page) {
        outlet.progress();
        PageText text = reader.read(page, PageReader::Look::pictures, watch);
        Place const place = Place{}.with(How::page, std::to_string(page));
        if (text.stopped && !outlet.enough()) {
            put_gap(outlet, place, Cause::too_big, 1, "more glyphs on the page than are read");
        }
        if (text.damaged > 0) {
            put_gap(outlet, place, Cause::malformed, text.damaged, "a stream of the page breaks off");
        }
        if (text.unmapped >= least_unmapped && text.unmapped * 5 >= text.inked) {
            put_gap(outlet, place, Cause::unreadable, text.unmapped, "fonts do not tell their characters");
        }
        std::string_view const decoded = text.chinese_bytes ? "gb18030" : "";
        put_text(outlet, place, Role::shown, decoded, std::move(text.shown));
        for (PageText::Hidden& hidden : text.hidden) {
            Role const role = hidden.fate == Fate::box ? Role::covered : Role::hidden;
            put_text(outlet, place, role, reason_of(hidden.fate), std::move(hidden.passage));
        }
        put_text(outlet, place, Role::shown, "actual-text", std::move(text.replaced));
    }
}

}  // namespace keepmum::pdf
