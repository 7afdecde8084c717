// keepmum register table, and what the other parts of keepmum register say of tables.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "cli/context.h"
#include "index/table/store.h"
#include "recognise/recognisers.h"

namespace keepmum {

// Registers the table that the arguments name, or brings it up to date.
Result<int> register_table(Context const& context, Arguments const& arguments, RegisterPlace const& place);

// The tables of the register at `place`.
Result<std::shared_ptr<TableStore const>> open_tables(RegisterPlace const& place, RegisterKey const& key);

// A line for each table; "" where there is none.
std::string list_tables(Language language, TableStore const& tables);

// One line about all of them; "" where there is none.
std::string count_tables(Language language, TableStore const& tables);

}  // namespace keepmum
