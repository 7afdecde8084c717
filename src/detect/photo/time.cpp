// When a photo was taken: local time, zone, and the time of the satellites.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo"};
constexpr std::string_view wanted[] = {photo_fact::taken, photo_fact::utc, photo_fact::changed,
                                       photo_fact::zone};
constexpr std::string_view besides[] = {photo_fact::position};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\ntime.taken: "},
    {.what = Trigger::What::literal, .text = "\ntime.utc: "},
    {.what = Trigger::What::literal, .text = "\ntime.changed: "},
    {.what = Trigger::What::literal, .text = "\ntime.zone: "},
};
constexpr About about{
    .id = "photo.time",
    .title = {"Time of the photo", "照片的拍摄时间"},
    .why = {"It tells when you were there, often to the second, and in which time zone.",
            "别人能知道您什么时候在那里，常常精确到秒，还能知道所在时区。"},
    .defined_by = "Exif 2.32 (CIPA DC-008) 4.6.4; XMP (ISO 16684-1)",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted, .besides = besides};

}  // namespace

extern DetectorRow const row_photo_time{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
