// Eleven digits from 13 to 19, written 3-4-4 or in one piece, with or without +86. One random
// number in fifteen looks like one, so a word nearby decides.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 11, .max = 11},
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 13, .max = 13},
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 15, .max = 15},
};
constexpr About about{
    .id = "identity.cn-mobile",
    .title = {"Chinese mobile number", "手机号码"},
    .why = {"It reaches one person, and many services take it for an identity.",
        "凭它能找到本人，许多服务还以它识别身份。"},
    .defined_by = "MIIT numbering plan 2017",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"### #### ####", "###-####-####", "### ########", "## ### #### ####",
    "##-###########", "## ###########", "##-### #### ####", "##-###-####-####", "## ###-####-####",
        "#### ###########", "####-###########"};
constexpr std::string_view words[] = {
    "手机", "手机号", "电话", "联系电话", "联系方式", "移动电话", "手机号码",
        "电话号码", "热线", "微信", "短信", "拨打", "来电", "致电", "mobile",
    "mobile no", "phone", "phone number", "cell", "cellphone", "tel", "telephone", "contact", "whatsapp",
        "wechat",
    "sms", "call", "msisdn"
};

bool is_assigned(std::string_view number) {
    // The third digits in use after 13 to 19.
    static constexpr std::string_view third[] = {"0123456789", "01456789", "012356789", "2567", "012345678",
        "0123456789", "012356789"};
    if (number[0] != '1' || number[1] < '3') return false;
    return third[number[1] - '3'].find(number[2]) != std::string_view::npos;
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::string_view const number = code.substr(code.size() - 11);
    if (!is_assigned(number)) return foreign();
    bool const international = code.size() == 13 && code.starts_with("86");
    bool const dialled = code.size() == 15 && code.starts_with("0086");
    if (code.size() != 11 && !international && !dialled) return foreign();
    std::vector<std::string> reasons{"begins like a mobile number"};
    if (international && token.before().ends_with('+')) {
        Judgement judgement = sound(hint, likely, {"begins like a mobile number",
            "country code stands before it"});
        judgement.wider_left = 1;
        return judgement;
    }
    // Digits grouped as people group them are a hint; eleven in a row are a hint of nothing.
    bool const written = dialled || token.raw.find_first_of(" -") != std::string_view::npos;
    return sound(written ? std::optional(hint) : std::nullopt, likely, std::move(reasons));
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "018",
};

}  // namespace

extern DetectorRow const row_identity_cn_mobile{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
