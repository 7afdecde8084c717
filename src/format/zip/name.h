// Names and comments in zip files: which charset, and what they read as.
//
// Only bit 11 or the Unicode path field says "UTF-8". All else was once CP437, and is in practice
// whatever the writer's system had: GBK from Chinese Windows, Shift-JIS from Japanese.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "format/zip/layout.h"

namespace keepmum {

// The member's name: the Unicode path field where its checksum fits, else zip_text of the name. May hold
// invalid UTF-8 only where the file says UTF-8 and lies.
std::string zip_member_name(ZipMember const& member);

// Bytes of a name or comment as UTF-8: as they are if they are UTF-8, else by the likeliest charset.
std::string zip_text(std::string_view bytes);

}  // namespace keepmum
