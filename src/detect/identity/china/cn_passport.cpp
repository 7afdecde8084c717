// E and eight digits (E, letter, seven digits since 2017), G for the older ones, D, S and P for
// official ones; K and H for Hong Kong, M for Macau. No check digit: a word nearby is needed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 8, .max = 9},
};
constexpr About about{
    .id = "identity.cn-passport",
    .title = {"Chinese, Hong Kong or Macau passport number", "中国护照号码"},
    .why = {"Tickets, visas and accounts are booked and opened with it.",
        "订票、签证、开户都要用到它。"},
    .defined_by = "National Immigration Administration notices 2012, 2017",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"# ########", "## #######"};
constexpr std::string_view words[] = {"护照", "护照号", "护照号码", "passport", "passport no",
    "passport number"};

// "China", "Hong Kong", "Macau", or "" for no passport number.
std::string_view issuer_of(std::string_view code) {
    bool const lettered = !is_digit(code[1]);
    if (number_at(code, lettered ? 2 : 1, code.size() - (lettered ? 2 : 1)) < 0) return {};
    if (lettered && (code[1] == 'I' || code[1] == 'O')) return {};
    bool const nine = code.size() == 9;
    switch (code[0]) {
        case 'E': return nine ? "China" : "";
        case 'G': return nine && !lettered ? "China" : "";
        case 'D': case 'S': case 'P': return (lettered && code[1] == 'E') || !lettered ? "China" : "";
        case 'K': case 'H': return nine && (!lettered || code[1] == 'J') ? "Hong Kong" : "";
        case 'M': return nine && (!lettered || code[1] == 'A' || code[1] == 'B') ? "Macau" : "";
        default: return {};
    }
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const issuer = issuer_of(code);
    if (issuer.empty()) return foreign();
    return sound({}, likely, {"form of a passport number"}, {{"issuer", std::string(issuer)}});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .alone = Alone::never,
    .first = "EGDSPKHM", .last = "0-9",
};

}  // namespace

extern DetectorRow const row_identity_cn_passport{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
