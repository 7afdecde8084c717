// Areas of the People's Republic of China by the digits that open identity numbers (GB/T 2260).
//
// Complete for provinces. For prefectures the table holds the codes in use and those abolished since
// 1980, when numbers began to be given out, as far as known to us; a few short-lived ones may lack,
// which costs certainty and no finding. Counties are not checked.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

// The English name of a province (11 to 71, 81 to 83), "" for any other number.
std::string_view province_name(int province);

// `prefecture` is the first four digits.
bool is_prefecture(int prefecture);

}  // namespace keepmum
