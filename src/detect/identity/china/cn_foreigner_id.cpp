// Since 2023 18 digits: 9, province, country, birth date, sequence and a check character by ISO
// 7064 MOD 11-2; before, three letters of nationality and twelve digits with the date.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/identity/china/areas.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits_check, .min = 18, .max = 18},
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 15, .max = 15},
};
constexpr About about{
    .id = "identity.cn-foreigner-id",
    .title = {"Foreign permanent resident identity card number", "外国人永久居留身份证号码"},
    .why = {"It serves its holder as an identity card and tells nationality and birthday.",
            "它等同于身份证，并会暴露国籍和出生日期。"},
    .defined_by = "National Immigration Administration notice 2023; GB 11643-1999",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"永久居留", "居留证", "绿卡", "permanent resident",
    "permanent residence"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (code.size() == 15) {
        bool const formed = number_at(code, 0, 1) < 0 && number_at(code, 1, 1) < 0 && number_at(code, 2,
            1) < 0 &&
                            number_at(code, 3, 6) >= 0 && number_at(code, 9, 6) >= 0;
        if (!formed || !is_short_date(number_at(code, 7, 2), number_at(code, 9, 2), number_at(code, 11,
            2))) return foreign();
        return sound({}, likely, {"form of the card's number", "date is real"}, {{"form", "2004"}});
    }
    if (code[0] != '9' || province_name(number_at(code, 1, 2)).empty()) return foreign();
    if (!is_birth_date(number_at(code, 6, 4), number_at(code, 10, 2), number_at(code, 12, 2))) return foreign();
    if (!passes_mod_11_2(code)) return broken();
    return sound(certain, certain, {"check digit agrees", "date is real"}, {{"form", "2023"}});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .edges = Edges::loose,
    .first = "9A-Z",
};

}  // namespace

extern DetectorRow const row_identity_cn_foreigner_id{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
