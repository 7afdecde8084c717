// Days as people and standards write them (ISO 8601 calendar dates).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

// Days in a month of the Gregorian calendar; 0 for a month that is none.
constexpr int days_in_month(int year, int month) {
    constexpr int days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12) return 0;
    bool const leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month] + (month == 2 && leap ? 1 : 0);
}

constexpr bool is_day(int year, int month, int day) { return day >= 1 && day <= days_in_month(year, month); }

// "YYYY-MM-DD", and a day that exists.
bool is_date(std::string_view text);

}  // namespace keepmum
