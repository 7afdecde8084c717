// Rows of protected tables: of which tables, how many, and which columns stand in a source.
//
// One finding a table and a file inside the source. It says how many rows were seen and of which columns, and never
// what stood in them: no person is named.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "core/recogniser.h"
#include "index/table/store.h"

namespace keepmum {

Rule table_rule();

// `today` (YYYY-MM-DD): a table whose last day has passed is told as a hint only.
std::unique_ptr<Recogniser> make_tables(std::shared_ptr<TableStore const> store, std::string today);

}  // namespace keepmum
