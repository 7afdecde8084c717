// What a photo was made and edited with.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo"};
constexpr std::string_view wanted[] = {photo_fact::software};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\nsoftware: "},
};
constexpr About about{
    .id = "photo.software",
    .title = {"Software and editors", "处理软件"},
    .why = {"It tells with which programs and versions the picture was edited: such versions have known holes.",
            "别人能知道用什么软件、哪个版本处理过：有些版本存在已知漏洞。"},
    .defined_by = "Exif 2.32 (CIPA DC-008) 4.6.4; XMP (ISO 16684-2)",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted};

}  // namespace

extern DetectorRow const row_photo_software{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
