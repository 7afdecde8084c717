// Fifteen digits with a Luhn check that one number in ten passes; a word nearby must say what it
// is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 15, .max = 15},
};
constexpr About about{
    .id = "identity.imei",
    .title = {"Mobile device number (IMEI)", "手机串号（IMEI）"},
    .why = {"It follows one phone through every network.",
        "凭它可以在各个网络中追踪同一部手机。"},
    .defined_by = "3GPP TS 23.003",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"##-######-######-#", "## ###### ###### #", "######-##-######-#",
    "######/##/######/#"};
constexpr std::string_view words[] = {"imei", "串号", "设备号", "手机串号", "入网"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    // The first two digits name the body that gave out the model's code.
    int const body = number_at(code, 0, 2);
    bool const known = body == 1 || body == 10 || body == 30 || body == 33 || body == 35 || body == 44 ||
        body == 45 ||
                       body == 49 || body == 50 || body == 51 || body == 52 || body == 53 || body == 54 ||
                           body == 86 ||
                       body == 91 || body == 98 || body == 99;
    if (!known || is_monotonous(code)) return foreign();
    if (!passes_luhn(code)) return broken();
    return sound({}, certain, {"check digit agrees", "reporting body is known"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "013-589", .second = "0-689",
};

}  // namespace

extern DetectorRow const row_identity_imei{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
