// Nine digits, weighted MOD 11.
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
    .id = "identity.au-tfn",
    .title = {"Australian tax file number", "澳大利亚税号（TFN）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "ATO",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"### ### ###", "###-###-###"};
constexpr std::string_view words[] = {"tfn", "tax file number", "tax file"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (weighted_sum(code, {1, 4, 3, 7, 5, 8, 6, 9, 10}) % 11 || is_monotonous(code)) return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_au_tfn{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
