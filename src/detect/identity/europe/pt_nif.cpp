// Nine digits, weights 9 to 2, MOD 11: one random number in eleven passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 9, .max = 9},
};
constexpr About about{
    .id = "identity.pt-nif",
    .title = {"Portuguese tax number (NIF)", "葡萄牙税号（NIF）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Decreto-Lei 14/2013",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"### ### ###", "###.###.###"};
constexpr std::string_view words[] = {
    "nif", "contribuinte", "número de contribuinte", "nipc", "identificação fiscal"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (std::string_view("1235689").find(code[0]) == std::string_view::npos) return foreign();
    int const check = 11 - weighted_sum(code.substr(0, 8), {9, 8, 7, 6, 5, 4, 3, 2}) % 11;
    if (code[8] - '0' != (check > 9 ? 0 : check)) return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-35689",
};

}  // namespace

extern DetectorRow const row_identity_pt_nif{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
