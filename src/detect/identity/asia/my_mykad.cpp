// Birth date, place and four digits without a check: a word nearby is needed.
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
    .id = "identity.my-mykad",
    .title = {"Malaysian identity number (MyKad)", "马来西亚身份证号（MyKad）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "JPN",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"######-##-####", "###### ## ####"};
constexpr std::string_view words[] = {
    "mykad", "kad pengenalan", "nric", "ic no", "ic number", "no kp", "identity card"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const place = number_at(code, 6, 2);
    bool const known = (place >= 1 && place <= 16) || (place >= 21 && place <= 59) || (place >= 60 &&
        place <= 99 && place != 69 && place != 70 && place != 73 && place != 80 && place != 81 &&
            (place < 94 || place > 97));
    if (!known || !is_short_date(number_at(code, 0, 2), number_at(code, 2, 2), number_at(code, 4,
        2))) return foreign();
    return sound(token.grouped() ? std::optional(hint) : std::nullopt, likely, {"date is real",
        "place of birth is known"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
};

}  // namespace

extern DetectorRow const row_identity_my_mykad{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
