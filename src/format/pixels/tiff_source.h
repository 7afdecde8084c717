// Bytes in memory as libtiff reads them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

struct tiff;  // libtiff's TIFF

namespace keepmum {

// The bytes, and where libtiff stands in them. Must outlive the file that was opened on it, and stay where it is.
struct TiffSource {
    std::string_view bytes;
    std::uint64_t at = 0;
};

// For reading, without a word on standard error; the caller closes it with TIFFClose(). Null where it is no TIFF.
::tiff* open_tiff(TiffSource& source);

}  // namespace keepmum
