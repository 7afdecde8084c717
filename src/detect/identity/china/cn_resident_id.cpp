// The number of every Chinese citizen: six digits of area, eight of birth date, three in sequence
// and a check character by ISO 7064 MOD 11-2. Of random strings of 18 digits about two in a million
// pass all of it.
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
    .id = "identity.cn-resident-id",
    .title = {"Chinese resident identity number", "居民身份证号码"},
    .why = {"It opens accounts and contracts in the name of its holder, and tells birthday and home district.",
            "凭它可以冒名开户、签约，还会暴露出生日期和户籍地。"},
    .defined_by = "GB 11643-1999, GB/T 2260",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"*"};
constexpr std::string_view words[] = {
    "身份证", "身份证号", "公民身份", "证件号", "证件号码", "身份号码", "居民证",
        "id card", "id number", "identity card", "id no",
    "resident id", "citizen id", "sfz", "sfzh"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const province = province_name(number_at(code, 0, 2));
    bool const dated = is_birth_date(number_at(code, 6, 4), number_at(code, 10, 2), number_at(code, 12, 2));
    if (province.empty() || code[0] == '8' || !dated) return foreign();
    if (!passes_mod_11_2(code)) return broken();
    bool const known = is_prefecture(number_at(code, 0, 4));
    std::vector<std::string> reasons{"check digit agrees", "date is real"};
    if (!known) reasons.push_back("province is known, the prefecture is not");
    return sound(known ? certain : likely, certain, std::move(reasons), {{"province", std::string(province)}});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .edges = Edges::loose,
    .company = Company::counts,
    .first = "1-7", .second = "0-7",
};

}  // namespace

extern DetectorRow const row_identity_cn_resident_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
