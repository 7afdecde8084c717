// Tables as evidence: cells parted by tabs, rows by line feeds, each with its address.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/office/text.h"

namespace keepmum {

// The cells of one sheet, parted by how a reader would meet them. Cells come row by row.
class CellContent final {
  public:
    // Rows and columns count from 1. Tabs and line ends within a cell become blanks.
    void add(PartText::Stream stream, std::int32_t row, std::int32_t column, std::string_view text, XmlOrigin origin);
    // The cells of the stream's first row give the names of its columns.
    void put(Outlet& outlet, Place const& place);
    // Bytes collected and not yet put.
    std::uint64_t size() const { return size_; }

  private:
    struct Sheet {
        TextBuilder text;
        std::int32_t row = 0, column = 0, first_row = 0;
        std::vector<std::string> headings;
    };
    std::map<PartText::Stream, Sheet> sheets_;
    std::uint64_t size_ = 0;
};

}  // namespace keepmum
