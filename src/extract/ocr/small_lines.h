// Lines of small letters in large pictures, which a network that looks at them from afar does not see.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

#include "extract/ocr/lines.h"

namespace keepmum::ocr {

// Adds to what a network found the lines, of the `most` likeliest, whose letters are less than `least_letters` pixels high at the
// `scale` at which it looked at the picture, and takes out the blurs that it took them for. In reading order then.
void add_small_lines(Grey const& picture, float scale, float least_letters, std::size_t most, FoundLines& found);

}  // namespace keepmum::ocr
