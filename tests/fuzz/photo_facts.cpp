// Whatever the file: facts in valid UTF-8, maps that stay inside, and nothing unread without a gap.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/photo.h"
#include "extractor.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    return keepmum::fuzz_extractor(*keepmum::photo_extractor(), {reinterpret_cast<char const*>(data), size});
}
