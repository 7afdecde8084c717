// Where in the pages of a SQLite database nothing lives any more: what SQLite would overwrite one day.
// https://www.sqlite.org/fileformat2.html, 1.5 and 1.6.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

// Of the pages in use: the room between cell pointers and cells, free blocks, and what a last overflow page has behind
// its payload. In order of the file, none overlapping, of at least `least` bytes each. `bytes` may be any; linear.
std::vector<Span> free_space(std::string_view bytes, std::size_t page_size, std::size_t least);

}  // namespace keepmum
