// Eight or nine digits, MOD 11 with a second set of weights.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 8, .max = 9},
};
constexpr About about{
    .id = "identity.nz-ird",
    .title = {"New Zealand tax number (IRD)", "新西兰税号（IRD）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Inland Revenue",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"##-###-###", "###-###-###", "## ### ###", "### ### ###"};
constexpr std::string_view words[] = {"ird", "ird number", "inland revenue"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const number = number_at(code, 0, code.size());
    if (number < 10'000'000 || number > 150'000'000) return foreign();
    std::string_view const eight = code.substr(0, code.size() - 1);
    bool const long_form = code.size() == 9;
    int check = (11 - (long_form ? weighted_sum(eight, {3, 2, 7, 6, 5, 4, 3, 2}) : weighted_sum(eight, {2, 7,
        6, 5, 4, 3, 2})) % 11) % 11;
    if (check == 10) check = (11 - (long_form ? weighted_sum(eight, {7, 4, 3, 2, 5, 2, 7, 6})
        : weighted_sum(eight, {4, 3, 2, 5, 2, 7, 6})) % 11) % 11;
    if (check != code.back() - '0') return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_nz_ird{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
