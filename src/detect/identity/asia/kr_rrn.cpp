// Birth date, century and sex, place, serial, check digit (MOD 11; none since 2020).
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
    .id = "identity.kr-rrn",
    .title = {"Korean resident number", "韩国居民登记号"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "Resident Registration Act",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"######-#######"};
constexpr std::string_view words[] = {"주민등록번호", "주민번호", "외국인등록번호",
    "resident registration", "rrn"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[6] == '0' || code[6] == '9') return foreign();
    if (!is_short_date(number_at(code, 0, 2), number_at(code, 2, 2), number_at(code, 4, 2))) return foreign();
    int const sum = weighted_sum(code, {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5});
    // Since October 2020 the last six digits are random.
    if ((11 - sum % 11) % 10 != code[12] - '0') return sound({}, likely, {"date is real"});
    return sound(token.grouped() ? std::optional(likely) : std::nullopt, certain, {"check digit agrees",
        "date is real"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::grouped,
};

}  // namespace

extern DetectorRow const row_identity_kr_rrn{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
