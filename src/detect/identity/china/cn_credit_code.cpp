// 18 characters: registering department and kind, area, nine characters of organisation code with
// its own check by GB 11714, and a check character over all (MOD 31). Both agree in one random
// string of 340; the first characters and a known prefecture make it one in fifty thousand.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "detect/check_digits.h"
#include "detect/identity/china/areas.h"
#include "detect/number.h"

namespace keepmum {
namespace {

constexpr std::string_view labels[] = {"identity", "company"};
constexpr Trigger triggers[] = {
    {.what = Trigger::What::code, .shape = Trigger::Shape::alphanumeric, .min = 18, .max = 18},
};
constexpr About about{
    .id = "identity.cn-credit-code",
    .title = {"Unified social credit code", "统一社会信用代码"},
    .why = {"It names a company or body exactly; together with other papers it is used to pose as it.",
            "它精确指向一家单位，与其他材料一起可被用于冒充该单位。"},
    .defined_by = "GB 32100-2015, GB 11714-1997",
    .labels = labels,
    .triggers = triggers,
};
constexpr std::string_view words[] = {
    "统一社会信用代码", "信用代码", "社会信用", "税号", "纳税人识别号",
        "营业执照", "注册号", "uscc", "credit code", "tax id", "taxpayer",
    "tax number", "business licence", "business license"
};

constexpr std::string_view alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

// What each character stands for, -1 for what is not in the alphabet.
constexpr auto values = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < alphabet.size(); ++i) table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
    return table;
}();

int value_in_code(char c) { return values[static_cast<unsigned char>(c)]; }

int check_value(std::string_view code) {
    static constexpr int weights[] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += value_in_code(code[i]) * weights[i];
    return (31 - sum % 31) % 31;
}

bool organisation_agrees(std::string_view code) {
    int const check = (11 - weighted_sum(code.substr(0, 8), {3, 7, 9, 10, 5, 8, 4, 2}) % 11) % 11;
    return code[8] == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

// Companies and public bodies: nearly all codes that are met. Digits alone must begin so to be
// certain by themselves.
bool is_common(std::string_view code) {
    bool const common = code[0] == '9' || (code[0] == '1' && code[1] <= '3') || (code[0] == '5' &&
        code[1] <= '3');
    return common || code.substr(0, 17).find_first_not_of("0123456789") != std::string_view::npos;
}

// Departments and kinds that are assigned, by the values of both characters.
constexpr auto assigned = [] {
    std::array<bool, 31 * 31> table{};
    for (std::string_view head : {"11", "12", "13", "19", "21", "29", "31", "32", "33", "34", "35", "39", "41",
                                  "49", "51", "52", "53", "54", "59", "61", "62", "69", "71", "72", "79", "81",
                                  "89", "91", "92", "93", "A1", "A9", "N1", "N2", "N3", "N9", "Y1"}) {
        int const first = values[static_cast<unsigned char>(head[0])];
        table[static_cast<std::size_t>(first * 31 + values[static_cast<unsigned char>(head[1])])] = true;
    }
    return table;
}();

// Department and kind are assigned, the area is a province or the whole country.
bool is_registered(std::string_view code) {
    // What most numbers fail by comes first.
    int const province = number_at(code, 2, 2);
    if (number_at(code, 2, 6) < 0 || (province_name(province).empty() && code.substr(2, 6) != "100000")) return false;
    if (!std::all_of(code.begin(), code.end(), [](char c) { return value_in_code(c) >= 0; })) return false;
    return assigned[static_cast<std::size_t>(value_in_code(code[0]) * 31 + value_in_code(code[1]))];
}

Judgement judge(Token const& token) {
    using enum Certainty;
    std::string_view const code = token.compact;
    if (!is_registered(code)) return foreign();
    bool const whole = check_value(code) == value_in_code(code[17]);
    bool const inner = organisation_agrees(code.substr(8, 9));
    if (!whole && !inner) return broken();
    std::string_view const province = province_name(number_at(code, 2, 2));
    std::vector<Fact> facts{{"province", std::string(province.empty() ? "national" : province)}};
    bool const known = is_prefecture(number_at(code, 2, 4)) || code.substr(2, 6) == "100000";
    if (whole && inner) {
        return sound(known && is_common(code) ? certain : likely, certain, {"both check characters agree",
            "its first characters are assigned"},
                     std::move(facts));
    }
    // Some codes of the first years break one of the checks.
    return sound({}, likely, {"one of two check characters agrees"}, std::move(facts));
}

constexpr NumberForm form{
    .layouts = {},
    .words = words,
    .judge = judge,
    .edges = Edges::loose,
    .company = Company::counts,
    .first = "1-9ANY", .second = "1-59",
};

}  // namespace

extern DetectorRow const row_identity_cn_credit_code{&about, [] { return make_number(about, form); }};

}  // namespace keepmum
