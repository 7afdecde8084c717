// Birth date (month +20 before 1900, +40 since 2000), serial, check digit (MOD 11).
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
    .id = "identity.bg-egn",
    .title = {"Bulgarian identity number (EGN)", "保加利亚身份号（ЕГН）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Закон за гражданската регистрация",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"егн", "egn"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (!is_short_date(number_at(code, 0, 2), number_at(code, 2, 2) % 20, number_at(code, 4,
        2))) return foreign();
    if (weighted_sum(code.substr(0, 9), {2, 4, 8, 5, 10, 9, 7, 3,
        6}) % 11 % 10 != code[9] - '0') return broken();
    return sound({}, certain, {"check digit agrees", "date is real"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_bg_egn{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
