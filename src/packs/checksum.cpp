// SPDX-License-Identifier: GPL-3.0-or-later
#include "packs/checksum.h"

#include <cstdint>

namespace keepmum {

std::string crc32_base62(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    // Bit by bit: forty bytes a token do not pay for a table.
    std::uint32_t crc = ~0u;
    for (char c : text) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? 0xedb88320u : 0u);
    }
    crc = ~crc;
    std::string out(6, '0');
    for (std::size_t i = 6; i-- > 0; crc /= 62) out[i] = digits[crc % 62];
    return out;
}

}  // namespace keepmum
