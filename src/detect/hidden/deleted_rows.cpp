// Deleted rows that are still in a database: told by the role that its extractor gave it (detect/hidden/aside.h).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/hidden/aside.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden"};
constexpr About about{
    .id = "hidden.deleted-rows",
    .title = {"Deleted rows that are still in a database", "删除后仍留在数据库里的数据"},
    .why = {"The room of a deleted row is only marked as free: until it is used again, what the row said can be read.",
            "数据库删除数据时只是把那块地方标记为空闲，在被覆盖之前，里面的内容仍然读得出来。"},
    .defined_by = "docs/formats/report.md, role",
    .labels = labels,
    .triggers = whole_text,
    .certainty = Certainty::likely,
};

std::optional<Certainty> weigh(Evidence const& evidence) {
    return evidence.role == Role::deleted && evidence.reason == "rows" ? std::optional(Certainty::likely) : std::nullopt;
}

constexpr Aside aside{.weigh = weigh, .least_letters = 2};

}  // namespace

extern DetectorRow const row_hidden_deleted_rows{&about, [] { return make_aside(about, aside); }};

}  // namespace keepmum
