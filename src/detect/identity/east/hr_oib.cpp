// Eleven digits, the last a check digit by ISO 7064 MOD 11,10: one random number in ten passes, so a
// word nearby must say what it is.
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
    .id = "identity.hr-oib",
    .title = {"Croatian personal identification number (OIB)", "克罗地亚个人识别号（OIB）"},
    .why = {"It opens tax, health and bank files in the name of one person.", "凭它可以查到本人的税务、医疗和银行档案。"},
    .defined_by = "Zakon o osobnom identifikacijskom broju, NN 60/2008",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {
    "oib", "osobni identifikacijski broj", "personal identification number", "tax number", "个人识别号",
};

Judgement judge(Token const& token) {
    if (is_monotonous(token.compact)) return foreign();
    if (!passes_mod_11_10(token.compact)) return broken();
    return sound({}, Certainty::likely, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_hr_oib{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
