// Drawings made a picture; faults in what draws them show here too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/drawing/drawing.h"
#include "extractor.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    keepmum::fuzz_extractor(*keepmum::drawing_extractor(), {reinterpret_cast<char const*>(data), size});
    return 0;
}
