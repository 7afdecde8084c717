// Plus sign, country code and up to 15 digits in all. Chinese numbers: identity.cn-mobile.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 8, .max = 15},
};
constexpr About about{
    .id = "identity.phone",
    .title = {"Telephone number with country code", "国际电话号码"},
    .why = {"It reaches one person, and many services take it for an identity.",
        "凭它能找到本人，许多服务还以它识别身份。"},
    .defined_by = "ITU-T E.164",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"*"};
constexpr std::string_view words[] = {
    "tel", "telephone", "phone", "mobile", "cell", "fax", "call", "contact", "whatsapp", "signal", "telegram",
    "电话", "联系电话", "手机", "传真", "telefon", "handy", "téléphone", "teléfono", "telefone",
        "телефон", "電話", "전화"
};

// How many digits the country code takes; 0 for one that is not assigned (ITU-T E.164 list).
int country_digits(std::string_view code) {
    if (code[0] == '1' || code[0] == '7') return code.size() == 11 ? 1 : 0;
    static constexpr std::string_view two =
        "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 "
        "64 65 66 81 82 84 86 90 91 92 93 94 95 98";
    std::size_t const at = two.find(code.substr(0, 2));
    if (at != std::string_view::npos && at % 3 == 0) return code.size() >= 9 ? 2 : 0;
    int const three = number_at(code, 0, 3);
    static constexpr int runs[][2] = {{211, 213}, {216, 216}, {218, 218}, {220, 258}, {260, 269}, {290, 291},
        {297, 299}, {350, 359},
        {370, 383}, {385, 387}, {389, 389}, {420, 421}, {423, 423}, {500, 509}, {590, 599}, {670, 670}, {672,
            683}, {685, 692},
        {850, 850}, {852, 853}, {855, 856}, {880, 880}, {886, 886}, {960, 968}, {970, 977}, {992, 996}, {998,
            998}};
    for (auto const& run : runs) {
        if (three >= run[0] && three <= run[1]) return code.size() >= 10 ? 3 : 0;
    }
    return 0;
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const before = token.before();
    bool const bracketed = before.ends_with("(+");
    if (!before.ends_with('+') || (before.size() > 1 && is_digit(before[before.size() - 2]))) return foreign();
    int const digits = country_digits(code);
    if (!digits || code.starts_with("86") || is_monotonous(code)) return foreign();
    if (bracketed && code.size() < 9) return foreign();
    Judgement judgement = sound(hint, likely, {"a plus sign and an assigned country code"},
                                {{"country-code", std::string(code.substr(0,
                                    static_cast<std::size_t>(digits)))}});
    judgement.wider_left = 1;
    return judgement;
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .edges = Edges::loose,
    .before = '+',
};

}  // namespace

extern DetectorRow const row_identity_phone{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
