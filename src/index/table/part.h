// A part of a protected table, mapped into memory: which rows hold a cell?
//
// Nothing but the header is read at opening, however large the part. Each block is checked against its hash the first time it
// is touched; a damaged one answers nothing, and the part says so from then on (damaged()).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/table/cell.h"
#include "index/table/key.h"

namespace keepmum {

class TablePart {
  public:
    // The rows that hold one value in one column.
    struct Value {
        std::uint32_t column = 0;
        std::uint32_t rows = 0;   // how many
        std::uint32_t code = 0;   // of a common value; 0 where the rows are listed
        std::uint64_t first = 0;  // entry of the first row
        bool is_common() const { return code != 0; }
    };

    // Errors: denied (written under another key), invalid (damaged or no part at all), not_found, io.
    static Result<std::shared_ptr<TablePart const>> open(std::string const& path, TableKeys const& keys);
    ~TablePart();
    TablePart(TablePart const&) = delete;
    TablePart& operator=(TablePart const&) = delete;

    std::uint64_t rows() const;
    std::size_t columns() const;
    std::uint64_t bytes() const;

    // First questions, which cost next to nothing and mostly say no.
    bool may_hold_token(std::uint64_t hash) const;
    bool may_hold_length(CellForm::Kind kind, std::size_t letters) const;
    std::size_t most_tokens(CellForm::Kind kind) const;

    // Appends the values of that cell, by column. Two cells with one tag are one here: one pair in 2^40 at least.
    void find(std::uint64_t hash, std::vector<Value>& out) const;
    // The rows of a value that is not common, in rising order.
    std::uint32_t row_of(Value const& value, std::uint32_t index) const;
    bool holds(Value const& value, std::uint32_t row) const;

    bool damaged() const;
    // Checks every block; true where all is as it was written.
    bool verify() const;

  private:
    TablePart();
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
