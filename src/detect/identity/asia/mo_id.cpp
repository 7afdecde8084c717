// Seven digits that begin with 1, 5 or 7 and a check digit in brackets whose rule is not published.
// A word nearby is needed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 7, .max = 8},
};
constexpr About about{
    .id = "identity.mo-id",
    .title = {"Macau resident identity card number", "澳门居民身份证号码"},
    .why = {"It opens accounts and contracts in the name of its holder.",
        "凭它可以冒名开户、签约。"},
    .defined_by = "Macau Identification Services Bureau",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"#######/#"};
constexpr std::string_view words[] = {
    "澳门居民身份证", "澳门身份证", "澳門居民身份證", "bilhete de identidade", "bir",
        "macau id", "macao id"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const after = token.after();
    bool const bracketed = after.size() > 2 && after[0] == '(' && is_digit(after[1]) && after[2] == ')';
    if (code.size() != (bracketed ? 7u : 8u) || (code[0] != '1' && code[0] != '5' &&
        code[0] != '7')) return foreign();
    Judgement judgement = sound({}, likely, {"form of the card's number"});
    judgement.wider_right = bracketed ? 3 : 0;
    return judgement;
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "157",
};

}  // namespace

extern DetectorRow const row_identity_mo_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
