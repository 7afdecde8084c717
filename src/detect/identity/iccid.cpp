// 89, country, issuer, account and a Luhn check digit: 18 to 20 digits.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 18, .max = 20},
};
constexpr About about{
    .id = "identity.iccid",
    .title = {"SIM card number (ICCID)", "SIM卡号（ICCID）"},
    .why = {"With it a SIM card can be swapped and the number taken over.",
        "凭它可能被补办SIM卡、劫持号码。"},
    .defined_by = "ITU-T E.118",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#### #### #### #### ###", "#### #### #### #### ####",
    "##### ##### ##### #####", "##### ##### ##### ####"};
constexpr std::string_view words[] = {"iccid", "sim", "sim card", "sim no", "sim卡", "sim卡号", "卡号"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (!code.starts_with("89") || is_monotonous(code)) return foreign();
    bool const agrees = passes_luhn(code);
    if (code.size() == 20 && code.starts_with("8986")) {
        // Chinese cards: the last digit is often no check digit.
        return sound(agrees ? std::optional(hint) : std::nullopt, agrees ? certain : likely,
            {"begins with 8986, China"});
    }
    if (!agrees) return broken();
    return sound({}, certain, {"check digit agrees", "begins with 89"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "8", .second = "9",
};

}  // namespace

extern DetectorRow const row_identity_iccid{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
