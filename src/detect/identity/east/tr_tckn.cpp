// Eleven digits, the last two are checks (MOD 10): one random number in a hundred passes.
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
    .id = "identity.tr-tckn",
    .title = {"Turkish identity number", "土耳其身份号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Nüfus Hizmetleri Kanunu",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"kimlik", "kimlik no", "tckn", "tc no", "t.c"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] == '0') return foreign();
    int const odd = weighted_sum(code, {1, 0, 1, 0, 1, 0, 1, 0, 1}), even = weighted_sum(code, {0, 1, 0, 1, 0,
        1, 0, 1});
    int const tenth = ((odd * 7 - even) % 10 + 10) % 10;
    if (tenth != code[9] - '0' || (odd + even + tenth) % 10 != code[10] - '0') return broken();
    return sound({}, certain, {"both check digits agree"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-9",
};

}  // namespace

extern DetectorRow const row_identity_tr_tckn{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
