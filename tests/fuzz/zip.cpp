// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/office/extractors.h"
#include "package.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    return keepmum::fuzz_extractor(keepmum::package_extractor(), std::string(reinterpret_cast<char const*>(data), size));
}
