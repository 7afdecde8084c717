// Finds rows of protected tables in a text: several cells of one row near each other.
//
// A text is read once for all tables. Where some tokens in a row are a cell of a table, that is a sighting. Two sightings of
// different columns whose rows have one in common make a row a candidate; it is told when enough cells of it stand together
// and when they are too unlikely to stand together by chance: what each cell surprises by (its form, and how many rows
// of the table hold it) must exceed what the number of rows allows. So a first name and a city are never enough, however
// the table is made up, and one row in a thousand million windows of text is named falsely by the estimate.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "base/offset_map.h"
#include "index/table/part.h"

namespace keepmum {

// How near the cells of one row must stand.
struct TableWindow {
    std::uint32_t letters = 300;  // from the first cell's first to the last one's; blanks and marks not counted
    std::uint32_t line_bytes = 4000;   // or all within one line of at most so many bytes
};

struct RowFound {
    std::uint32_t row = 0;
    std::uint64_t columns = 0;  // bit c: column c was seen
    std::vector<Span> cells;    // bytes of the text: where each cell stood when the row was first seen
    double bits = 0;            // how far it surprises beyond what chance allows
};

// The rows of one part in one text; one object a part and text, used by one thread.
// `need`: columns of one row, at least 1. Each row is told once, with all columns that were seen with it anywhere.
// Linear in the text.
std::vector<RowFound> find_rows(TablePart const& part, TableText const& text, std::uint32_t need, TableWindow const& window = {});

}  // namespace keepmum
