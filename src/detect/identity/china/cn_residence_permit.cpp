// The 18 digits of GB 11643 with the area 810000 (Hong Kong), 820000 (Macau) or 830000 (Taiwan).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/identity/china/areas.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits_check, .min = 18, .max = 18},
};
constexpr About about{
    .id = "identity.cn-residence-permit",
    .title = {"Residence permit of a Hong Kong, Macau or Taiwan resident", "港澳台居民居住证号码"},
    .why = {"It serves its holder as an identity card and tells the birthday.",
        "它等同于身份证，并会暴露出生日期。"},
    .defined_by = "GB 11643-1999, State Council Order 2018 No. 81",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"*"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const area = number_at(code, 0, 6);
    bool const dated = is_birth_date(number_at(code, 6, 4), number_at(code, 10, 2), number_at(code, 12, 2));
    if ((area != 810000 && area != 820000 && area != 830000) || !dated) return foreign();
    if (!passes_mod_11_2(code)) return broken();
    return sound(certain, certain, {"check digit agrees", "date is real"},
                 {{"region", std::string(province_name(area / 10000))}});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = {},
    .judge = judge,
    .edges = Edges::loose,
    .company = Company::counts,
    .first = "8", .second = "1-3",
};

}  // namespace

extern DetectorRow const row_identity_cn_residence_permit{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
