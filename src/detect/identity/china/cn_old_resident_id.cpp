// The form given out until 1999: six digits of area, YYMMDD, three in sequence, no check digit.
// About one in ten thousand random strings fits, so only a word nearby makes it a finding.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/identity/china/areas.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 15, .max = 15},
};
constexpr About about{
    .id = "identity.cn-old-resident-id",
    .title = {"Chinese resident identity number of 15 digits", "居民身份证号码（旧15位）"},
    .why = {"It still names one person in old files, with birthday and home district.",
            "旧档案中仍能凭它确认到个人，并暴露出生日期和户籍地。"},
    .defined_by = "GB 11643-1989",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {
    "身份证", "身份证号", "公民身份", "证件号", "证件号码", "身份号码", "id card",
        "identity card", "id number", "sfz", "sfzh"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const province = province_name(number_at(code, 0, 2));
    bool const dated = is_short_date(number_at(code, 6, 2), number_at(code, 8, 2), number_at(code, 10, 2));
    if (!dated || !is_prefecture(number_at(code, 0, 4)) || code[0] == '8') return foreign();
    return sound({}, likely, {"date is real", "prefecture is known"}, {{"province", std::string(province)}});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-7",
};

}  // namespace

extern DetectorRow const row_identity_cn_old_resident_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
