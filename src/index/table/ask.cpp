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

TableQuestion::TableQuestion(TableStore const& store, std::string_view today) : store_(store), today_(today) {
    for (auto const& table : store.tables()) asked_.push_back({table.get(), {}});
}

std::uint32_t TableQuestion::add(std::string_view text, std::uint32_t group) {
    found_in_last_ = false;
    std::size_t known = 0;  // up to here the piece before has looked
    for (std::size_t begin = 0; begin < text.size() && !asked_.empty();) {
        std::size_t const end = piece_end(text, begin, piece_size);
        read_table_text(text.substr(begin, end - begin), store_.keys(), text_);
        for (Asked& asked : asked_) look(begin, known, group, asked);
        if (end >= text.size()) break;
        known = end;
        begin = end - begin > overlap ? end - overlap : end;
        while (begin < end && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80) ++begin;
    }
    return texts_++;
}

void TableQuestion::look(std::uint64_t base, std::uint64_t known, std::uint32_t group, Asked& asked) {
    for (std::size_t i = 0; i < asked.table->pieces.size(); ++i) {
        ProtectedTable::Piece const& piece = asked.table->pieces[i];
        for (RowFound const& row : find_rows(*piece.part, text_, asked.table->facts.need)) {
            if (piece.is_gone(row.row)) continue;
            found_in_last_ = true;
            Seen& seen = asked.groups[group];
            seen.overlap.columns |= row.columns;
            if (row.bits >= certain_bits) seen.overlap.certainty = Certainty::certain;
            if (seen.rows.size() < most_rows) seen.rows.insert(std::uint64_t{i} << 32 | row.row);
            if (base + row.cells.back().end <= known) continue;
            for (Span const cell : row.cells) {
                if (seen.overlap.places.size() < most_places)
                    seen.overlap.places.push_back({texts_, {base + cell.begin, base + cell.end}});
            }
        }
    }
}

std::vector<TableOverlap> TableQuestion::answer() const {
    std::vector<TableOverlap> overlaps;
    for (Asked const& asked : asked_) {
        for (auto const& [group, seen] : asked.groups) {
            TableOverlap overlap = seen.overlap;
            overlap.table = asked.table;
            overlap.group = group;
            overlap.rows = seen.rows.size();
            std::string const& until = asked.table->facts.until;
            if (!until.empty() && until < today_) overlap.certainty = Certainty::hint;
            overlaps.push_back(std::move(overlap));
        }
    }
    std::stable_sort(overlaps.begin(), overlaps.end(),
                     [](TableOverlap const& a, TableOverlap const& b) { return a.rows > b.rows; });
    return overlaps;
}

bool TableQuestion::met_damage() const {
    return std::any_of(asked_.begin(), asked_.end(), [](Asked const& asked) {
        return std::any_of(asked.table->pieces.begin(), asked.table->pieces.end(),
                           [](ProtectedTable::Piece const& piece) { return piece.part->damaged(); });
    });
}

}  // namespace keepmum
