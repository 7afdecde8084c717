// C or W (Hong Kong, Macau) or L or T (Taiwan) and eight digits; newer ones C, letter, seven
// digits. No check digit: a word nearby is needed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 9, .max = 9},
};
constexpr About about{
    .id = "identity.cn-exit-permit",
    .title = {"Exit permit for Hong Kong, Macau or Taiwan", "往来港澳、台湾通行证号码"},
    .why = {"It is an identity paper with which its holder crosses the border.",
        "它是持有人出入境的身份证件。"},
    .defined_by = "Exit and Entry Administration, forms of 2014 and 2016",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {
    "通行证", "往来港澳", "往来台湾", "入台证", "exit permit", "exit entry permit",
        "travel permit", "eep"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    bool const lettered = !is_digit(code[1]);
    if (std::string_view("CWLT").find(code[0]) == std::string_view::npos) return foreign();
    if (lettered && (code[0] != 'C' || code[1] == 'I' || code[1] == 'O')) return foreign();
    if (number_at(code, lettered ? 2 : 1, lettered ? 7 : 8) < 0) return foreign();
    return sound({}, likely, {"form of the permit's number"},
                 {{"region", code[0] == 'L' || code[0] == 'T' ? "Taiwan" : "Hong Kong and Macau"}});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "CWLT", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_cn_exit_permit{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
