// Serial, check digit (weights 3 7 9 5 8 4 2 1 6, MOD 11) and birth date.
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
    .id = "identity.at-social-security",
    .title = {"Austrian social security number", "奥地利社会保险号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "§ 31 ASVG",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#### ######", "####-######", "#### ## ## ##"};
constexpr std::string_view words[] = {
    "sozialversicherungsnummer", "svnr", "sv nummer", "versicherungsnummer", "e card"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const month = number_at(code, 6, 2);
    if (code[0] == '0' || number_at(code, 4, 2) > 31 || number_at(code, 4, 2) == 0 || month < 1 ||
        month > 15) return foreign();
    int const sum = weighted_sum(code.substr(0, 3), {3, 7, 9}) + weighted_sum(code.substr(4), {5, 8, 4, 2, 1,
        6});
    if (sum % 11 != code[3] - '0') return broken();
    return sound({}, certain, {"check digit agrees", "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-9",
};

}  // namespace

extern DetectorRow const row_identity_at_social_security{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
