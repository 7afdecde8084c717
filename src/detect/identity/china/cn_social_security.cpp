// Nine characters without a public check; only its own name nearby makes it a finding. The social
// security number itself is the resident identity number.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 9, .max = 9},
};
constexpr About about{
    .id = "identity.cn-social-security",
    .title = {"Chinese social security card number", "社会保障卡号"},
    .why = {"It names one insured person and opens medical and pension files.",
        "凭它能查到参保人的医疗和养老档案。"},
    .defined_by = "MOHRSS card specification",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {"社保卡号", "社保号", "社会保障卡", "社保卡",
    "医保卡号", "医保号", "social security card"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    bool const formed = number_at(code, 1, 7) >= 0 && (is_digit(code[8]) || code[8] == 'X' ||
        is_upper(code[8]));
    if (!formed) return foreign();
    return sound({}, likely, {"form of a card number"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .second = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_cn_social_security{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
