// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/find.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <unordered_map>

#include "index/table/format.h"

namespace keepmum {

namespace {

constexpr double margin = 20;  // bits beyond the number of rows: one false row in a million windows with such values
constexpr std::size_t most_recent = 64; // sightings that one window remembers; bounds the work in a text made of cells
constexpr std::size_t most_rows_told = 10'000;

// A cell of the table in the text.
struct Sighting {
    TablePart::Value value;
    std::uint32_t begin = 0, end = 0;  // bytes of the text
    std::uint32_t letters = 0;         // where it begins, counted in letters
    std::uint32_t line = 0;
    double bits = 0;

    bool overlaps(Sighting const& other) const { return begin < other.end && other.begin < end; }
};

// Joins sightings, as they come in the order of the text, to rows.
class Joiner {
  public:
    Joiner(TablePart const& part, std::uint32_t need, TableWindow const& window, std::vector<RowFound>& found)
        : part_(part), need_(need), window_(window), found_(found),
          bits_needed_(std::log2(static_cast<double>(std::max<std::uint64_t>(part.rows(), 1))) + margin) {}

    void see(Sighting const& now) {
        while (!recent_.empty() && (recent_.size() >= most_recent || !is_near(recent_.front(), now))) recent_.pop_front();
        candidates_.clear();
        if (need_ <= 1 && !now.value.is_common() && now.bits >= bits_needed_) add_rows(now);
        double commons = now.value.is_common() ? now.bits : 0;
        for (Sighting const& other : recent_) commons += other.value.is_common() ? other.bits : 0;
        for (Sighting const& other : recent_) {
            if (!now.value.is_common() && !other.value.is_common()) add_shared(now, other);
            else if (!other.value.is_common() && other.bits + commons >= bits_needed_) add_shared(other, now);
        }
        if (!now.value.is_common() && now.bits + commons >= bits_needed_) add_rows(now);
        // Rows of which two cells were seen may have waited for this one, which many rows hold.
        if (now.value.is_common()) {
            for (std::uint32_t const row : waiting_) candidates_.push_back(row);
        }
        std::sort(candidates_.begin(), candidates_.end());
        candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
        recent_.push_back(now);
        for (std::uint32_t const row : candidates_) judge(row);
    }

  private:
    bool is_near(Sighting const& before, Sighting const& now) const {
        if (now.letters < before.letters + window_.letters) return true;
        return before.line == now.line && now.end - before.begin <= window_.line_bytes;
    }

    void add_rows(Sighting const& of) {
        for (std::uint32_t i = 0; i < of.value.rows; ++i) candidates_.push_back(part_.row_of(of.value, i));
    }

    // The rows that both values hold; at least one of them is not common.
    void add_shared(Sighting const& left, Sighting const& right) {
        if (left.value.column == right.value.column || left.overlaps(right)) return;
        bool const swap = !right.value.is_common() && right.value.rows < left.value.rows;
        TablePart::Value const& fewer = swap ? right.value : left.value;
        TablePart::Value const& more = swap ? left.value : right.value;
        for (std::uint32_t i = 0; i < fewer.rows; ++i) {
            std::uint32_t const row = part_.row_of(fewer, i);
            if (part_.holds(more, row)) candidates_.push_back(row);
        }
    }

    // All cells of the row that stand in the window, each of its own column and place.
    void judge(std::uint32_t row) {
        RowFound found;
        found.row = row;
        cells_.clear();
        for (auto it = recent_.rbegin(); it != recent_.rend(); ++it) {
            if (it->value.column < 64 && (found.columns >> it->value.column & 1)) continue;
            if (!part_.holds(it->value, row)) continue;
            if (std::any_of(cells_.begin(), cells_.end(), [&](Sighting const* cell) { return cell->overlaps(*it); })) continue;
            cells_.push_back(&*it);
            found.columns |= 1ull << it->value.column;
            found.bits += it->bits;
        }
        if (cells_.size() < need_ || found.bits < bits_needed_) {
            wait(row, cells_.size());
            return;
        }
        found.bits -= bits_needed_;
        for (Sighting const* cell : cells_) found.cells.push_back({cell->begin, cell->end});
        std::sort(found.cells.begin(), found.cells.end(), [](Span a, Span b) { return a.begin < b.begin; });
        tell(found);
    }

    // A row that was told already may gain columns.
    void tell(RowFound const& found) {
        auto const known = told_.find(found.row);
        if (known == told_.end()) {
            if (found_.size() >= most_rows_told) return;
            told_.emplace(found.row, found_.size());
            found_.push_back(found);
            return;
        }
        RowFound& before = found_[known->second];
        if ((found.columns & ~before.columns) == 0) return;
        if (found.cells.size() > before.cells.size()) before.cells = found.cells;
        before.columns |= found.columns;
        before.bits = std::max(before.bits, found.bits);
    }

