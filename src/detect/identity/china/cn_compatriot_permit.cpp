// Eight digits (ten on older ones). No check digit and no structure: only its own name nearby makes
// it a finding.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 8, .max = 10},
};
constexpr About about{
    .id = "identity.cn-compatriot-permit",
    .title = {"Mainland travel permit of a Taiwan resident", "台湾居民来往大陆通行证号码"},
    .why = {"It serves its holder as an identity paper on the mainland.",
        "它是持有人在大陆的身份证件。"},
    .defined_by = "Exit and Entry Administration, form of 2015",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {"台胞证", "台胞證", "台湾居民来往大陆", "mtp no",
    "compatriot permit"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code.size() == 9) return foreign();
    return sound({}, likely, {"form of the permit's number"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_cn_compatriot_permit{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
