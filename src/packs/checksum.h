// Check sums that providers build into their tokens.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace keepmum {

// CRC-32 (ISO 3309) of `text` as six digits of base 62 (0-9 A-Z a-z), zeroes in front: how GitHub's and npm's
// tokens end.
std::string crc32_base62(std::string_view text);

}  // namespace keepmum
