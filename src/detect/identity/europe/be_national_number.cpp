// Birth date, serial and two check digits (97 less the remainder by 97; a 2 before it for births
// since 2000).
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
    .id = "identity.be-national-number",
    .title = {"Belgian national number", "比利时国民登记号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Arrêté royal 3 April 1984",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"##.##.##-###.##", "##.##.## ###.##", "##.##.##-###-##",
    "###### ### ##", "######-###.##"};
constexpr std::string_view words[] = {
    "rijksregisternummer", "rijksregister", "registre national", "numéro national", "nationalregister",
    "national number", "insz", "niss"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const month = number_at(code, 2, 2) % 20;
    if (month > 12 || number_at(code, 4, 2) > 31) return foreign();
    int const head = number_at(code, 0, 9), check = number_at(code, 9, 2);
    bool const before_2000 = 97 - head % 97 == check;
    bool const since_2000 = 97 - (2'000'000'000LL + head) % 97 == check;
    if (!before_2000 && !since_2000) return broken();
    bool const dotted = token.raw.find('.') != std::string_view::npos;
    return sound(dotted ? std::optional(likely) : std::nullopt, certain, {"check digits agree",
        "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
};

}  // namespace

extern DetectorRow const row_identity_be_national_number{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
