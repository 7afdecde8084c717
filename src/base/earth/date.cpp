// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/earth/date.h"

#include "base/utf8.h"

namespace keepmum {

bool is_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    for (std::size_t i = 0; i < 10; ++i) {
        if (i != 4 && i != 7 && !is_digit(text[i])) return false;
    }
    auto number = [&](std::size_t at, std::size_t length) {
        int value = 0;
        for (std::size_t i = at; i < at + length; ++i) value = value * 10 + (text[i] - '0');
        return value;
    };
    return is_day(number(0, 4), number(5, 2), number(8, 2));
}

}  // namespace keepmum
