// Nine digits 3-2-4 without a check digit, some ranges never given out.
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
    .id = "identity.us-ssn",
    .title = {"US social security number", "美国社会安全号（SSN）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "SSA, randomised since 2011",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"###-##-####", "### ## ####"};
constexpr std::string_view words[] = {
    "ssn", "social security", "social security number", "soc sec", "taxpayer", "tin", "社会安全号"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const area = number_at(code, 0, 3);
    if (area == 0 || area == 666 || area >= 900 || number_at(code, 3, 2) == 0 || number_at(code, 5,
        4) == 0) return foreign();
    // Printed in advertisements and manuals, and used by nobody.
    if (code == "078051120" || code == "219099999" || code == "123456789" ||
        code == "987654321") return foreign();
    bool const dashed = token.raw.find('-') != std::string_view::npos;
    return sound(dashed ? std::optional(hint) : std::nullopt, dashed ? certain : likely,
        {"form and ranges of an SSN"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
    .first = "0-8",
};

}  // namespace

extern DetectorRow const row_identity_us_ssn{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
