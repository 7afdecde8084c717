// Writes a part of a protected table: rows in, one immutable file out (index/table/format.h).
//
// Cells are hashed as they come and go to 64 spools by their first bits; each spool is then sorted in memory and written. So
// memory stays small for any number of rows: 8 MB of filter, 4 MB of buffers, a 64th of the cells at 16 bytes, and the codes of
// common values of one column. What lies on disk at any time are keyed hashes; spools have no name and vanish with the process.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "index/table/key.h"

namespace keepmum {

class TableBuilder {
  public:
    // Spools lie in `folder`, which must be there. `columns`: 1 to 32.
    static Result<TableBuilder> begin(std::string const& folder, std::size_t columns, TableKeys const& keys);
    ~TableBuilder();
    TableBuilder(TableBuilder&&) noexcept;

    // One row, a text for each column (valid UTF-8, best in its canonical view); empty ones are left out. Errors: full, io,
    // invalid (more than two thousand million rows).
    Result<> add(std::span<std::string_view const> cells);
    std::uint64_t rows() const;

    // Writes and syncs `path`, which must not be there. Nothing of it is left where that fails.
    Result<> write(std::string const& path);

  private:
    struct Inside;
    explicit TableBuilder(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

// The cell's last token that is compared, and its hash; nothing where it says too little.
struct CellHash {
    std::size_t last = 0;
    CellForm form;
    std::uint64_t hash = 0;
};
// `text` holds one cell. False where it says too little to be told from anything else.
bool hash_cell(CellText const& text, TableKeys const& keys, std::string& buffer, CellHash& out);

}  // namespace keepmum
