// Letter, seven digits and a check letter (MOD 11).
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 9, .max = 9},
};
constexpr About about{
    .id = "identity.sg-nric",
    .title = {"Singapore identity number (NRIC, FIN)", "新加坡身份证号（NRIC、FIN）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "ICA",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {"nric", "fin", "fin no", "work permit", "identity card", "身份证",
    "准证"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (std::string_view("STFGM").find(code[0]) == std::string_view::npos || number_at(code, 1,
        7) < 0) return foreign();
    int sum = weighted_sum(code.substr(1, 7), {2, 7, 6, 5, 4, 3, 2});
    sum += code[0] == 'T' || code[0] == 'G' ? 4 : code[0] == 'M' ? 3 : 0;
    auto const remainder = static_cast<std::size_t>(sum % 11);
    char const expected = code[0] == 'S' || code[0] == 'T' ? "JZIHGFEDCBA"[remainder]
                          : code[0] == 'M'                 ? "XWUTRQPNJLK"[10 - remainder]
                                                           : "XWUTRQPNMLK"[remainder];
    if (code[8] != expected) return broken();
    return sound(token.raw == code ? std::optional(likely) : std::nullopt, certain, {"check letter agrees"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .first = "STFGM", .second = "0-9", .last = "A-Z",
};

}  // namespace

extern DetectorRow const row_identity_sg_nric{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
