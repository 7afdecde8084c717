// SQLite databases: every table, and what deleted rows left behind.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/extractor.h"

namespace keepmum {

Extractor const* sqlite_extractor();

}  // namespace keepmum
