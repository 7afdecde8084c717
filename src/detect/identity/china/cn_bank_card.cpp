// UnionPay cards: 16 to 19 digits from 62, and older ones of the large banks. The check digit
// (Luhn) lets one number in ten through, so the issuer, a word nearby, or many cards in one place
// make it more than a hint.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "bank", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 16, .max = 19},
};
constexpr About about{
    .id = "identity.cn-bank-card",
    .title = {"Chinese bank card number", "银行卡号"},
    .why = {"Money can be taken from the account, or the holder be defrauded.",
        "账户可能被盗刷，持卡人可能被诈骗。"},
    .defined_by = "ISO/IEC 7812-1; issuer prefixes as published by the banks",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view layouts[] = {"#### #### #### ####", "####-####-####-####", "#### #### #### #### #",
    "#### #### #### #### ##", "#### #### #### #### ###", "####-####-####-####-###", "###### #############",
        "###### ##########", "###### ###### #######", "#### #### #########"};
constexpr std::string_view words[] = {
    "银行卡", "卡号", "账号", "账户", "帐号", "帐户", "储蓄卡", "借记卡", "信用卡",
        "工商银行", "建设银行", "农业银行", "中国银行", "招商银行",
    "交通银行", "工行", "建行", "农行", "中行", "招行", "开户行", "收款", "汇款",
        "转账", "bank card", "card number", "card no",
    "account", "debit card", "credit card", "unionpay", "bank account", "cardno", "acct"
};

struct Issuer {
    int from, to;  // first six digits
    std::string_view name;
};

// Debit and credit card prefixes of the large banks; sorted.
constexpr Issuer issuers[] = {
    {405512, 405512, "Bank of Communications"}, {410062, 410062, "China Merchants Bank"},
    {415599, 415599, "China Minsheng Bank"},    {421393, 421393, "China Minsheng Bank"},
    {433670, 433670, "China CITIC Bank"},       {436742, 436742, "China Construction Bank"},
    {438588, 438589, "Industrial Bank"},        {456351, 456351, "Bank of China"},
    {468203, 468203, "China Merchants Bank"},   {601382, 601382, "Bank of China"},
    {601428, 601428, "Bank of Communications"}, {620058, 620058, "ICBC"},
    {620062, 620062, "Postal Savings Bank"},    {620200, 620200, "ICBC"},
    {621069, 621069, "Bank of Communications"}, {621095, 621098, "Postal Savings Bank"},
    {621222, 621222, "Hua Xia Bank"},           {621225, 621226, "ICBC"},
    {621281, 621281, "ICBC"},                   {621284, 621284, "China Construction Bank"},
    {621286, 621286, "China Merchants Bank"},   {621467, 621467, "China Construction Bank"},
    {621483, 621486, "China Merchants Bank"},   {621599, 621599, "Postal Savings Bank"},
    {621626, 621626, "Ping An Bank"},           {621660, 621661, "Bank of China"},
    {621663, 621669, "Bank of China"},          {621672, 621672, "Bank of China"},
    {621700, 621700, "China Construction Bank"}, {621756, 621759, "Bank of China"},
    {621771, 621773, "China CITIC Bank"},       {621785, 621790, "Bank of China"},
    {621791, 621793, "SPD Bank"},               {621797, 621799, "Postal Savings Bank"},
    {622150, 622151, "Postal Savings Bank"},    {622155, 622157, "Ping An Bank"},
    {622181, 622181, "Postal Savings Bank"},    {622188, 622188, "Postal Savings Bank"},
    {622199, 622199, "Postal Savings Bank"},    {622200, 622203, "ICBC"},
    {622208, 622208, "ICBC"},                   {622258, 622262, "Bank of Communications"},
    {622280, 622280, "China Construction Bank"}, {622298, 622298, "Ping An Bank"},
    {622516, 622518, "SPD Bank"},               {622521, 622523, "SPD Bank"},
    {622568, 622568, "China Guangfa Bank"},     {622575, 622582, "China Merchants Bank"},
    {622588, 622588, "China Merchants Bank"},   {622609, 622609, "China Merchants Bank"},
    {622615, 622622, "China Minsheng Bank"},    {622630, 622633, "Hua Xia Bank"},
    {622660, 622673, "China Everbright Bank"},  {622690, 622692, "China CITIC Bank"},
    {622696, 622698, "China CITIC Bank"},       {622700, 622700, "China Construction Bank"},
    {622821, 622824, "Agricultural Bank of China"}, {622841, 622849, "Agricultural Bank of China"},
    {622901, 622901, "Industrial Bank"},        {622908, 622909, "Industrial Bank"},
    {622966, 622966, "China Construction Bank"}, {622986, 622989, "Ping An Bank"},
    {623020, 623023, "Hua Xia Bank"},           {623052, 623052, "Agricultural Bank of China"},
    {623668, 623668, "China Construction Bank"}, {955100, 955100, "Postal Savings Bank"},
};

std::string_view issuer_of(int head) {
    for (Issuer const& issuer : issuers) {
        if (head >= issuer.from && head <= issuer.to) return issuer.name;
    }
    return {};
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const issuer = issuer_of(number_at(code, 0, 6));
    if (issuer.empty() && !code.starts_with("62")) return foreign();
    if (!passes_luhn(code)) return broken();
    std::vector<Fact> facts{{"brand", "UnionPay"}};
    if (issuer.empty()) return sound(hint, certain, {"check digit agrees", "begins like a UnionPay card"},
        std::move(facts));
    facts.push_back({"issuer", std::string(issuer)});
    return sound(likely, certain, {"check digit agrees", "issuer is known"}, std::move(facts));
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .company = Company::counts,
    .first = "469",
};

}  // namespace

extern DetectorRow const row_identity_cn_bank_card{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
