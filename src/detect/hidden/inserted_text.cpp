// Tracked insertion not yet accepted: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.inserted-text",
    .title = {"Tracked insertion not yet accepted", "尚未接受的修订插入"},
    .why = {"It tells who changed what, and what the text was before.",
            "会说明谁改了什么、原文是什么。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::likely,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    return evidence.role == Role::inserted ? std::optional(Certainty::likely) : std::nullopt;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 2};

}  // namespace

extern DetectorRow const row_hidden_inserted_text{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
