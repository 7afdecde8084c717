// Earlier version inside the file: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.earlier-revision",
    .title = {"Earlier version inside the file", "文件里的旧版本"},
    .why = {"The file was changed by adding to it: what stood there before can be read.",
            "文件是追加保存的，改动之前的内容仍能读出来。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::likely,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    return evidence.role == Role::earlier ? std::optional(Certainty::likely) : std::nullopt;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 2};

}  // namespace

extern DetectorRow const row_hidden_earlier_revision{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
