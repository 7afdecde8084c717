// Ten digits, Luhn over 80840 and the number: one random number in ten passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 10, .max = 10},
};
constexpr About about{
    .id = "identity.us-npi",
    .title = {"US health provider number", "美国医疗服务者编号（NPI）"},
    .why = {"It names one doctor or clinic.", "它指向一位医生或一家诊所。"},
    .defined_by = "45 CFR 162.406",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"npi", "provider", "provider identifier", "prescriber"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code[0] != '1' && code[0] != '2') return foreign();
    if (!passes_luhn("80840" + std::string(code))) return broken();
    return sound({}, certain, {"check digit agrees"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "12",
};

}  // namespace

extern DetectorRow const row_identity_us_npi{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
