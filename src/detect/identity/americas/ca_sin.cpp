// Nine digits with a Luhn check digit: one random number in ten passes.
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
    .id = "identity.ca-sin",
    .title = {"Canadian social insurance number", "加拿大社会保险号（SIN）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Service Canada",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"###~###~###"};
constexpr std::string_view words[] = {
    "sin", "social insurance", "social insurance number", "assurance sociale", "nas"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] == '0' || code[0] == '8' || is_monotonous(code)) return foreign();
    if (!passes_luhn(code)) return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-79",
};

}  // namespace

extern DetectorRow const row_identity_ca_sin{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
