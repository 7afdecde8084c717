// The half of match/encoded.h that looks for escapes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "match/encoded.h"

namespace keepmum {

// Adds the runs of all encodings but base64 and hex; not sorted.
void find_escapes(std::string_view text, std::vector<EncodedRun>& out);

}  // namespace keepmum
