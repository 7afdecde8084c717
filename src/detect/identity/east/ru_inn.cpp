// Ten digits (companies) or twelve (persons), MOD 11.
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
    .id = "identity.ru-inn",
    .title = {"Russian tax number (INN)", "俄罗斯税号（ИНН）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "ФНС",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"инн", "inn", "налогоплательщика"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code.size() == 11 || number_at(code, 0, 2) == 0) return foreign();
    bool agrees = false;
    if (code.size() == 10) {
        agrees = weighted_sum(code.substr(0, 9), {2, 4, 10, 3, 5, 9, 4, 6, 8}) % 11 % 10 == code[9] - '0';
    } else {
        agrees = weighted_sum(code.substr(0, 10), {7, 2, 4, 10, 3, 5, 9, 4, 6,
            8}) % 11 % 10 == code[10] - '0' &&
                 weighted_sum(code.substr(0, 11), {3, 7, 2, 4, 10, 3, 5, 9, 4, 6,
                     8}) % 11 % 10 == code[11] - '0';
    }
    if (!agrees) return broken();
    return sound({}, certain, {"check digits agree"}, {{"kind", code.size() == 10 ? "company" : "person"}});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_ru_inn{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
