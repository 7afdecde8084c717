// Seven digits, a check letter (MOD 23) and since 2013 one more letter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 8, .max = 9},
};
constexpr About about{
    .id = "identity.ie-pps",
    .title = {"Irish PPS number", "爱尔兰 PPS 号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Social Welfare Consolidation Act 2005",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"####### #", "####### ##"};
constexpr std::string_view words[] = {"pps", "ppsn", "pps number", "pps no", "personal public service"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (number_at(code, 0, 7) < 0 || !is_upper(code[7]) || (code.size() == 9 &&
        !is_upper(code[8]))) return foreign();
    int sum = weighted_sum(code.substr(0, 7), {8, 7, 6, 5, 4, 3, 2});
    if (code.size() == 9 && code[8] != 'W') sum += 9 * (code[8] - 'A' + 1);
    if (code[7] != "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23]) return broken();
    return sound({}, certain, {"check letter agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "0-9", .second = "0-9", .last = "A-Z",
};

}  // namespace

extern DetectorRow const row_identity_ie_pps{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
