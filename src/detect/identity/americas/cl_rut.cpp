// Seven or eight digits and a check character 0-9 K (MOD 11).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 8, .max = 9},
};
constexpr About about{
    .id = "identity.cl-rut",
    .title = {"Chilean identity number (RUT)", "智利身份号（RUT）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Registro Civil",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"##.###.###-#", "#.###.###-#", "########-#", "#######-#"};
constexpr std::string_view words[] = {"rut", "rol único", "rol unico"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int sum = 0, weight = 2;
    for (std::size_t i = code.size() - 1; i-- > 0;) {
        if (!is_digit(code[i])) return foreign();
        sum += (code[i] - '0') * weight;
        weight = weight == 7 ? 2 : weight + 1;
    }
    int const check = 11 - sum % 11;
    char const expected = check == 11 ? '0' : check == 10 ? 'K' : static_cast<char>('0' + check);
    if (code.back() != expected) return broken();
    bool const dotted = token.raw.find('.') != std::string_view::npos;
    return sound(dotted ? std::optional(likely) : std::nullopt, certain, {"check character agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
    .first = "0-9", .second = "0-9", .last = "0-9K",
};

}  // namespace

extern DetectorRow const row_identity_cl_rut{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
