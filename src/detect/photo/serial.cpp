// Numbers that only one camera or lens has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo", "linkable"};
constexpr std::string_view wanted[] = {photo_fact::serial, photo_fact::lens_serial};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\ncamera.serial: "},
    {.what = Trigger::What::literal, .text = "\nlens.serial: "},
};
constexpr About about{
    .id = "photo.serial",
    .title = {"Serial number of the camera", "相机序列号"},
    .why = {"It is the same in every photo of that camera: whoever has two of them knows that they belong "
            "together.",
            "同一台相机拍的每张照片都带着它：别人拿到两张，就知道出自同一个人。"},
    .defined_by = "Exif 2.32 (CIPA DC-008) 4.6.5; notes of the makers",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted};

}  // namespace

extern DetectorRow const row_photo_serial{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
