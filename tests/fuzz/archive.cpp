// Archives and compressed streams; faults in libarchive show here too.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/registry.h"
#include "extractor.h"

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    auto const& extractor = keepmum::extractor_named(keepmum::extractors_archive(), "archive.libarchive");
    return keepmum::fuzz_extractor(extractor, {reinterpret_cast<char const*>(data), size});
}
