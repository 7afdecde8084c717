// One or two letters, six digits and a check character (0-9 or A) that is usually written in
// brackets; weights 9 to 2, MOD 11.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 7, .max = 9},
};
constexpr About about{
    .id = "identity.hk-id",
    .title = {"Hong Kong identity card number", "香港身份证号码"},
    .why = {"It opens accounts and contracts in the name of its holder.",
        "凭它可以冒名开户、签约。"},
    .defined_by = "Hong Kong Immigration Department",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {
    "香港身份证", "香港身份證", "身份证", "身份證", "hkid", "hong kong id", "identity card",
        "id card", "id no"
};

char check_character(std::string_view letters, std::string_view digits) {
    // A missing second letter counts as a blank, whose value is 36.
    int sum = letters.size() == 2 ? value_of(letters[0]) * 9 + value_of(letters[1]) * 8
        : 36 * 9 + value_of(letters[0]) * 8;
    sum += weighted_sum(digits, {7, 6, 5, 4, 3, 2});
    int const check = (11 - sum % 11) % 11;
    return check == 10 ? 'A' : static_cast<char>('0' + check);
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const after = token.after();
    bool const bracketed = after.size() > 2 && after[0] == '(' && after[2] == ')' && (is_digit(after[1]) ||
        after[1] == 'A');
    std::size_t const letters = code.size() > 1 && is_upper(code[1]) ? 2 : 1;
    if (!is_upper(code[0]) || code.size() != letters + (bracketed ? 6 : 7) || number_at(code, letters,
        6) < 0) return foreign();
    char const check = bracketed ? after[1] : code.back();
    if (!is_digit(check) && check != 'A') return foreign();
    if (check_character(code.substr(0, letters), code.substr(letters, 6)) != check) return broken();
    if (!bracketed) return sound({}, likely, {"check character agrees"});
    Judgement judgement = sound(likely, certain, {"check character agrees", "written with brackets"});
    judgement.wider_right = 3;
    return judgement;
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "A-Z",
};

}  // namespace

extern DetectorRow const row_identity_hk_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
