// What took a photo: maker, model and lens.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo"};
constexpr std::string_view wanted[] = {photo_fact::model, photo_fact::make, photo_fact::lens};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\ncamera.model: "},
    {.what = Trigger::What::literal, .text = "\ncamera.make: "},
    {.what = Trigger::What::literal, .text = "\nlens.model: "},
};
constexpr About about{
    .id = "photo.camera",
    .title = {"Camera", "相机型号"},
    .why = {"It tells which camera or phone you have.", "别人能知道您用的是什么相机或手机。"},
    .defined_by = "Exif 2.32 (CIPA DC-008) 4.6.4",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted};

}  // namespace

extern DetectorRow const row_photo_camera{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
