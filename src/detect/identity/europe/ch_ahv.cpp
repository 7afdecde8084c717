// 756, nine digits, and the check digit of EAN-13.
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
    .id = "identity.ch-ahv",
    .title = {"Swiss social insurance number (AHV)", "瑞士社会保险号（AHV）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "AHVG Art. 50c; EAN-13",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"###.####.####.##", "### #### #### ##"};
constexpr std::string_view words[] = {
    "ahv", "avs", "ahvn13", "ahv nummer", "sozialversicherungsnummer", "numéro avs", "oasi"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (!code.starts_with("756")) return foreign();
    if (weighted_sum(code, {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1}) % 10) return broken();
    bool const dotted = token.raw.find('.') != std::string_view::npos;
    return sound(dotted ? std::optional(likely) : std::nullopt, certain, {"check digit agrees",
        "begins with 756"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
    .first = "7", .second = "5",
};

}  // namespace

extern DetectorRow const row_identity_ch_ahv{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
