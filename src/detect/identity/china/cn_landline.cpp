// Area code, dash or space, seven or eight digits that begin with 2 or more. Service numbers (400,
// 800) are public and never more than a hint.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/check_digits.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "personal"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::digits, .min = 10, .max = 12},
};
constexpr About about{
    .id = "identity.cn-landline",
    .title = {"Chinese landline number", "固定电话号码"},
    .why = {"It leads to an office or a home, and to who works or lives there.",
        "凭它能找到办公室或住所，以及其中的人。"},
    .defined_by = "MIIT numbering plan 2017",
    .labels = labels,
    .triggers = triggers,
    .certainty = Certainty::likely,
};
constexpr std::string_view layouts[] = {"###-########", "### ########", "####-########", "#### ########",
    "####-#######", "#### #######", "###-#### ####", "### #### ####", "#### #### ####", "###-###-####",
        "### ### ####", "###-#######", "###-####-####"};
constexpr std::string_view words[] = {
    "电话", "座机", "固话", "联系电话", "办公电话", "传真", "拨打", "热线", "分机",
        "总机", "值班", "tel", "telephone", "phone", "fax",
    "call", "contact"
};

bool is_area(std::string_view area) {
    int const code = number_at(area, 1, area.size() - 1);
    if (area.size() == 3) return code == 10 || (code >= 20 && code <= 29 && code != 26);
    // Four-digit codes come in runs.
    static constexpr int runs[][2] = {{310, 319}, {335, 335}, {349, 359}, {370, 379}, {391, 398}, {411, 412},
        {414, 419}, {421, 421}, {427, 427},
        {429, 429}, {431, 439}, {451, 459}, {464, 464}, {467, 479}, {482, 483}, {510, 519}, {523, 523}, {527,
            527}, {530, 539},
        {543, 543}, {546, 546}, {550, 559}, {561, 566}, {570, 580}, {591, 599}, {631, 635}, {660, 660}, {662,
            663}, {668, 668},
        {691, 692}, {701, 701}, {710, 719}, {722, 722}, {724, 724}, {728, 728}, {730, 739}, {743, 746}, {750,
            760}, {762, 763},
        {766, 766}, {768, 779}, {790, 799}, {812, 813}, {816, 818}, {825, 827}, {830, 839}, {851, 859}, {870,
            879}, {883, 883},
        {886, 888}, {891, 909}, {911, 919}, {930, 939}, {941, 941}, {943, 943}, {951, 955}, {970, 979}, {990,
            999}};
    if (area.size() != 4) return false;
    for (auto const& run : runs) {
        if (code >= run[0] && code <= run[1]) return true;
    }
    return false;
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    std::size_t const dash = token.raw.find_first_of(" -");
    if (dash == std::string_view::npos) return foreign();
    std::string_view const area = code.substr(0, dash);
    std::size_t const rest = code.size() - dash;
    bool const service = (area == "400" || area == "800") && code.size() == 10;
    if (service) return sound({}, hint, {"written like a service number"}, {{"kind", "service"}});
    if (area[0] != '0' || !is_area(area) || rest < 7 || rest > 8 || code[dash] < '2') return foreign();
    return sound(hint, likely, {"area code is assigned"}, {{"kind", "landline"}});
}

constexpr NumberForm form{
    .layouts = layouts,
    .words = words,
    .judge = judge,
    .first = "048",
};

}  // namespace

extern DetectorRow const row_identity_cn_landline{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
