// Birth date, serial, Luhn check digit.
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
    .id = "identity.gr-amka",
    .title = {"Greek social security number (AMKA)", "希腊社会保障号（ΑΜΚΑ）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "ΗΔΙΚΑ",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"αμκα", "amka"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (!is_short_date(number_at(code, 4, 2), number_at(code, 2, 2), number_at(code, 0, 2))) return foreign();
    if (!passes_luhn(code)) return broken();
    return sound({}, certain, {"check digit agrees", "date is real"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "0-3",
};

}  // namespace

extern DetectorRow const row_identity_gr_amka{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
