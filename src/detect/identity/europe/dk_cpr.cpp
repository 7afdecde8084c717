// Birth date and four digits; the check (MOD 11) holds for older numbers only.
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
    .id = "identity.dk-cpr",
    .title = {"Danish civil registration number (CPR)", "丹麦民事登记号（CPR）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "CPR-loven",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"######-####", "###### ####"};
constexpr std::string_view words[] = {"cpr", "cpr nr", "cpr nummer", "personnummer", "civil registration"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (!is_short_date(number_at(code, 4, 2), number_at(code, 2, 2), number_at(code, 0, 2))) return foreign();
    // Since 2007 numbers are given out whose MOD 11 check does not agree.
    bool const agrees = weighted_sum(code, {4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11 == 0;
    if (!agrees) return sound({}, likely, {"date is real"});
    return sound(token.grouped() ? std::optional(hint) : std::nullopt, certain, {"check digit agrees",
        "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
    .first = "0-3",
};

}  // namespace

extern DetectorRow const row_identity_dk_cpr{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
