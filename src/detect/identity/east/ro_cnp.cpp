// Sex and century, birth date, county, serial, check digit (MOD 11).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 13, .max = 13},
};
constexpr About about{
    .id = "identity.ro-cnp",
    .title = {"Romanian identity number (CNP)", "罗马尼亚身份号（CNP）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Legea 105/1996",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"cnp", "cod numeric personal"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] == '0' || !is_short_date(number_at(code, 1, 2), number_at(code, 3, 2), number_at(code, 5,
        2))) return foreign();
    int const county = number_at(code, 7, 2);
    if (county == 0 || (county > 48 && county != 51 && county != 52 && county != 70)) return foreign();
    int const check = weighted_sum(code.substr(0, 12), {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}) % 11;
    if ((check == 10 ? 1 : check) != code[12] - '0') return broken();
    return sound(hint, certain, {"check digit agrees", "date and county are real"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "1-9",
};

}  // namespace

extern DetectorRow const row_identity_ro_cnp{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
