// Birth date, serial, check digit (weights 1 3 7 9, MOD 10).
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
    .id = "identity.pl-pesel",
    .title = {"Polish identity number (PESEL)", "波兰身份号（PESEL）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Ustawa o ewidencji ludności",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"pesel", "numer ewidencyjny", "dowód", "dowodzie"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    // The month carries the century: 1800s +80, 2000s +20, 2100s +40.
    if (!is_short_date(number_at(code, 0, 2), number_at(code, 2, 2) % 20, number_at(code, 4,
        2))) return foreign();
    if (weighted_sum(code, {1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1}) % 10) return broken();
    return sound({}, certain, {"check digit agrees", "date is real"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_pl_pesel{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
