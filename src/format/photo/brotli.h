// Brotli (RFC 7932).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "format/zip/inflate.h"

namespace keepmum {

// At most `limit` bytes come out, whatever the stream says.
Inflated unpack_brotli(std::string_view packed, std::uint64_t limit);

}  // namespace keepmum
