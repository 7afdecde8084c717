// Two letters, six digits, A to D; no check digit, so a word nearby is needed.
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
    .id = "identity.gb-nino",
    .title = {"British national insurance number", "英国国民保险号（NINO）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "HMRC NIM39110",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"## ## ## ## #", "##~##~##~##~#", "## ###### #"};
constexpr std::string_view words[] = {
    "national insurance", "ni number", "nino", "ni no", "nat ins", "insurance number"
};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    bool const formed = is_upper(code[0]) && is_upper(code[1]) && number_at(code, 2, 6) >= 0 &&
        code[8] >= 'A' && code[8] <= 'D';
    if (!formed || std::string_view("DFIQUV").find(code[0]) != std::string_view::npos) return foreign();
    if (std::string_view("DFIOQUV").find(code[1]) != std::string_view::npos) return foreign();
    for (std::string_view never : {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}) {
        if (code.starts_with(never)) return foreign();
    }
    return sound(token.grouped() ? std::optional(hint) : std::nullopt, likely, {"form and prefix of a NINO"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "A-CEGHJ-PRSTW-Z", .second = "A-CEGHJ-NPRSTW-Z", .last = "A-D",
};

}  // namespace

extern DetectorRow const row_identity_gb_nino{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
