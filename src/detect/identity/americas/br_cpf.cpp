// Eleven digits, the last two are checks (MOD 11): one random number in a hundred passes.
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
    .id = "identity.br-cpf",
    .title = {"Brazilian person number (CPF)", "巴西个人税号（CPF）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Receita Federal",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"###.###.###-##"};
constexpr std::string_view words[] = {"cpf", "cadastro de pessoas", "titular"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (is_monotonous(code)) return foreign();
    int const first = weighted_sum(code, {10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
    int const second = weighted_sum(code, {11, 10, 9, 8, 7, 6, 5, 4, 3, 2}) * 10 % 11 % 10;
    if (first != code[9] - '0' || second != code[10] - '0') return broken();
    return sound(token.grouped() ? std::optional(likely) : std::nullopt, certain, {"both check digits agree"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
};

}  // namespace

extern DetectorRow const row_identity_br_cpf{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
