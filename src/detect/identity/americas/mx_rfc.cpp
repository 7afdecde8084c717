// Letters of the name, date, two characters and a check character (MOD 11).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 12, .max = 13},
};
constexpr About about{
    .id = "identity.mx-rfc",
    .title = {"Mexican tax number (RFC)", "墨西哥税号（RFC）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "SAT",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"####-######-###", "###-######-###", "#### ###### ###",
    "### ###### ###"};
constexpr std::string_view words[] = {"rfc", "registro federal", "contribuyente", "factura"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    static constexpr std::string_view alphabet = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ ";
    bool const person = code.size() == 13;
    std::size_t const date = person ? 4 : 3;
    for (char c : code.substr(0, date)) {
        if (is_digit(c)) return foreign();
    }
    if (!is_short_date(number_at(code, date, 2), number_at(code, date + 2, 2), number_at(code, date + 4,
        2))) return foreign();
    int sum = person ? 0 : 37 * 13;
    int weight = person ? 13 : 12;
    for (char c : code.substr(0, code.size() - 1)) sum += static_cast<int>(alphabet.find(c)) * weight--;
    int const check = (11 - sum % 11) % 11;
    if (code.back() != (check == 10 ? 'A' : static_cast<char>('0' + check))) return broken();
    return sound(hint, certain, {"check character agrees", "date is real"}, {{"kind", person ? "person"
        : "company"}});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "A-Z", .second = "A-Z",
};

}  // namespace

extern DetectorRow const row_identity_mx_rfc{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
