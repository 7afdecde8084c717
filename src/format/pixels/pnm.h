// The head of a raw Netpbm picture: "P4", "P5" or "P6", width, height and (not P4) the greatest value as text between
// blanks and comments ("#" to the end of the line), one blank, samples from above.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace keepmum {

struct PnmHead {
    char kind = '6';                           // '4' black and white, 8 pixels a byte, 1 is black; '5' grey; '6' RGB
    std::uint64_t width = 0, height = 0;       // pixels, more than 0 and less than 2^34
    std::uint64_t most = 255;                  // the value of full light; above 255 a sample has two bytes, high first
    std::uint64_t rows = 0;                    // where they begin
    std::uint64_t row = 0;                     // bytes of each
};

// Nothing where it is no such head.
std::optional<PnmHead> read_pnm_head(std::string_view bytes);

}  // namespace keepmum
