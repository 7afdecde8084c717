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

// Whether the extractor of that row reads what is in the file, and not what it looks like alone.
bool gives_contents(FileType const* type);

// The extractor of that id that is linked into this program; null for those of the workers.
Extractor const* extractor_here(std::string_view id);

}  // namespace keepmum
