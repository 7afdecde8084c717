// The protected tables of a register on disk: a folder with two kinds of files for each table.
//
//   NAME.table     what the table is and which parts it has, encrypted; replaced whole by each change
//   NAME-N.part    rows (index/table/format.h); never changed
//   NAME-N.gone    which rows of that part are no longer in the table; rewritten under a new number
//
// NAME is 16 hexadecimal digits drawn at random. A change writes its files beside, syncs them, and then replaces NAME.table:
// a crash at any point leaves the table as it was or as it became. What no NAME.table names is swept away by the next writer.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/store.h"
#include "index/table/part.h"

namespace keepmum {

// What is said of a table; never a cell of it.
struct TableFacts {
    std::string name;    // as the officer calls it; one table a name
    std::string level;   // as the officer gave it
    std::string until;   // YYYY-MM-DD, its last day as a protected table; "" for ever
    std::string added;   // YYYY-MM-DD of the last change
    std::vector<std::string> columns;
    std::uint32_t need = 2;  // so many cells of one row make a finding
    std::uint64_t rows = 0;  // that are in it now
};

// One table as it was when it was opened. Const, for all threads.
class ProtectedTable {
  public:
    struct Piece {
        std::uint32_t number = 0;
        std::shared_ptr<TablePart const> part;
        std::vector<std::uint64_t> gone;  // a bit a row; empty where none is
        std::uint32_t gone_file = 0;      // number of its file; 0 where there is none

        bool is_gone(std::uint32_t row) const { return row / 64 < gone.size() && (gone[row / 64] >> (row % 64) & 1); }
    };

    std::string id;  // NAME of its files
    TableFacts facts;
    std::vector<Piece> pieces;
    std::vector<Damage> damage;  // parts that could not be opened; their rows are not among facts.rows

    std::uint64_t bytes() const;
};

class TableStore {
  public:
    // A folder that is not there holds no tables. What is damaged is left out and named in damage(); the rest serves. Costs a
    // page or two a table, and an eighth of a byte for each row where rows were removed. Errors: denied (another key), io.
    static Result<std::shared_ptr<TableStore const>> open(std::string const& folder, RegisterKey const& key);

    std::vector<std::shared_ptr<ProtectedTable const>> const& tables() const { return tables_; }  // by name
    ProtectedTable const* find(std::string_view name) const;
    std::vector<Damage> const& damage() const { return damage_; }
    TableKeys const& keys() const { return keys_; }
    // Changes with every change of a table; 0 where there is none.
    std::uint64_t generation() const { return generation_; }
    // Reads every byte; empty where all is as it was written.
    std::vector<Damage> verify() const;

  private:
    explicit TableStore(RegisterKey const& key) : keys_(key) {}
    std::string folder_;
    TableKeys keys_;
    std::vector<std::shared_ptr<ProtectedTable const>> tables_;
    std::vector<Damage> damage_;
    std::uint64_t generation_ = 0;
};

// Takes a table out; false where there is none of that name.
Result<bool> remove_table(std::string const& folder, RegisterKey const& key, std::string_view name);

// Sets aside as NAME.table.damaged what cannot be read, so that it is no longer named at each check; how many there
// were. Their tables must be registered again.
Result<std::size_t> set_damaged_tables_aside(std::string const& folder, RegisterKey const& key);

// For those who write: the files' names, and the encrypted one.
namespace table {

std::string file_name(std::string const& id, std::uint32_t number, std::string_view ending);
// All of a table's files, NAME.table last.
std::vector<std::string> files_of(ProtectedTable const& table);
Result<std::shared_ptr<ProtectedTable const>> read_table(std::string const& folder, std::string const& id, TableKeys const& keys);
// Writes NAME.table: from then on the table is what `facts` and `pieces` say.
Result<> write_table(std::string const& folder, ProtectedTable const& table, TableKeys const& keys);
Result<> write_gone(std::string const& path, std::vector<std::uint64_t> const& gone, TableKeys const& keys);
// Removes the files that no table names. The folder's lock must be held.
void sweep(std::string const& folder, TableKeys const& keys);
std::string lock_path(std::string const& folder);

}  // namespace table

}  // namespace keepmum
