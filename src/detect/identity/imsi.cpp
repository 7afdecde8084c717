// Country, network and subscriber in 14 or 15 digits without a check digit: a word nearby is
// needed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 14, .max = 15},
};
constexpr About about{
    .id = "identity.imsi",
    .title = {"Mobile subscriber identity (IMSI)", "国际移动用户识别码（IMSI）"},
    .why = {"It follows one subscriber through every network.",
        "凭它可以在各个网络中追踪同一用户。"},
    .defined_by = "3GPP TS 23.003, ITU-T E.212",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {"imsi", "用户识别码"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const country = number_at(code, 0, 3);
    if (country < 202 || country > 750 || is_monotonous(code)) return foreign();
    return sound({}, likely, {"country code is in range"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "2-7",
};

}  // namespace

extern DetectorRow const row_identity_imsi{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
