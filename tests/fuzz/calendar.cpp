// SPDX-License-Identifier: GPL-3.0-or-later
#include "extractor.h"

#include "extract/text/extractors.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    return keepmum::fuzz_extractor(*keepmum::calendar_or_card(), {reinterpret_cast<char const*>(data), size});
}
