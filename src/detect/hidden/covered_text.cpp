// Text under a box or picture: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.covered-text",
    .title = {"Text under a box or picture", "盖在色块或图片下面的文字"},
    .why = {"A black box only hides it from the eye: anyone can copy the text from under it.",
            "色块只能挡住眼睛，任何人都能把下面的文字复制出来。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::certain,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    return evidence.role == Role::covered ? std::optional(Certainty::certain) : std::nullopt;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 2};

}  // namespace

extern DetectorRow const row_hidden_covered_text{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
