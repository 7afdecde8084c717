// 15 digits: six of area, eight in sequence, a check digit by ISO 7064 MOD 11,10 that one random
// number in ten passes; a word nearby must say what it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/identity/china/areas.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "company"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 15, .max = 15},
};
constexpr About about{
    .id = "identity.cn-business-licence",
    .title = {"Old Chinese business registration number", "营业执照注册号（旧15位）"},
    .why = {"It names a company exactly in contracts and official files.",
        "它在合同和官方档案中精确指向一家企业。"},
    .defined_by = "GS 15-2006",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {
    "营业执照", "注册号", "工商注册", "登记号", "business licence", "business license",
        "registration no", "registration number"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const province = province_name(number_at(code, 0, 2));
    if (province.empty() && code.substr(0, 6) != "100000") return foreign();
    if (!passes_mod_11_10(code)) return broken();
    return sound({}, likely, {"check digit agrees", "province is known"},
                 {{"province", std::string(province.empty() ? "national" : province)}});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-8",
};

}  // namespace

extern DetectorRow const row_identity_cn_business_licence{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