    void wait(std::uint32_t row, std::size_t cells) {
        constexpr std::size_t most_waiting = 16;
        if (cells < 2 || std::find(waiting_.begin(), waiting_.end(), row) != waiting_.end()) return;
        if (waiting_.size() >= most_waiting) waiting_.pop_front();
        waiting_.push_back(row);
    }

    TablePart const& part_;
    std::uint32_t const need_;
    TableWindow const window_;
    std::vector<RowFound>& found_;
    double const bits_needed_;
    std::deque<Sighting> recent_;
    std::deque<std::uint32_t> waiting_;
    std::vector<std::uint32_t> candidates_;
    std::vector<Sighting const*> cells_;
    std::unordered_map<std::uint32_t, std::size_t> told_;  // row, index in found_
};

// Walks over the tokens and asks the part for every run of them that may be a cell.
class Searcher {
  public:
    Searcher(TablePart const& part, TableText const& text, Joiner& joiner)
        : part_(part), text_(text), cells_(text.cells), joiner_(joiner) {
        using Kind = CellForm::Kind;
        for (Kind const kind : {Kind::words, Kind::cjk, Kind::mixed})
            most_[static_cast<std::size_t>(kind)] = part.most_tokens(kind);
        // Digits may be parted otherwise than in the table.
        most_[static_cast<std::size_t>(Kind::number)] = part.most_tokens(Kind::number) > 0 ? most_cell_tokens : 0;
        if (most(Kind::mixed) > 0) most_[static_cast<std::size_t>(Kind::mixed)] = most_cell_tokens;
    }

    void run() {
        std::size_t const count = cells_.tokens.size();
        passes_.resize(count);
        for (std::size_t i = 0; i < count; ++i) passes_[i] = !is_filtered(cells_, i) || part_.may_hold_token(text_.hashes[i]);
        for (std::size_t i = 0; i < count; ++i) {
            if (cells_.tokens[i].kind == CellToken::Kind::word && !passes_[i]) continue;
            start(i);
        }
    }

  private:
    std::size_t most(CellForm::Kind kind) const { return most_[static_cast<std::size_t>(kind)]; }

    static CellForm::Kind form_of(CellToken::Kind kind) {
        return kind == CellToken::Kind::number ? CellForm::Kind::number
               : kind == CellToken::Kind::word ? CellForm::Kind::words
                                               : CellForm::Kind::cjk;
    }

    void start(std::size_t first) {
        CellForm::Kind kind = form_of(cells_.tokens[first].kind);
        for (std::size_t last = first; last < cells_.tokens.size(); ++last) {
            CellToken const& token = cells_.tokens[last];
            if (last > first) {
                if (token.gap == CellToken::far || !passes_[last]) return;
                if (form_of(token.kind) != kind) kind = CellForm::Kind::mixed;
            }
            if (last - first >= std::max(most(kind), most(CellForm::Kind::mixed))) return;
            std::size_t const size = cells_.letters_end(last) - cells_.tokens[first].letters;
            if (size > most_cell_letters + 8) return;  // zeros in front and a country code may go yet
            if (last - first < most(kind) && (kind == CellForm::Kind::number || part_.may_hold_length(kind, size)))
                ask(first, last);
        }
    }

    void ask(std::size_t first, std::size_t last) {
        CellForm const form = cell_form(cells_, first, last, buffer_);
        if (form.letters.empty() || !part_.may_hold_length(form.kind, form.letters.size())) return;
        values_.clear();
        part_.find(siphash_of(form), values_);
        if (values_.empty()) return;
        double const bits = surprise(form);
        for (TablePart::Value const& value : values_) {
            Sighting sighting;
            sighting.value = value;
            sighting.begin = cells_.tokens[first].begin;
            sighting.end = cells_.tokens[last].end;
            sighting.letters = cells_.tokens[first].letters;
            sighting.line = cells_.tokens[first].line;
            sighting.bits = std::min(bits, bits_of(value));
            joiner_.see(sighting);
        }
    }

    std::uint64_t siphash_of(CellForm const& form) const { return siphash(text_.cell_key, form.letters); }

    // A value that several rows hold is no rarer among people than it is in the table; but a text that has nothing
    // to do with the table holds none of its kind, mostly.
    double bits_of(TablePart::Value const& value) const {
        constexpr std::uint32_t several = 4;
        constexpr double other_kind = 4;
        if (value.rows < several) return 64;
        return std::log2(static_cast<double>(part_.rows()) / value.rows) + other_kind;
    }

    TablePart const& part_;
    TableText const& text_;
    CellText const& cells_;
    Joiner& joiner_;
    std::size_t most_[table::form_count] = {};
    std::vector<std::uint8_t> passes_;
    std::vector<TablePart::Value> values_;
    std::string buffer_;
};

}  // namespace

std::vector<RowFound> find_rows(TablePart const& part, TableText const& text, std::uint32_t need, TableWindow const& window) {
    std::vector<RowFound> found;
    Joiner joiner(part, need, window, found);
    Searcher(part, text, joiner).run();
    return found;
}

}  // namespace keepmum
