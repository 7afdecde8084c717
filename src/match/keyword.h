// Looks for one word in a text, quickly and without regard to ASCII case.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

// `word` in ASCII lower case. An empty word occurs everywhere.
bool occurs_in_any_case(std::string_view text, std::string_view word);

}  // namespace keepmum
