// Twelve digits, MOD 11: one random number in eleven passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 12, .max = 12},
};
constexpr About about{
    .id = "identity.jp-my-number",
    .title = {"Japanese My Number", "日本个人编号（My Number）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Act 27 of 2013",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#### #### ####", "####-####-####"};
constexpr std::string_view words[] = {"マイナンバー", "個人番号", "my number", "個人编号",
    "通知カード"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (is_monotonous(code)) return foreign();
    int const remainder = weighted_sum(code, {6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}) % 11;
    if ((remainder <= 1 ? 0 : 11 - remainder) != code[11] - '0') return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_jp_my_number{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
