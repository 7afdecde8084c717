// Ten digits, weights 10 to 2, MOD 11: one random number in eleven passes, and every ISBN of ten
// digits.
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
    .id = "identity.gb-nhs",
    .title = {"British NHS number", "英国国民保健号（NHS）"},
    .why = {"It opens the medical file of one person.", "凭它可以调阅本人的病历。"},
    .defined_by = "NHS Data Dictionary",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"### ### ####", "###-###-####"};
constexpr std::string_view words[] = {"nhs", "nhs no", "nhs number", "patient"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (is_monotonous(code)) return foreign();
    int const check = 11 - weighted_sum(code.substr(0, 9), {10, 9, 8, 7, 6, 5, 4, 3, 2}) % 11;
    if (check == 10 || check % 11 != code[9] - '0') return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_gb_nhs{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
