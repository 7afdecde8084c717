// Hidden text: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.hidden-text",
    .title = {"Hidden text", "隐藏的文字"},
    .why = {"It is not displayed, but anyone who opens the file in another program sees it.",
            "平时看不到，换个程序打开就能看到。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::likely,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    return evidence.role == Role::hidden ? std::optional(Certainty::likely) : std::nullopt;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 2};

}  // namespace

extern DetectorRow const row_hidden_hidden_text{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
