// Files and texts that a plain text carries packed in lines of its own: hunks of binary files in git's patches, uuencoded files,
// dumps in hex (xxd, hexdump -C, exports of the Windows registry, pairs parted by blanks or colons).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"
#include "extract/text/reader.h"

namespace keepmum {

// Each is put out as a file of its own; dumps only where they read as text, since most are fingerprints and addresses. What cannot
// be unpacked is a gap. Linear; at most some hundred files and 16 MB come out of one slice, the rest is a gap.
void put_packed(TextSlice const& slice, Outlet& outlet);

}  // namespace keepmum
