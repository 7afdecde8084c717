// Two check digits and nine of number (MOD 89).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "company"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 11, .max = 11},
};
constexpr About about{
    .id = "identity.au-abn",
    .title = {"Australian business number", "澳大利亚企业号（ABN）"},
    .why = {"It names a company exactly; it is public, but tells who a paper is about.",
            "它精确指向一家企业；虽属公开信息，但会表明文件涉及谁。"},
    .defined_by = "ABR",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"## ### ### ###"};
constexpr std::string_view words[] = {"abn", "australian business number"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] == '0') return foreign();
    if ((weighted_sum(code, {10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19}) - 10) % 89) return broken();
    return sound({}, certain, {"check digits agree"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-9",
};

}  // namespace

extern DetectorRow const row_identity_au_abn{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
