// The day it is, where a permit or a word of the house may have run out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace keepmum {

// Today as YYYY-MM-DD in local time.
std::string today();

// Local time as YYYY-MM-DD HH:MM.
std::string now();

// The moment as YYYY-MM-DDTHH:MM:SSZ (ISO 8601, UTC).
std::string now_utc();

// The day `days` from today.
std::string day_from_today(int days);

}  // namespace keepmum
