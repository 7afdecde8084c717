// Thirteen digits, MOD 11: one random number in eleven passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 13, .max = 13},
};
constexpr About about{
    .id = "identity.th-id",
    .title = {"Thai identity number", "泰国身份证号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "DOPA",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#-####-#####-##-#", "# #### ##### ## #"};
constexpr std::string_view words[] = {
    "เลขประจำตัวประชาชน", "บัตรประชาชน",
        "เลขบัตร", "thai id", "thai national id", "national id", "citizen id"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] == '0' || is_monotonous(code)) return foreign();
    int const sum = weighted_sum(code.substr(0, 12), {13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2});
    if ((11 - sum % 11) % 10 != code[12] - '0') return broken();
    return sound(token.grouped() ? std::optional(likely) : std::nullopt, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
    .first = "1-9",
};

}  // namespace

extern DetectorRow const row_identity_th_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
