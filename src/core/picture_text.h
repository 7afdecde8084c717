// Text and codes that were read from pictures by a machine.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

namespace keepmum {

// Media type of evidence that holds what stands written in a picture: kind text, role shown, `reason` the reader
// ("tesseract"), a box mark for each word in 1/100 pixel of the upright picture. Some letters in it are wrong: what compares it with
// known texts must be patient with that.
inline constexpr std::string_view picture_text_media = "text/x-keepmum-ocr";

}  // namespace keepmum
