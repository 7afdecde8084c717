// Check digit first, then nine digits, MOD 11: one random number in eleven passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 10, .max = 10},
};
constexpr About about{
    .id = "identity.gb-utr",
    .title = {"British unique taxpayer reference", "英国纳税人识别号（UTR）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "HMRC",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"##### #####"};
constexpr std::string_view words[] = {"utr", "unique taxpayer", "taxpayer reference", "tax reference"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const remainder = weighted_sum(code.substr(1), {6, 7, 8, 9, 10, 5, 4, 3, 2}) % 11;
    if (code[0] != "21987654321"[remainder]) return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-9",
};

}  // namespace

extern DetectorRow const row_identity_gb_utr{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
