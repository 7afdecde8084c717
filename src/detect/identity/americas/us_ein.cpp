// Nine digits 2-7, prefix of an IRS campus, no check digit: a word nearby is needed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "company"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 9, .max = 9},
};
constexpr About about{
    .id = "identity.us-ein",
    .title = {"US employer number", "美国雇主识别号（EIN）"},
    .why = {"It names a company exactly in tax files.", "它在税务档案中精确指向一家企业。"},
    .defined_by = "IRS",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"##-#######"};
constexpr std::string_view words[] = {
    "ein:", "ein no", "ein number", "employer identification", "fein", "federal tax id", "employer id"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const campus = number_at(code, 0, 2);
    bool const unknown = campus == 0 || (campus >= 7 && campus <= 9) || (campus >= 17 && campus <= 19) ||
        campus == 28 ||
                         campus == 29 || campus == 49 || campus == 69 || campus == 70 || campus == 78 ||
                             campus == 79 ||
                         campus == 89 || campus == 96 || campus == 97;
    if (unknown) return foreign();
    return sound({}, likely, {"prefix is assigned"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
};

}  // namespace

extern DetectorRow const row_identity_us_ein{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
