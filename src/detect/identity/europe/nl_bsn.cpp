// Nine digits with the "eleven test": one random number in eleven passes.
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
    .id = "identity.nl-bsn",
    .title = {"Dutch citizen service number (BSN)", "荷兰公民服务号（BSN）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Wet algemene bepalingen burgerservicenummer",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"####.##.###", "### ### ###", "#### ## ###", "###.###.###"};
constexpr std::string_view words[] = {
    "bsn", "burgerservicenummer", "sofinummer", "sofi nummer", "citizen service number"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (is_monotonous(code)) return foreign();
    int const sum = weighted_sum(code, {9, 8, 7, 6, 5, 4, 3, 2}) - (code[8] - '0');
    if (sum % 11) return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_nl_bsn{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
