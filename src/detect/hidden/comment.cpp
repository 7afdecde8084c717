// Comment or remark: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.comment",
    .title = {"Comment or remark", "批注"},
    .why = {"Remarks among colleagues are seldom meant for the addressee.",
            "同事之间的批注，通常不是写给收件人看的。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::likely,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    if (evidence.role != Role::comment) return std::nullopt;
    // Source of web pages, programs and typesetting is full of remarks that belong there.
    bool const source = evidence.media.starts_with("text/") || evidence.media.ends_with("xml") || evidence.media.ends_with("json");
    return source ? Certainty::hint : Certainty::likely;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 2};

}  // namespace

extern DetectorRow const row_hidden_comment{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
