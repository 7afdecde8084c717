// Where in the pages of a SQLite database nothing lives any more: what SQLite would overwrite one day.
// https://www.sqlite.org/fileformat2.html, 1.5 and 1.6.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

// Of the pages in use: the room between cell pointers and cells, free blocks, and what a last overflow page has behind
// its payload. In order of the file, none overlapping, of at least `least` bytes each. `bytes` may be any; linear.
std::vector<Span> free_space(std::string_view bytes, std::size_t page_size, std::size_t least);

// What lives in a file, to tell a row that was deleted from a copy that was left where a row has been moved from, as happens
// whenever a page becomes full.
class Living final {
  public:
    // `dead`: sorted, apart. At most four times as many bytes of memory as `bytes` has.
    Living(std::string_view bytes, std::vector<Span> const& dead);

    // Whether each eight bytes in a row of `span` live somewhere. Of so short a span that it has only one eight, wrongly so once in
    // four hundred times; each further byte makes that four hundred times rarer (Bloom 1970: four bits for each in sixteen).
    bool has(Span span) const;

  private:
    std::uint64_t hash_of(std::uint64_t at) const;
    std::uint64_t place_of(std::uint64_t hash, int number) const;
    std::string_view bytes_;
    std::vector<std::uint64_t> seen_;
    std::uint64_t last_ = 0;  // number of the last bit
};

}  // namespace keepmum
