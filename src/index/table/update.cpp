// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/update.h"

#include <algorithm>

#include "base/seal.h"
#include "base/hash.h"
#include "index/table/build.h"
#include "io/file.h"
#include "io/lock.h"

namespace keepmum {

namespace {

constexpr std::size_t many_parts = 8;   // of a table that comes whole: time for a single one
constexpr std::size_t most_parts = 64;  // each costs a look-up in every check

std::string draw_id() {
    std::uint64_t const number = random_number();
    return to_hex({reinterpret_cast<char const*>(&number), sizeof number});
}

}  // namespace

struct TableUpdate::Inside {
    Inside(std::string in, RegisterKey const& with, TableFacts facts, TableChange what, FileLock held)
        : folder(std::move(in)), keys(with), change(what), lock(std::move(held)) {
        table.facts = std::move(facts);
    }

    bool seek(std::span<std::string_view const> cells);
    bool seek_in(std::size_t piece);
    std::uint64_t count_unseen() const;
    Result<> write_marks();

    std::string const folder;
    TableKeys const keys;
    TableChange const change;
    FileLock lock;
    ProtectedTable table;  // as it will be
    bool is_new = true;
    std::uint64_t rows_before = 0;
    std::vector<std::vector<std::uint64_t>> seen;  // rows that came, of each piece
    std::unique_ptr<TableBuilder> builder;         // of rows that are new
    std::uint32_t next_number = 1;

