// A file as memory that is read only where it is touched.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "base/blob.h"
#include "base/result.h"

namespace keepmum {

// The whole of a regular file, mapped for reading at scattered places. For keepmum's own files alone: whoever cuts a
// mapped file short ends the process. Errors: not_found, denied, unsupported (no regular file), io.
Result<Blob> map_file(std::string const& path);

}  // namespace keepmum
