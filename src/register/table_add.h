// Registering a table: from the file that the officer has to the index of its rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/key.h"
#include "index/table/update.h"

namespace keepmum {

struct TablePlan {
    std::string file;                  // CSV, TSV and the like
    std::vector<std::string> columns;  // by the names in its first row, in any case
    std::string name, level, until, added;  // as TableFacts has them
    std::uint32_t need = 2;
    TableChange change = TableChange::whole;
};

struct TableAdded {
    TableUpdated counts;
    std::uint64_t read = 0;      // rows of the file
    std::uint64_t ragged = 0;    // of them: too short to have all the columns
    std::uint64_t replaced = 0;  // characters that could not be read
};

// Where the tables of the register in `folder` lie.
std::string tables_folder(std::string const& folder);

// Errors: a column that is not there (the sentence names those that are), a file that cannot be read, the disk.
Result<TableAdded> add_table(std::string const& folder, RegisterKey const& key, TablePlan const& plan);

}  // namespace keepmum
