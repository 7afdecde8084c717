// A picture inside a picture that viewers do not show.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"hidden", "photo"};
constexpr std::string_view wanted[] = {photo_fact::hidden_picture};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\nhidden.picture: "},
};
constexpr About about{
    .id = "hidden.picture",
    .title = {"Hidden picture", "隐藏的图片"},
    .why = {"Viewers do not show it, but it leaves with the file; it may still show what was cut away or "
            "painted over.",
            "看图软件不显示它，但它会跟着文件一起发出去；里面可能还留着已经裁掉或涂掉的内容。"},
    .defined_by = "docs/formats/byte-map.md",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

// What the visible picture shows too tells nothing new.
bool judge(std::span<FactLine const> facts, Finding& finding) {
    bool differs = false, compared = true;
    for (FactLine const& fact : facts) {
        if (fact.name != photo_fact::hidden_picture) continue;
        differs = differs || fact.value.ends_with(hidden_is::differs);
        compared = compared && !fact.value.ends_with(hidden_is::not_compared);
    }
    if (differs)
        finding.labels.push_back("differs");
    else if (!compared)
        finding.labels.push_back("not-compared");
    return true;
}
constexpr FactRules rules{.wanted = wanted, .judge = judge};

}  // namespace

extern DetectorRow const row_hidden_picture{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
