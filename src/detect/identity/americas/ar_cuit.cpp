// Two digits of kind, eight of number and a check digit (MOD 11).
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
    .id = "identity.ar-cuit",
    .title = {"Argentine tax number (CUIT)", "阿根廷税号（CUIT、CUIL）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "AFIP",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"##-########-#"};
constexpr std::string_view words[] = {"cuit", "cuil", "clave única", "clave unica"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const kind = number_at(code, 0, 2);
    if (!((kind >= 20 && kind <= 27 && kind != 21 && kind != 22) || kind == 30 || kind == 33 ||
        kind == 34)) return foreign();
    if (weighted_sum(code, {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1}) % 11) return broken();
    return sound(token.grouped() ? std::optional(hint) : std::nullopt, certain, {"check digit agrees",
        "prefix is assigned"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
    .first = "23", .second = "03-7",
};

}  // namespace

extern DetectorRow const row_identity_ar_cuit{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
