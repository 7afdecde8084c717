// Six digits of area and the nine characters of the organisation code with its check (MOD 11).
// Since 2015 the unified social credit code takes its place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/identity/china/areas.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "company"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 15, .max = 15},
};
constexpr About about{
    .id = "identity.cn-tax-id",
    .title = {"Old Chinese taxpayer number", "纳税人识别号（旧15位）"},
    .why = {"It names a company exactly in tax files and invoices.",
        "它在税务档案和发票中精确指向一家企业。"},
    .defined_by = "GB 11714-1997, State Taxation Administration notice 2013 No. 41",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {
    "税号", "纳税人识别号", "纳税人", "税务登记", "开票信息", "组织机构", "tax id",
        "taxpayer", "tax number"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (province_name(number_at(code, 0, 2)).empty() || number_at(code, 0, 6) < 0) return foreign();
    int const check = (11 - weighted_sum(code.substr(6, 8), {3, 7, 9, 10, 5, 8, 4, 2}) % 11) % 11;
    if (code[14] != (check == 10 ? 'X' : static_cast<char>('0' + check))) return broken();
    return sound({}, likely, {"check digit agrees", "province is known"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "1-8", .second = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_cn_tax_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
