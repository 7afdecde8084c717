// Letters of the names, year, month letter, day (women: +40), place and a check letter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 16, .max = 16},
};
constexpr About about{
    .id = "identity.it-fiscal-code",
    .title = {"Italian fiscal code", "意大利税号（Codice Fiscale）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "DM 12 March 1974",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"codice fiscale"};

// Values of the characters in odd places, by decree.
int odd_value(char c) {
    static constexpr int values[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16,
        10, 22, 25, 24, 23};
    return values[is_digit(c) ? c - '0' : c - 'A'];
}

// What a letter in an even place (A = 0) has more than value_of() modulo 10.
int even_letter(char c) { return c - 'A' - value_of(c) % 10; }

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    static constexpr std::string_view form = "AAAAAA00A00A000A", months = "ABCDEHLMPRST";
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (is_digit(form[i]) != is_digit(code[i])) return foreign();
    }
    int const day = number_at(code, 9, 2) % 40;
    if (months.find(code[8]) == std::string_view::npos || day < 1 || day > 31) return foreign();
    int sum = 0;
    for (std::size_t i = 0; i < 15; ++i) sum += i % 2 ? value_of(code[i]) % 10 + (is_digit(code[i]) ? 0
        : even_letter(code[i])) : odd_value(code[i]);
    if (code[15] != static_cast<char>('A' + sum % 26)) return broken();
    return sound(certain, certain, {"check letter agrees", "month and day are real"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "A-Z", .second = "A-Z", .last = "A-Z",
};

}  // namespace

extern DetectorRow const row_identity_it_fiscal_code{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
