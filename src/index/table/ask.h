// Asks the register's tables of a checked source: of which tables do rows stand in it?
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "index/table/find.h"
#include "index/table/store.h"

namespace keepmum {

struct CellPlace {
    std::uint32_t text = 0;  // number of the text, as TableQuestion::add gave it
    Span span;               // bytes of it
};

// What one group of texts (a file inside the source) holds of one table.
struct TableOverlap {
    ProtectedTable const* table = nullptr;
    std::uint32_t group = 0;
    std::uint64_t rows = 0;              // different ones; counted up to TableQuestion::most_rows
    std::uint64_t columns = 0;           // bit c: cells of column c were seen
    Certainty certainty = Certainty::likely;  // a hint only where the table's last day has passed
    std::vector<CellPlace> places;       // of the cells first met, in the order of the texts
};

// One a checked source, used by one thread; keeps what the texts share with the tables, not the texts.
class TableQuestion {
  public:
    static constexpr std::uint64_t most_rows = 10'000;  // that are told apart
    static constexpr std::size_t most_places = 400;     // of one table and group

    // The store outlives the question and its answer. `today` as YYYY-MM-DD.
    TableQuestion(TableStore const& store, std::string_view today);

    // Looks at one text (valid UTF-8; best in its canonical view); its number counts from 0. Linear.
    std::uint32_t add(std::string_view text, std::uint32_t group = 0);
    // Whether the last text held a row.
    bool found_in_last() const { return found_in_last_; }

    // The tables of which rows were seen, for each group; most rows first.
    std::vector<TableOverlap> answer() const;

    // Parts of tables that turned out damaged: what they hold was not compared.
    bool met_damage() const;

  private:
    struct Seen {
        TableOverlap overlap;
        std::set<std::uint64_t> rows;  // piece and row
    };
    struct Asked {
        ProtectedTable const* table;
        std::map<std::uint32_t, Seen> groups;
    };
    void look(std::uint64_t base, std::uint64_t known, std::uint32_t group, Asked& asked);

    TableStore const& store_;
    std::string today_;
    std::vector<Asked> asked_;
    TableText text_;
    std::uint32_t texts_ = 0;
    bool found_in_last_ = false;
};

}  // namespace keepmum
