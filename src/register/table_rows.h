// The rows of a table that was saved as text (CSV, TSV, parted by semicolons or bars), in any character set.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keepmum {

class TableRows {
  public:
    // Reads the first row, which names the columns. Errors: not_found, denied, io; invalid (empty, or no text).
    static Result<TableRows> open(std::string const& path);
    ~TableRows();
    TableRows(TableRows&&) noexcept;

    std::vector<std::string> const& names() const;

    // The next row's cells, as many as it has, in their canonical view (format/text/canonical.h); they are valid until the
    // next call. False at the end. Rows without any text are passed over. Errors: io, the file changed, or
    // a part of it is no text.
    Result<bool> next(std::vector<std::string_view>& cells);

    std::uint64_t replaced() const;  // sequences so far that its character set does not know

  private:
    struct Inside;
    explicit TableRows(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
