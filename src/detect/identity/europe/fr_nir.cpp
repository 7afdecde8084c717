// Sex, year, month, place of birth, serial, and two check digits (97 less the remainder by 97).
// Three random numbers in ten thousand pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 15, .max = 15},
};
constexpr About about{
    .id = "identity.fr-nir",
    .title = {"French social security number (NIR)", "法国社会保障号（NIR）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Décret 2019-341; INSEE",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"# ## ## ## ### ### ##", "# ## ## ## ### ###~##", "#############~##",
    "# ## ## ##### ### ##"};
constexpr std::string_view words[] = {
    "sécurité sociale", "securite sociale", "nir", "numéro de sécu", "insee", "carte vitale",
        "social security"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    bool const corsica = code[5] == '2' && (code[6] == 'A' || code[6] == 'B');
    std::string digits(code);
    if (corsica) digits.replace(5, 2, code[6] == 'A' ? "19" : "18");
    if (number_at(digits, 0, 8) < 0 || number_at(digits, 8, 7) < 0 || (code[0] != '1' &&
        code[0] != '2')) return foreign();
    int const month = number_at(digits, 3, 2), department = number_at(digits, 5, 2);
    if (!((month >= 1 && month <= 12) || (month >= 20 && month <= 42)) || department == 0 ||
        department == 96) return foreign();
    int remainder = 0;
    for (char c : digits.substr(0, 13)) remainder = (remainder * 10 + (c - '0')) % 97;
    if (97 - remainder != number_at(digits, 13, 2)) return broken();
    return sound(token.grouped() ? likely : hint, certain, {"check digits agree",
        "month and department are real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "12", .second = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_fr_nir{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
