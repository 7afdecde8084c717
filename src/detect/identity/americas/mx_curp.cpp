// Letters of the names, birth date, sex, state, consonants, serial and check digit (MOD 10).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 18, .max = 18},
};
constexpr About about{
    .id = "identity.mx-curp",
    .title = {"Mexican population code (CURP)", "墨西哥人口登记号（CURP）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "RENAPO",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"curp"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    static constexpr std::string_view form = "AAAA000000AAAAAAX0",
        alphabet = "0123456789ABCDEFGHIJKLMN#OPQRSTUVWXYZ";
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] != 'X' && is_digit(form[i]) != is_digit(code[i])) return foreign();
    }
    if ((code[10] != 'H' && code[10] != 'M' && code[10] != 'X') || !is_short_date(number_at(code, 4, 2),
        number_at(code, 6, 2), number_at(code, 8, 2))) return foreign();
    int sum = 0;
    for (int i = 0; i < 17; ++i) sum += static_cast<int>(alphabet.find(code[static_cast<std::size_t>(i)])) * (18 - i);
    if ((10 - sum % 10) % 10 != code[17] - '0') return broken();
    return sound(certain, certain, {"check digit agrees", "date is real"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "A-Z", .second = "A-Z", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_mx_curp{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
