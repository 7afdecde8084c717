// Whose a photo is: names that camera owners and editors left.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo", "personal-name"};
constexpr std::string_view wanted[] = {photo_fact::owner};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\nowner: "},
};
constexpr About about{
    .id = "photo.owner",
    .title = {"Name in the photo", "照片里的姓名或单位"},
    .why = {"It names the owner of the camera, the author or the organisation.",
            "里面写着相机主人、作者或单位的名称。"},
    .defined_by = "Exif 2.32 (CIPA DC-008) 4.6.4; IPTC Photo Metadata; XMP (ISO 16684-1)",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};

constexpr FactRules rules{.wanted = wanted, .values = FactRules::Values::kept};

}  // namespace

extern DetectorRow const row_photo_owner{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
