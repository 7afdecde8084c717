// Bytes in a picture that belong to no part of its format.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/photo.h"
#include "detect/photo/fact_reader.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"photo", "hidden"};
constexpr std::string_view wanted[] = {photo_fact::unknown_bytes};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::literal, .text = "\nbytes.unknown: "},
};
constexpr About about{
    .id = "photo.unknown-bytes",
    .title = {"Bytes that nobody can explain", "无法解释的多余数据"},
    .why = {"Something stands in the file that no viewer shows; nobody can say what it gives away.",
            "文件里有看图软件不会显示的数据，没有人能说清里面是什么。"},
    .defined_by = "docs/formats/byte-map.md",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
    .showable = true,
};

constexpr FactRules rules{.wanted = wanted};

}  // namespace

extern DetectorRow const row_photo_unknown_bytes{&about, [] { return make_fact_detector(about, rules); }};

}  // namespace keepmum
