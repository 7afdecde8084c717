// A signed record of how a picture came to be.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo"};
constexpr std::string_view wanted[] = {photo_fact::provenance};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\nprovenance: "},
};
constexpr About about{
    .id = "photo.provenance",
    .title = {"Signed record of origin", "带签名的来源记录"},
    .why = {"It tells who made and edited the picture and with what, signed so that nobody can doubt it.",
            "里面记着谁用什么制作和修改过，并且带签名，无法否认。"},
    .defined_by = "C2PA Technical Specification 1.3; ISO 19566-5",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted};

}  // namespace

extern DetectorRow const row_photo_provenance{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
