// Tables written as text: RFC 4180 and what spreadsheets make of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "base/offset_map.h"

namespace keepmum {

// The delimiter among , tab ; | that parts the first lines into the most alike number of cells.
char sniff_delimiter(std::string_view text);

struct CsvCell {
    Span span;  // in the text; of quoted cells: between the quotes, doubled quotes as they stand
    bool quoted = false;
    bool ends_row = false;
};

// Cells one after the other. A quote that never closes is an ordinary character.
class CsvReader {
  public:
    CsvReader(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}
    bool next(CsvCell& cell);

  private:
    std::string_view text_;
    char delimiter_;
    std::size_t at_ = 0;
    bool quotes_close_ = true;  // false once a quote was found that nothing closes
    bool cell_due_ = false;     // a delimiter stood last: one more cell, maybe empty
};

}  // namespace keepmum
