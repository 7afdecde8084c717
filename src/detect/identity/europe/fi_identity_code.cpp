// Birth date, a mark for the century, serial and a check character (MOD 31): one random string in a
// thousand passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 10, .max = 11},
};
constexpr About about{
    .id = "identity.fi-identity-code",
    .title = {"Finnish personal identity code", "芬兰个人身份代码"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Väestötietolaki 661/2009",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"######-####"};
constexpr std::string_view words[] = {"henkilötunnus", "hetu", "personbeteckning", "identity code"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    bool const lettered = code.size() == 11;
    char const mark = lettered ? code[6] : token.raw.size() == 11 ? token.raw[6] : '\0';
    bool const century = mark == '-' || (mark >= 'A' && mark <= 'F') || (mark >= 'U' && mark <= 'Y');
    std::size_t const serial = lettered ? 7 : 6;
    if (!century || number_at(code, 0, 6) < 0 || number_at(code, serial, 3) < 2) return foreign();
    if (!is_short_date(number_at(code, 4, 2), number_at(code, 2, 2), number_at(code, 0, 2))) return foreign();
    int const number = number_at(code, 0, 6) * 1000 + number_at(code, serial, 3);
    if (code.back() != "0123456789ABCDEFHJKLMNPRSTUVWXY"[number % 31]) return broken();
    return sound(likely, certain, {"check character agrees", "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "0-3", .second = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_fi_identity_code{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
