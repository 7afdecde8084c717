// Archives and compressed streams other than zip, by libarchive.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

Extractor const* archive_extractor();

}  // namespace keepmum
