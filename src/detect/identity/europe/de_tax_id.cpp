// Eleven digits, of the first ten one occurs two or three times and none more, check digit by ISO
// 7064 MOD 11,10.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 11, .max = 11},
};
constexpr About about{
    .id = "identity.de-tax-id",
    .title = {"German tax identification number", "德国税务识别号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "§ 139b AO",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"## ### ### ###", "##~###~###~###"};
constexpr std::string_view words[] = {
    "steuer id", "steueridentifikationsnummer", "steuerliche identifikationsnummer", "identifikationsnummer",
    "steuernummer", "idnr", "tin", "tax id", "tax number", "税号"
};

// One digit stands there two or three times, the others once at most.
bool has_one_repeated(std::string_view digits) {
    int counts[10] = {};
    for (char c : digits) ++counts[c - '0'];
    int repeated = 0;
    for (int count : counts) {
        if (count > 3) return false;
        repeated += count > 1;
    }
    return repeated == 1;
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] == '0' || !has_one_repeated(code.substr(0, 10))) return foreign();
    if (!passes_mod_11_10(code)) return broken();
    return sound({}, certain, {"check digit agrees", "digits repeat as they must"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-9",
};

}  // namespace

extern DetectorRow const row_identity_de_tax_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
