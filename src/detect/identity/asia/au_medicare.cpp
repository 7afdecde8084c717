// Eight digits, check digit (weights 1 3 7 9), issue number.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 10, .max = 11},
};
constexpr About about{
    .id = "identity.au-medicare",
    .title = {"Australian Medicare number", "澳大利亚医保号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Services Australia",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#### ##### #", "#### ##### # #", "#### ##### #/#", "####-#####-#"};
constexpr std::string_view words[] = {"medicare", "medicare card", "medicare no"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] < '2' || code[0] > '6') return foreign();
    if (weighted_sum(code, {1, 3, 7, 9, 1, 3, 7, 9}) % 10 != code[8] - '0') return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "2-6",
};

}  // namespace

extern DetectorRow const row_identity_au_medicare{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