    // Of the row at hand, kept for their memory.
    CellText text;
    std::string buffer;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> hashes;  // column, hash
};

TableUpdate::TableUpdate(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
TableUpdate::~TableUpdate() = default;
TableUpdate::TableUpdate(TableUpdate&&) noexcept = default;

Result<TableUpdate> TableUpdate::begin(std::string const& folder, RegisterKey const& key, TableFacts facts, TableChange change) {
    TRY(make_folder(folder));
    FileLock lock = TRY(FileLock::take(table::lock_path(folder)));
    auto const store = TRY(TableStore::open(folder, key));
    table::sweep(folder, store->keys());
    ProtectedTable const* const there = store->find(facts.name);
    bool const same_columns = there && there->facts.columns == facts.columns;
    if (change != TableChange::whole && !there) return fail(Fault::invalid, "there is no table of that name", facts.name);
    if (change != TableChange::whole && !same_columns) return fail(Fault::invalid, "the table has other columns", facts.name);
    if (change == TableChange::add && there->pieces.size() >= most_parts) {
        return fail(Fault::invalid, "rows were added many times; register the whole table again", facts.name);
    }
    std::string const facts_name = facts.name;
    auto inside = std::make_unique<Inside>(folder, key, std::move(facts), change, std::move(lock));
    inside->table.id = there ? there->id : draw_id();
    if (there) {
        inside->rows_before = there->facts.rows;
        for (ProtectedTable::Piece const& piece : there->pieces) {
            inside->next_number = std::max({inside->next_number, piece.number + 1, piece.gone_file + 1});
        }
    }
    if (change != TableChange::whole && !there->damage.empty()) {
        return fail(Fault::invalid, "the table is damaged; register the whole table again", facts_name);
    }
    if (same_columns && there->damage.empty()) {
        inside->is_new = false;
        inside->table.pieces = there->pieces;
        for (ProtectedTable::Piece const& piece : there->pieces) inside->seen.emplace_back((piece.part->rows() + 63) / 64);
    }
    std::size_t const columns = inside->table.facts.columns.size();
    inside->builder = std::make_unique<TableBuilder>(TRY(TableBuilder::begin(folder, columns, inside->keys)));
    return TableUpdate(std::move(inside));
}

Result<> TableUpdate::add(std::span<std::string_view const> cells) {
    Inside& inside = *inside_;
    if (!inside.is_new && inside.seek(cells)) return {};
    return inside.change == TableChange::remove ? Result<>() : inside.builder->add(cells);
}

// Marks the rows that hold just these cells as seen; false where there is none.
bool TableUpdate::Inside::seek(std::span<std::string_view const> cells) {
    hashes.clear();
    for (std::size_t i = 0; i < cells.size() && i < table.facts.columns.size(); ++i) {
        CellHash cell;
        read_cell(cells[i], text);
        if (hash_cell(text, keys, buffer, cell)) hashes.emplace_back(static_cast<std::uint32_t>(i), cell.hash);
    }
    bool any = hashes.empty();  // a row of which nothing can be kept need not be added
    for (std::size_t piece = 0; piece < table.pieces.size(); ++piece) any = seek_in(piece) || any;
    return any;
}

bool TableUpdate::Inside::seek_in(std::size_t piece) {
    TablePart const& part = *table.pieces[piece].part;
    std::vector<TablePart::Value> values;
    TablePart::Value const* fewest = nullptr;
    std::vector<TablePart::Value> wanted;
    for (auto const& [column, hash] : hashes) {
        values.clear();
        part.find(hash, values);
        auto const it = std::find_if(values.begin(), values.end(),
                                     [&, c = column](TablePart::Value const& value) { return value.column == c; });
        if (it == values.end()) return false;
        wanted.push_back(*it);
    }
    for (TablePart::Value const& value : wanted) {
        if (!value.is_common() && (!fewest || value.rows < fewest->rows)) fewest = &value;
    }
    // A row of common values alone can never be found, so it does not matter which of its like it is.
    if (!fewest) return true;
    bool any = false;
    for (std::uint32_t i = 0; i < fewest->rows; ++i) {
        std::uint32_t const row = part.row_of(*fewest, i);
        if (table.pieces[piece].is_gone(row)) continue;
        if (!std::all_of(wanted.begin(), wanted.end(),
                         [&](TablePart::Value const& value) { return part.holds(value, row); }))
            continue;
        seen[piece][row / 64] |= 1ull << (row % 64);
        any = true;
    }
    return any;
}

std::uint64_t TableUpdate::Inside::count_unseen() const {
    std::uint64_t rows = 0;
    for (std::vector<std::uint64_t> const& bits : seen) {
        for (std::uint64_t const word : bits) rows += static_cast<std::uint64_t>(std::popcount(word));
    }
    return rows_before - std::min(rows, rows_before);
}

Result<bool> TableUpdate::wants_all_again() {
    Inside& inside = *inside_;
    if (inside.is_new || inside.change != TableChange::whole) return false;
    std::uint64_t const changed = inside.builder->rows() + inside.count_unseen();
    bool const damaged = std::any_of(inside.table.pieces.begin(), inside.table.pieces.end(),
                                     [](ProtectedTable::Piece const& piece) { return piece.part->damaged(); });
    if (changed * 4 < inside.rows_before && inside.table.pieces.size() < many_parts && !damaged) return false;
    inside.is_new = true;
    inside.table.pieces.clear();
    inside.seen.clear();
    inside.builder = std::make_unique<TableBuilder>(
        TRY(TableBuilder::begin(inside.folder, inside.table.facts.columns.size(), inside.keys)));
    return true;
}

// Rows that did not come (whole), or came (remove), are gone.
Result<> TableUpdate::Inside::write_marks() {
    for (std::size_t i = 0; i < table.pieces.size(); ++i) {
        ProtectedTable::Piece& piece = table.pieces[i];
        std::vector<std::uint64_t> gone = piece.gone;
        gone.resize(seen[i].size());
        std::uint64_t const rows = piece.part->rows();
        for (std::size_t word = 0; word < gone.size(); ++word) {
            std::uint64_t const left = rows - word * 64;
            std::uint64_t const all = left >= 64 ? ~0ull : (1ull << left) - 1;
            gone[word] |= change == TableChange::remove ? seen[i][word] : all & ~seen[i][word];
        }
        bool const any = std::any_of(gone.begin(), gone.end(), [](std::uint64_t word) { return word != 0; });
        if (!any || gone == piece.gone) continue;
        piece.gone = std::move(gone);
        piece.gone_file = next_number++;
        TRY(table::write_gone(folder + "/" + table::file_name(table.id, piece.gone_file, ".gone"), piece.gone, keys));
    }
    return {};
}

Result<TableUpdated> TableUpdate::commit() {
    Inside& inside = *inside_;
    TableUpdated done;
    done.added = inside.builder->rows();
    if (inside.change != TableChange::add && !inside.is_new) TRY(inside.write_marks());
    if (done.added > 0 || inside.table.pieces.empty()) {
        ProtectedTable::Piece piece;
        piece.number = inside.next_number++;
        TRY(inside.builder->write(inside.folder + "/" + table::file_name(inside.table.id, piece.number, ".part")));
        inside.table.pieces.push_back(std::move(piece));
    }
    TRY(table::write_table(inside.folder, inside.table, inside.keys));
    table::sweep(inside.folder, inside.keys);
    auto const table = TRY(table::read_table(inside.folder, inside.table.id, inside.keys));
    done.rows = table->facts.rows;
    done.removed = inside.rows_before + done.added - std::min(done.rows, inside.rows_before + done.added);
    return done;
}

}  // namespace keepmum
