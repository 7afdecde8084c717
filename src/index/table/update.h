// Puts a table into the register, or brings the one that is there up to date.
//
// Rows that are there already are known again by their cells, so only what is new is written: as a further part, beside marks
// for the rows that are gone. Where more than a quarter changed, or the parts are many, one new part takes the place of all.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "index/table/store.h"

namespace keepmum {

// What the rows that come are.
enum class TableChange : std::uint8_t {
    whole,   // the table as it is now: rows that do not come are gone
    add,     // rows more than before
    remove,  // rows that are in it no longer
};

struct TableUpdated {
    std::uint64_t added = 0, removed = 0, rows = 0;  // the last: in the table now
};

class TableUpdate {
  public:
    // Makes the folder where it is new and waits for another writer to end. Without a table of that name, or where its
    // columns are others and the change is `whole`, a new one begins; else the facts replace those it had.
    // Errors: denied (another key), invalid (add or remove: no such table, or other columns; too many parts), io, full.
    static Result<TableUpdate> begin(std::string const& folder, RegisterKey const& key, TableFacts facts, TableChange change);
    ~TableUpdate();
    TableUpdate(TableUpdate&&) noexcept;

    // One row, a cell for each column (see TableBuilder::add).
    Result<> add(std::span<std::string_view const> cells);

    // Whether so much has changed that all rows should come again, from the first, to be written as one part. Ask once all came
    // (`whole` only); where it is so, nothing is kept of what came.
    Result<bool> wants_all_again();

    // Nothing counts before this returned.
    Result<TableUpdated> commit();

  private:
    struct Inside;
    explicit TableUpdate(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
