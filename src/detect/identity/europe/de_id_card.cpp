// Nine characters of 0-9 C F G H J K L M N P R T V W X Y Z and a check digit with the weights 7 3
// 1.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 10, .max = 10},
};
constexpr About about{
    .id = "identity.de-id-card",
    .title = {"German identity card or passport number", "德国身份证或护照号码"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "ICAO Doc 9303, PAuswV",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {
    "personalausweis", "ausweis", "ausweisnummer", "reisepass", "passnummer", "passport", "passport number",
    "id card", "identity card"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (std::string_view("CFGHJKLMNPRTVWXYZ").find(code[0]) == std::string_view::npos) return foreign();
    for (char c : code.substr(1)) {
        if (std::string_view("AEIOUBDQS").find(c) != std::string_view::npos) return foreign();
    }
    int const check = weighted_sum(code.substr(0, 9), {7, 3, 1, 7, 3, 1, 7, 3, 1}) % 10;
    if (value_of(code[9]) != check) return broken();
    return sound({}, certain, {"check digit agrees", "only characters that are used"});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "CFGHJ-NPRTV-Z", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_de_id_card{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
