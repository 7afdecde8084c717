// H (Hong Kong) or M (Macau), eight digits, and two more for how often it was renewed on older
// ones. No check digit: a word nearby is needed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 9, .max = 11},
};
constexpr About about{
    .id = "identity.cn-home-return-permit",
    .title = {"Mainland travel permit of a Hong Kong or Macau resident",
        "港澳居民来往内地通行证号码"},
    .why = {"It serves its holder as an identity paper on the mainland.",
        "它是持有人在内地的身份证件。"},
    .defined_by = "Exit and Entry Administration, form of 2012",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view words[] = {
    "回乡证", "来往内地通行证", "港澳居民来往内地", "港澳通行证", "通行证",
        "home return permit", "mainland travel permit"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if ((code[0] != 'H' && code[0] != 'M') || code.size() == 10) return foreign();
    if (number_at(code, 1, 8) < 0 || (code.size() == 11 && number_at(code, 9, 2) < 0)) return foreign();
    return sound({}, likely, {"form of the permit's number"}, {{"region", code[0] == 'H' ? "Hong Kong"
        : "Macau"}});
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "HM", .second = "0-9", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_cn_home_return_permit{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
