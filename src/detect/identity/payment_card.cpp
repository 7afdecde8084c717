// 13 to 19 digits from a card scheme's range and a check digit (Luhn) that one random number in ten
// passes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "bank", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 13, .max = 19},
};
constexpr About about{
    .id = "identity.payment-card",
    .title = {"Payment card number", "支付卡号"},
    .why = {"Money can be taken with it.", "凭它可以盗刷。"},
    .defined_by = "ISO/IEC 7812-1; issuer ranges of the card schemes",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#### #### #### ####", "####-####-####-####", "#### ###### #####",
    "####-######-#####", "#### ###### ####", "####-######-####", "####.####.####.####"};
constexpr std::string_view words[] = {
    "credit card", "debit card", "card", "card no", "card number", "cardnumber", "visa", "mastercard", "amex",
    "american express", "discover", "diners", "jcb", "maestro", "cvv", "cvc", "expiry", "exp", "valid thru",
        "pan",
    "payment", "信用卡", "卡号", "银行卡", "有效期", "支付卡", "kreditkarte", "carte",
        "tarjeta", "cartão", "carta di credito",
    "карта", "カード番号"
};

bool is_between(int value, int from, int to) { return value >= from && value <= to; }

// The scheme whose range and length this is; "" for none. UnionPay: identity.cn-bank-card.
std::string_view brand_of(std::string_view code) {
    std::size_t const size = code.size();
    int const six = number_at(code, 0, 6), four = six / 100, two = six / 10000;
    if (two / 10 == 4 && (size == 16 || size == 13 || size == 19)) return "Visa";
    if (size == 16 && (is_between(two, 51, 55) || is_between(four, 2221, 2720))) return "Mastercard";
    if (size == 15 && (two == 34 || two == 37)) return "American Express";
    if (size == 16 && (four == 6011 || two == 65 || is_between(six / 1000, 644, 649))) return "Discover";
    if (size == 16 && is_between(four, 3528, 3589)) return "JCB";
    if (size == 14 && (is_between(six / 1000, 300, 305) || two == 36 || two == 38 ||
        two == 39)) return "Diners Club";
    if (size == 16 && is_between(four, 2200, 2204)) return "Mir";
    if (size == 16 && (is_between(six, 508500, 508999) || is_between(six / 1000, 606, 608))) return "RuPay";
    return {};
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const brand = brand_of(code);
    if (brand.empty() || is_monotonous(code)) return foreign();
    if (!passes_luhn(code)) return broken();
    // Four groups of four (or Amex' 4-6-5) are how cards are written, and hardly anything else.
    std::optional<Certainty> const alone = token.grouped() ? likely : hint;
    return sound(alone, certain, {"check digit agrees", "begins like a card of this brand"}, {{"brand",
        std::string(brand)}});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .company = Company::counts,
    .first = "2-6",
};

}  // namespace

extern DetectorRow const row_identity_payment_card{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
