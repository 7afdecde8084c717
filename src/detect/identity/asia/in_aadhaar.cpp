// Twelve digits from 2, check digit by Verhoeff: one random number in ten passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 12, .max = 12},
};
constexpr About about{
    .id = "identity.in-aadhaar",
    .title = {"Indian Aadhaar number", "印度身份号（Aadhaar）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "UIDAI",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#### #### ####", "####-####-####"};
constexpr std::string_view words[] = {"aadhaar", "aadhar", "uidai", "uid", "आधार"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] < '2' || is_monotonous(code)) return foreign();
    if (!passes_verhoeff(code)) return broken();
    return sound(token.grouped() ? std::optional(hint) : std::nullopt, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
    .first = "2-9",
};

}  // namespace

extern DetectorRow const row_identity_in_aadhaar{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
