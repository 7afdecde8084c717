// Birth date and four digits; the whole divides by 11.
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
    .id = "identity.cz-birth-number",
    .title = {"Czech or Slovak birth number", "捷克、斯洛伐克出生号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Zákon č. 133/2000 Sb.",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"######/####"};
constexpr std::string_view words[] = {"rodné číslo", "rodne cislo", "rč", "r.č", "birth number"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    // Women's months are raised by 50, spare ones by 20.
    int const month = number_at(code, 2, 2) % 50 % 20;
    if (!is_short_date(number_at(code, 0, 2), month, number_at(code, 4, 2))) return foreign();
    int remainder = 0;
    for (char c : code) remainder = (remainder * 10 + (c - '0')) % 11;
    if (remainder) return broken();
    return sound(token.grouped() ? std::optional(hint) : std::nullopt, certain, {"divides by 11",
        "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
};

}  // namespace

extern DetectorRow const row_identity_cz_birth_number{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
