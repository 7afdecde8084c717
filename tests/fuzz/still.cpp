// The picture that a HEIF or AVIF file shows: whatever the bytes are, a whole picture or trouble.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/heif/still.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(uint8_t const* data, size_t size) {
    keepmum::Still still;
    if (size > 1u << 16 || keepmum::read_still({reinterpret_cast<char const*>(data), size}, still)) return 0;
    keepmum::Raster const& raster = still.raster;
    if (raster.samples.empty() || raster.depth != 1 || raster.samples.size() != raster.row_size() * raster.height) std::abort();
    return 0;
}
