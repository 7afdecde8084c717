// SPDX-License-Identifier: GPL-3.0-or-later
#include "detect/identity/china/areas.h"

#include <array>
#include <cstdint>
#include <iterator>

namespace keepmum {
namespace {

struct Province {
    int code;
    std::string_view name;
    // Second pair of digits: ranges, each written as four digits "from to".
    std::string_view prefectures;
};

// 21 and above are the regions, leagues and autonomous prefectures; most regions became cities.
constexpr Province provinces[] = {
    {11, "Beijing", "0102"},
    {12, "Tianjin", "0102"},
    {13, "Hebei", "011121309090"},
    {14, "Shanxi", "01112129"},
    {15, "Inner Mongolia", "01092229"},
    {21, "Liaoning", "01142125"},
    {22, "Jilin", "01082124"},
    {23, "Heilongjiang", "01122127"},
    {31, "Shanghai", "0102"},
    {32, "Jiangsu", "01131929"},
    {33, "Zhejiang", "011121299090"},
    {34, "Anhui", "01182129"},
    {35, "Fujian", "01092128"},
    {36, "Jiangxi", "01112127"},
    {37, "Shandong", "01172029"},
    {41, "Henan", "011721309090"},
    {42, "Hubei", "011321299090"},
    {43, "Hunan", "01132131"},
    {44, "Guangdong", "0109121921285153"},
    {45, "Guangxi", "01142128"},
    {46, "Hainan", "000490902222"},
    {50, "Chongqing", "0103"},
    {51, "Sichuan", "012021353535"},
    {52, "Guizhou", "01062128"},
    {53, "Yunnan", "0101030921313335"},
    {54, "Tibet", "01062127"},
    {61, "Shaanxi", "01102128"},
    {62, "Gansu", "01122130"},
    {63, "Qinghai", "01022128"},
    {64, "Ningxia", "01052122"},
    {65, "Xinjiang", "0105213240439090"},
    {71, "Taiwan", ""},
    {81, "Hong Kong", "0000"},
    {82, "Macau", "0000"},
    {83, "Taiwan", "0000"},
};

// Asked of every number of eighteen digits.
constexpr auto by_code = [] {
    std::array<std::uint8_t, 100> table{};  // number in the list + 1
    for (std::size_t i = 0; i < std::size(provinces); ++i) {
        table[static_cast<std::size_t>(provinces[i].code)] = static_cast<std::uint8_t>(i + 1);
    }
    return table;
}();

Province const* find(int code) {
    if (code < 0 || code > 99) return nullptr;
    std::uint8_t const number = by_code[static_cast<std::size_t>(code)];
    return number ? &provinces[number - 1] : nullptr;
}

int pair_at(std::string_view digits,
    std::size_t at) { return (digits[at] - '0') * 10 + (digits[at + 1] - '0'); }

}  // namespace

std::string_view province_name(int province) {
    Province const* const found = find(province);
    return found ? found->name : std::string_view{};
}

bool is_prefecture(int prefecture) {
    Province const* const found = find(prefecture / 100);
    if (!found) return false;
    for (std::size_t at = 0; at + 4 <= found->prefectures.size(); at += 4) {
        int const code = prefecture % 100;
        if (code >= pair_at(found->prefectures, at) && code <= pair_at(found->prefectures, at + 2)) return true;
    }
    return false;
}

}  // namespace keepmum
