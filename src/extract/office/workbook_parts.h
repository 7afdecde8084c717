// The parts of a workbook beside its sheets: shared texts, comments, caches, connections, revisions.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "extract/office/package.h"
#include "extract/office/sheet.h"

namespace keepmum {

void read_shared_strings(Package& package, std::string const& name, SharedStrings& strings);
// Comments on cells, old and threaded ones; `sheet` is the place of the sheet they belong to.
void read_cell_comments(Package& package, std::string const& name, Place const& sheet);
// Takes the part if its type is one that this file knows; leaves it alone if not.
void read_workbook_part(Package& package, PackageEntry& entry, std::string_view type);

}  // namespace keepmum
