// Birth date, serial, two check digits (MOD 11): three random numbers in ten thousand pass.
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
    .id = "identity.no-birth-number",
    .title = {"Norwegian birth number", "挪威出生号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Folkeregisterloven",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"###### #####", "######-#####"};
constexpr std::string_view words[] = {
    "fødselsnummer", "fodselsnummer", "personnummer", "fnr", "d nummer", "birth number"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    // D numbers raise the day by 40.
    if (!is_short_date(number_at(code, 4, 2), number_at(code, 2, 2) % 40, number_at(code, 0,
        2) % 40)) return foreign();
    bool const first = (weighted_sum(code, {3, 7, 6, 1, 8, 9, 4, 5, 2, 1})) % 11 == 0;
    bool const second = (weighted_sum(code, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1})) % 11 == 0;
    if (!first || !second) return broken();
    return sound(hint, certain, {"both check digits agree", "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
};

}  // namespace

extern DetectorRow const row_identity_no_birth_number{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
