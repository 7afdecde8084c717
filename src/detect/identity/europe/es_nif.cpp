// Eight digits (X, Y or Z and seven for foreigners) and a letter that one random string in 23 has
// right.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 9, .max = 9},
};
constexpr About about{
    .id = "identity.es-nif",
    .title = {"Spanish identity number (DNI, NIF, NIE)", "西班牙身份号码（DNI、NIE）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Real Decreto 1553/2005",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"########-#", "#-#######-#", "##.###.###-#", "#~#######~#",
    "######## #"};
constexpr std::string_view words[] = {
    "dni", "nif", "nie", "n.i.e", "n.i.f", "d.n.i", "documento nacional", "identidad", "tax id", "pasaporte"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    static constexpr std::string_view letters = "TRWAGMYFPDXBNJZSQVHLCKE";
    bool const foreigner = code[0] >= 'X' && code[0] <= 'Z';
    int const number = foreigner ? (code[0] - 'X') * 10'000'000 + number_at(code, 1, 7) : number_at(code, 0, 8);
    if (number_at(code, foreigner ? 1 : 0, foreigner ? 7 : 8) < 0 || !is_upper(code[8])) return foreign();
    if (letters[static_cast<std::size_t>(number % 23)] != code[8]) return broken();
    return sound({}, certain, {"check letter agrees"}, {{"kind", foreigner ? "NIE" : "DNI"}});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "0-9X-Z", .second = "0-9", .last = "A-Z",
};

}  // namespace

extern DetectorRow const row_identity_es_nif{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
