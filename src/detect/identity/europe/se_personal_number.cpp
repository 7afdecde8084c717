// Birth date, serial and a Luhn check digit.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 10, .max = 12},
};
constexpr About about{
    .id = "identity.se-personal-number",
    .title = {"Swedish personal identity number", "瑞典个人身份号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Folkbokföringslagen 1991:481",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"######-####", "########-####", "######+####"};
constexpr std::string_view words[] = {
    "personnummer", "personnr", "samordningsnummer", "personal number", "personal identity number", "pnr"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code.size() == 11) return foreign();
    std::string_view const ten = code.substr(code.size() - 10);
    int const day = number_at(ten, 4, 2) % 60, century = code.size() == 12 ? number_at(code, 0, 2) : 19;
    if (century < 18 || century > 20 || !is_short_date(number_at(ten, 0, 2), number_at(ten, 2, 2),
        day)) return foreign();
    if (!passes_luhn(ten)) return broken();
    return sound(token.grouped() ? std::optional(hint) : std::nullopt, certain, {"check digit agrees",
        "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
};

}  // namespace

extern DetectorRow const row_identity_se_personal_number{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
