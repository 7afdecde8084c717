// What kind of file a piece of evidence is: by its first and last bytes, never by its name alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "core/extractor.h"

namespace keepmum {

// Rows of filetypes(), in their order.
struct Typing {
    std::vector<FileType const*> sure;   // all of them are followed: a picture may have an archive behind it
    std::vector<FileType const*> maybe;  // the first that can read it
};

// Fails where the evidence's file can no longer be read.
Result<Typing> type_of(Evidence const& evidence);

}  // namespace keepmum
