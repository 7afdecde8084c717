// State, PAN, entity, Z and a check character (MOD 36).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "company"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 15, .max = 15},
};
constexpr About about{
    .id = "identity.in-gstin",
    .title = {"Indian goods and services tax number", "印度商品服务税号（GSTIN）"},
    .why = {"It names a company exactly.", "它精确指向一家企业。"},
    .defined_by = "GSTN",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"gstin", "gst"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    int const state = number_at(code, 0, 2);
    if (state < 1 || state > 38 || code[13] != 'Z' || number_at(code, 7, 4) < 0 ||
        is_digit(code[2])) return foreign();
    int sum = 0;
    for (std::size_t i = 0; i < 14; ++i) {
        int const product = value_of(code[i]) * (i % 2 ? 2 : 1);
        sum += product / 36 + product % 36;
    }
    if (value_of(code[14]) != (36 - sum % 36) % 36) return broken();
    return sound(certain, certain, {"check character agrees", "state is real"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "0-3", .second = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_in_gstin{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
