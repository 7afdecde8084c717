// Five letters, the fourth a kind of holder, four digits, a letter; its check is not published.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 10, .max = 10},
};
constexpr About about{
    .id = "identity.in-pan",
    .title = {"Indian tax number (PAN)", "印度税号（PAN）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Income Tax Act, Rule 114",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {"pan", "pan no", "pan card", "permanent account", "income tax"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    bool const formed = number_at(code, 5, 4) >= 0 && !is_digit(code[9]);
    for (char c : code.substr(0, 5)) {
        if (is_digit(c)) return foreign();
    }
    if (!formed || std::string_view("ABCFGHJLPT").find(code[3]) == std::string_view::npos) return foreign();
    return sound(token.raw == code ? std::optional(hint) : std::nullopt, likely, {"form of a PAN"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "A-Z", .second = "A-Z", .last = "A-Z",
};

}  // namespace

extern DetectorRow const row_identity_in_pan{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
