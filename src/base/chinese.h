// Two-byte Chinese (the GB 2312 plane of GB 18030), for parsers that meet its bytes without a charset's name.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace keepmum {

// The code point of the pair, both bytes A1..FE; 0 where GB 18030 assigns none.
char32_t decode_gb_pair(std::uint8_t lead, std::uint8_t trail);

}  // namespace keepmum
