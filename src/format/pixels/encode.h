// Pictures for reports: small, and of our own making.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keepmum {

// `rgb` (3 · width · height bytes, rows from above) as a JPEG (ITU-T T.81) of quality 80; "" where it cannot be made.
std::string encode_jpeg(std::string_view rgb, std::uint32_t width, std::uint32_t height);

}  // namespace keepmum
