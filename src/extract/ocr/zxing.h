// Codes as zxing-cpp reads them, which has to be led around its faults.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "extract/ocr/codes.h"

namespace keepmum::ocr {

// What a code says as valid UTF-8.
std::string to_text(std::string_view bytes);

// Two-dimensional codes, and such of stripes, which may be told several times. True where there may be more than are read.
bool read_squares(Grey const& picture, std::vector<Code>& codes);
bool read_stripes(Grey picture, std::vector<Code>& codes);

}  // namespace keepmum::ocr
