// Ten digits, weighted MOD 11: one random number in eleven passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 10, .max = 10},
};
constexpr About about{
    .id = "identity.ua-tax-number",
    .title = {"Ukrainian tax number", "乌克兰税号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "ДПС",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"рнокпп", "іпн", "ідентифікаційний номер",
    "податковий номер"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (weighted_sum(code.substr(0, 9), {-1, 5, 7, 9, 4, 6, 10, 5,
        7}) % 11 % 10 != (code[9] - '0')) return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_ua_tax_number{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
