// Deleted text that is still in the file: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.deleted-text",
    .title = {"Deleted text that is still in the file", "删除后仍留在文件里的文字"},
    .why = {"A tracked deletion is only struck out: the addressee can bring it back.",
            "修订模式下的删除只是划掉，收件人可以恢复。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::likely,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    return evidence.role == Role::deleted && evidence.reason != "rows" ? std::optional(Certainty::likely) : std::nullopt;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 2};

}  // namespace

extern DetectorRow const row_hidden_deleted_text{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
