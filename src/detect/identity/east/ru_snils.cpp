// Nine digits and two check digits (MOD 101).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 11, .max = 11},
};
constexpr About about{
    .id = "identity.ru-snils",
    .title = {"Russian pension number (SNILS)", "俄罗斯养老保险号（СНИЛС）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "ПФР",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"###-###-### ##", "###-###-###-##"};
constexpr std::string_view words[] = {"снилс", "snils", "пенсионного страхования"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const sum = weighted_sum(code.substr(0, 9), {9, 8, 7, 6, 5, 4, 3, 2, 1});
    if (number_at(code, 0, 9) <= 1'001'998) return foreign();
    if (sum % 101 % 100 != number_at(code, 9, 2)) return broken();
    return sound(token.grouped() ? std::optional(likely) : std::nullopt, certain, {"check digits agree"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
};

}  // namespace

extern DetectorRow const row_identity_ru_snils{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
