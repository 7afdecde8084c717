// With which settings a photo was taken, and whatever else its tags say.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo"};
constexpr std::string_view wanted[] = {photo_fact::tags, photo_fact::exposure, photo_fact::focal};
constexpr std::string_view besides[] = {photo_fact::focal_35mm};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\ntags: "},
    {.what = Trigger::What::literal, .text = "\nexposure: "},
    {.what = Trigger::What::literal, .text = "\nview.focal: "},
};
constexpr About about{
    .id = "photo.settings",
    .title = {"Detailed parameters", "详细拍摄参数"},
    .why = {"Dozens of small values together single out one camera and one moment.",
            "几十个小参数合在一起，足以认出某一台相机、某一个时刻。"},
    .defined_by = "Exif 2.32 (CIPA DC-008) 4.6.5",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted, .besides = besides};

}  // namespace

extern DetectorRow const row_photo_settings{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
