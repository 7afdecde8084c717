// Fourteen characters, the last two are check digits (MOD 11).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "company"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 14, .max = 14},
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 12, .max = 12},
};
constexpr About about{
    .id = "identity.br-cnpj",
    .title = {"Brazilian company number (CNPJ)", "巴西企业号（CNPJ）"},
    .why = {"It names a company exactly.", "它精确指向一家企业。"},
    .defined_by = "Receita Federal IN 2229/2024",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"##.###.###/####", "##.###.###/####-##"};
constexpr std::string_view words[] = {"cnpj", "cadastro nacional", "empresa"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view code = token.compact;
    std::string whole(token.compact);
    std::string_view const after = token.after();
    // In the usual layout the nominated part ends before the dash.
    bool const parted = whole.size() == 12 && after.size() > 2 && after[0] == '-' && is_digit(after[1]) &&
        is_digit(after[2]);
    if (parted) whole += after.substr(1, 2);
    if (whole.size() != 14) return foreign();
    // From July 2026 letters may stand in the first twelve places; their value is the ASCII code less 48.
    code = whole;
    int sum[2] = {};
    for (std::size_t i = 0; i < 13; ++i) {
        int const value = code[i] - '0';
        if (i >= 12 && !is_digit(code[i])) return foreign();
        if (i < 12) sum[0] += value * static_cast<int>(i < 4 ? 5 - i : 13 - i);
        sum[1] += value * static_cast<int>(i < 5 ? 6 - i : 14 - i);
    }
    int const first = sum[0] % 11 < 2 ? 0 : 11 - sum[0] % 11, second = sum[1] % 11 < 2 ? 0 : 11 - sum[1] % 11;
    if (!is_digit(code[13]) || is_monotonous(code)) return foreign();
    if (first != code[12] - '0' || second != code[13] - '0') return broken();
    Judgement judgement = sound(token.grouped() ? std::optional(likely) : std::nullopt, certain,
        {"both check digits agree"});
    judgement.wider_right = parted ? 3 : 0;
    return judgement;
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
};

}  // namespace

extern DetectorRow const row_identity_br_cnpj{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
