// Eleven characters of fixed form without S L O I B Z; no check digit.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 11, .max = 11},
};
constexpr About about{
    .id = "identity.us-mbi",
    .title = {"US Medicare number (MBI)", "美国联邦医保号（MBI）"},
    .why = {"It opens accounts and files in the name of one person.",
        "凭它可以冒用本人开户、查档。"},
    .defined_by = "CMS",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"####-###-####"};
constexpr std::string_view words[] = {"mbi", "medicare", "medicare number", "beneficiary"};

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    static constexpr std::string_view form = "1AXNAXNAANN", never = "SLOIBZ";
    for (std::size_t i = 0; i < form.size(); ++i) {
        bool const digit = is_digit(code[i]);
        if ((form[i] == '1' && (code[i] < '1' || code[i] > '9')) || (form[i] == 'N' && !digit) ||
            (form[i] == 'A' && digit)) return foreign();
        if (never.find(code[i]) != std::string_view::npos) return foreign();
    }
    return sound(token.grouped() ? std::optional(likely) : std::nullopt, certain, {"form of an MBI"});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "1-9", .second = "A-Z", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_us_mbi{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
