// A letter for the place, 1 or 2 (8 or 9 for foreign residents), seven digits and a check digit
// that one random number in ten passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 10, .max = 10},
};
constexpr About about{
    .id = "identity.tw-id",
    .title = {"Taiwan identity card or resident number", "台湾身份证字号"},
    .why = {"It opens accounts and contracts in the name of its holder.",
        "凭它可以冒名开户、签约。"},
    .defined_by = "Taiwan household registration; resident numbers in the form of 2021",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {
    "身分證", "身份證", "身份证", "统一编号", "統一編號", "統一證號", "居留證",
        "taiwan id", "national id", "arc", "arc no", "taiwan arc"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (!is_upper(code[0]) || number_at(code, 1, 9) < 0) return foreign();
    bool const resident = code[1] == '8' || code[1] == '9';
    if (code[1] != '1' && code[1] != '2' && !resident) return foreign();
    // The letters in the order of their values, 10 and up.
    int const letter = static_cast<int>(std::string_view("ABCDEFGHJKLMNPQRSTUVXYWZIO").find(code[0])) + 10;
    int const sum = letter / 10 + letter % 10 * 9 + weighted_sum(code.substr(1), {8, 7, 6, 5, 4, 3, 2, 1, 1});
    if (sum % 10) return broken();
    return sound(hint, certain, {"check digit agrees"}, {{"kind", resident ? "resident" : "citizen"}});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "A-Z", .second = "1289", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_tw_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
