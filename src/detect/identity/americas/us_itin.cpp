// Nine digits 3-2-4 from 9, some groups only; no check digit.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 9, .max = 9},
};
constexpr About about{
    .id = "identity.us-itin",
    .title = {"US individual taxpayer number", "美国个人报税号（ITIN）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "IRS",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"###-##-####"};
constexpr std::string_view words[] = {"itin", "taxpayer", "taxpayer id", "tin", "tax id"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const group = number_at(code, 3, 2);
    bool const given = (group >= 50 && group <= 65) || (group >= 70 && group <= 88) || (group >= 90 &&
        group <= 92) || group >= 94;
    if (code[0] != '9' || !given || number_at(code, 5, 4) == 0) return foreign();
    return sound(token.grouped() ? std::optional(hint) : std::nullopt, likely, {"form and ranges of an ITIN"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
    .first = "9",
};

}  // namespace

extern DetectorRow const row_identity_us_itin{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
