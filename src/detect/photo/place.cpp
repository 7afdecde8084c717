// Where a photo was taken and which way it looks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo"};
constexpr std::string_view wanted[] = {photo_fact::position, photo_fact::place_name, photo_fact::direction,
                                       photo_fact::altitude, photo_fact::speed};
constexpr std::string_view besides[] = {photo_fact::focal_35mm, photo_fact::focal, photo_fact::size,
                                        photo_fact::orientation, photo_fact::model};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\nplace.position: "},
    {.what = Trigger::What::literal, .text = "\nplace.name: "},
    {.what = Trigger::What::literal, .text = "\nplace.direction: "},
    {.what = Trigger::What::literal, .text = "\nplace.altitude: "},
    {.what = Trigger::What::literal, .text = "\nplace.speed: "},
};
constexpr About about{
    .id = "photo.place",
    .title = {"Place of the photo", "照片的拍摄地点"},
    .why = {"It tells where the camera stood, often to a few metres, and which way it looked.",
            "别人能知道相机在哪里，常常精确到几米，还能知道镜头朝哪个方向。"},
    .defined_by = "Exif 2.32 (CIPA DC-008) 4.6.6; ISO 6709; IPTC Photo Metadata",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

// A place on the map weighs more than a mere direction.
bool judge(std::span<FactLine const> facts, Finding& finding) {
    if (!value_of(facts, photo_fact::position).empty() || !value_of(facts, photo_fact::place_name).empty())
        finding.labels.push_back("place");
    return true;
}
constexpr FactRules rules{.wanted = wanted, .besides = besides, .judge = judge};

}  // namespace

extern DetectorRow const row_photo_place{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
