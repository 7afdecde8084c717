// Lines of writing looked for and read in pictures of every format that is decoded.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/text.h"
#include "extractor.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    using namespace keepmum;
    return fuzz_extractor(*picture_text_extractor(), {reinterpret_cast<char const*>(data), size}, Unread::is_allowed);
}
