// Text that belongs to no part of the file: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.residue",
    .title = {"Text that belongs to no part of the file", "不属于文件任何部分的文字"},
    .why = {"Programs that open the file do not show it, but it leaves with the file.",
            "打开文件看不到它，但它会跟着文件一起发出去。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::hint,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    return evidence.role == Role::residue ? std::optional(Certainty::hint) : std::nullopt;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 12};

}  // namespace

extern DetectorRow const row_hidden_residue{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
