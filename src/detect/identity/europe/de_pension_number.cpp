// Area, birth date, initial letter, serial and a check digit over weighted cross sums.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 12, .max = 12},
};
constexpr About about{
    .id = "identity.de-pension-number",
    .title = {"German pension insurance number", "德国养老保险号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "§ 147 SGB VI",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"## ###### # ###", "########~#~###", "##~######~#~###"};
constexpr std::string_view words[] = {
    "sozialversicherungsnummer", "rentenversicherungsnummer", "sv nummer", "svnr", "rvnr",
        "versicherungsnummer",
    "pension insurance"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    bool const formed = number_at(code, 0, 8) >= 0 && is_upper(code[8]) && number_at(code, 9, 3) >= 0;
    // Women and men of the same day are told apart in the serial; the day may be raised by 50 or
    // more in rare cases.
    if (!formed || !is_short_date(number_at(code, 6, 2), number_at(code, 4, 2), number_at(code, 2,
        2) % 50)) return foreign();
    static constexpr int weights[] = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
    std::string const digits = std::string(code.substr(0, 8)) + (code[8] < 'J' ? "0" : "") +
                               std::to_string(code[8] - 'A' + 1) + std::string(code.substr(9, 2));
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        int const product = (digits[i] - '0') * weights[i];
        sum += product / 10 + product % 10;
    }
    if (sum % 10 != code[11] - '0') return broken();
    return sound(likely, certain, {"check digit agrees", "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "0-9", .second = "0-9", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_de_pension_number{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
