// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/ask.h"

#include <algorithm>

#include "index/normal.h"

namespace keepmum {

namespace {

// Texts are looked at in pieces that stay in the processor's cache, and begin a window before the last one ended.
constexpr std::size_t piece_size = 256u << 10;
constexpr std::size_t overlap = 8192;
constexpr double certain_bits = 10;  // beyond what chance allows

}  // namespace

TableQuestion::TableQuestion(TableStore const& store, std::string_view today) : store_(store) {
    for (auto const& table : store.tables()) {
        if (!table->facts.until.empty() && table->facts.until < today) continue;
        asked_.push_back({table.get(), {}, {}});
        asked_.back().overlap.table = table.get();
    }
}

std::uint32_t TableQuestion::add(std::string_view text) {
    found_in_last_ = false;
    for (std::size_t begin = 0; begin < text.size() && !asked_.empty();) {
        std::size_t const end = piece_end(text, begin, piece_size);
        read_table_text(text.substr(begin, end - begin), store_.keys(), text_);
        for (Asked& asked : asked_) look(begin, asked);
        if (end >= text.size()) break;
        begin = end - begin > overlap ? end - overlap : end;
        while (begin < end && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) ++begin;
    }
    return texts_++;
}

void TableQuestion::look(std::uint64_t base, Asked& asked) {
    for (std::size_t i = 0; i < asked.table->pieces.size(); ++i) {
        ProtectedTable::Piece const& part = asked.table->pieces[i];
        for (RowFound const& row : find_rows(*part.part, text_, asked.table->facts.need)) {
            if (part.is_gone(row.row)) continue;
            found_in_last_ = true;
            TableOverlap& overlap = asked.overlap;
            overlap.columns |= row.columns;
            if (row.bits >= certain_bits) overlap.certainty = Certainty::certain;
            if (overlap.rows >= most_rows || !asked.rows.insert(std::uint64_t{i} << 32 | row.row).second) continue;
            ++overlap.rows;
            if (overlap.places.size() < most_places) {
                overlap.places.push_back({texts_, {base + row.span.begin, base + row.span.end}});
            }
        }
    }
}

std::vector<TableOverlap> TableQuestion::answer() const {
    std::vector<TableOverlap> overlaps;
    for (Asked const& asked : asked_) {
        if (asked.overlap.rows > 0) overlaps.push_back(asked.overlap);
    }
    std::stable_sort(overlaps.begin(), overlaps.end(), [](TableOverlap const& a, TableOverlap const& b) { return a.rows > b.rows; });
    return overlaps;
}

bool TableQuestion::met_damage() const {
    return std::any_of(asked_.begin(), asked_.end(), [](Asked const& asked) {
        return std::any_of(asked.table->pieces.begin(), asked.table->pieces.end(),
                           [](ProtectedTable::Piece const& piece) { return piece.part->damaged(); });
    });
}

}  // namespace keepmum
