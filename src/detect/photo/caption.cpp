// What somebody wrote about a photo.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo"};
constexpr std::string_view wanted[] = {photo_fact::caption};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\ncaption: "},
};
constexpr About about{
    .id = "photo.caption",
    .title = {"Text written about the photo", "照片附带的文字说明"},
    .why = {"Titles, comments and key words stay in the file and often say more than the picture.",
            "标题、备注、关键词留在文件里，往往比画面说得更多。"},
    .defined_by = "IPTC Photo Metadata; Exif 2.32 (CIPA DC-008) 4.6.5",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted};

}  // namespace

extern DetectorRow const row_photo_caption{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
