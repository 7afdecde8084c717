// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/store.h"

#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstring>
#include <set>

#include "base/seal.h"
#include "base/json_writer.h"
#include "base/tree.h"
#include "io/file.h"
#include "index/table/format.h"
#include "io/lock.h"

namespace keepmum {

namespace {

using table::file_name;

constexpr std::string_view heading = "kmtable1";  // then the key's mark, then the encrypted record
constexpr std::string_view ending = ".table";

std::string context_of(std::string const& id) { return "table " + id; }

std::string print(ProtectedTable const& table) {
    std::string json;
    JsonWriter out(json);
    TableFacts const& facts = table.facts;
    out.begin_object()
        .field("name", facts.name)
        .field("level", facts.level)
        .field("until", facts.until)
        .field("added", facts.added);
    out.field("need", facts.need).key("columns").begin_array();
    for (std::string const& column : facts.columns) out.value(column);
    out.end_array().key("parts").begin_array();
    for (ProtectedTable::Piece const& piece : table.pieces) {
        out.begin_object().field("number", piece.number).field("gone", piece.gone_file).end_object();
    }
    out.end_array().end_object();
    return json;
}

Result<std::vector<std::uint64_t>> read_gone(std::string const& path, std::uint64_t rows, TableKeys const& keys) {
    std::string const bytes = TRY(read_file(path, table::most_rows / 8 + 64));
    std::uint64_t const words = (rows + 63) / 64;
    if (bytes.size() != words * 8 + 8) return fail(Fault::invalid, "cut short", path);
    std::uint64_t wanted;
    std::memcpy(&wanted, bytes.data() + words * 8, 8);
    if (siphash(keys.check, std::string_view(bytes).substr(0, words * 8)) != wanted)
        return fail(Fault::invalid, "bytes were changed", path);
    std::vector<std::uint64_t> gone(words);
    std::memcpy(gone.data(), bytes.data(), words * 8);
    return gone;
}

// What NAME.table says; the pieces have numbers alone.
Result<ProtectedTable> read_list(std::string const& folder, std::string const& id, TableKeys const& keys) {
    std::string const path = folder + "/" + id + std::string(ending);
    std::string const bytes = TRY(read_file(path, 16u << 20));
    std::size_t const begin = heading.size() + 8;
    std::uint64_t mark = 0;
    if (bytes.size() < begin || !bytes.starts_with(heading)) return fail(Fault::invalid, "no table, or cut short", path);
    std::memcpy(&mark, bytes.data() + heading.size(), 8);
    std::optional<std::string> const plain = decrypt_record(keys.seal, context_of(id), std::string_view(bytes).substr(begin));
    if (!plain && mark != keys.mark) return fail(Fault::denied, "written under another key", path);
    if (!plain) return fail(Fault::invalid, "bytes were changed", path);
    Tree const said = TRY(parse_json(*plain, path));
    ProtectedTable table;
    table.id = id;
    TableFacts& facts = table.facts;
    facts.name = TRY(said.text("name"));
    facts.level = TRY(said.text("level"));
    facts.until = TRY(said.text("until"));
    facts.added = TRY(said.text("added"));
    facts.need = static_cast<std::uint32_t>(TRY(said.whole("need")));
    facts.columns = TRY(said.texts("columns"));
    for (Tree const& part : TRY(said.tables("parts"))) {
        ProtectedTable::Piece piece;
        piece.number = static_cast<std::uint32_t>(TRY(part.whole("number")));
        piece.gone_file = static_cast<std::uint32_t>(TRY(part.whole("gone")));
        table.pieces.push_back(std::move(piece));
    }
    return table;
}

Result<> open_piece(std::string const& folder, ProtectedTable const& table, ProtectedTable::Piece& piece, TableKeys const& keys) {
    std::string const path = folder + "/" + file_name(table.id, piece.number, ".part");
    piece.part = TRY(TablePart::open(path, keys));
    if (piece.part->columns() != table.facts.columns.size())
        return fail(Fault::invalid, "has other columns than its table", path);
    if (piece.gone_file == 0) return {};
    piece.gone = TRY(read_gone(folder + "/" + file_name(table.id, piece.gone_file, ".gone"), piece.part->rows(), keys));
    return {};
}

std::uint64_t rows_in(ProtectedTable::Piece const& piece) {
    std::uint64_t rows = piece.part->rows();
    for (std::uint64_t const word : piece.gone) rows -= static_cast<std::uint64_t>(std::popcount(word));
    return rows;
}

std::vector<std::string> ids_in(std::string const& folder) {
    std::vector<std::string> ids;
    for (std::string const& name : list_folder(folder)) {
        if (name.size() == 16 + ending.size() && name.ends_with(ending)) ids.push_back(name.substr(0, 16));
    }
    return ids;
}

}  // namespace

namespace table {

std::string file_name(std::string const& id, std::uint32_t number, std::string_view ending) {
    return id + "-" + std::to_string(number) + std::string(ending);
}

std::vector<std::string> files_of(ProtectedTable const& table) {
    std::vector<std::string> files;
    for (ProtectedTable::Piece const& piece : table.pieces) {
        files.push_back(file_name(table.id, piece.number, ".part"));
        if (piece.gone_file > 0) files.push_back(file_name(table.id, piece.gone_file, ".gone"));
    }
    files.push_back(table.id + std::string(ending));
    return files;
}

std::string lock_path(std::string const& folder) { return folder + "/lock"; }

Result<std::shared_ptr<ProtectedTable const>> read_table(std::string const& folder, std::string const& id,
                                                         TableKeys const& keys) {
    auto table = std::make_shared<ProtectedTable>(TRY(read_list(folder, id, keys)));
    std::vector<ProtectedTable::Piece> listed = std::move(table->pieces);
    table->pieces.clear();
    for (ProtectedTable::Piece& piece : listed) {
        Result<> const opened = open_piece(folder, *table, piece, keys);
        if (!opened) {
            table->damage.push_back({opened.error().where, opened.error().what});
            continue;
        }
        table->facts.rows += rows_in(piece);
        table->pieces.push_back(std::move(piece));
    }
    return std::shared_ptr<ProtectedTable const>(std::move(table));
}

Result<> write_table(std::string const& folder, ProtectedTable const& table, TableKeys const& keys) {
    std::string bytes(heading);
    bytes.append(reinterpret_cast<char const*>(&keys.mark), 8);
    bytes += encrypt_record(keys.seal, context_of(table.id), print(table));
    return write_file(folder + "/" + table.id + std::string(ending), bytes, 0600);
}

Result<> write_gone(std::string const& path, std::vector<std::uint64_t> const& gone, TableKeys const& keys) {
    std::string bytes(reinterpret_cast<char const*>(gone.data()), gone.size() * 8);
    std::uint64_t const hash = siphash(keys.check, bytes);
    bytes.append(reinterpret_cast<char const*>(&hash), 8);
    return write_file(path, bytes, 0600);
}

void sweep(std::string const& folder, TableKeys const& keys) {
    std::set<std::string> named;
    std::set<std::string> kept;  // tables that cannot be read: their parts stay
    for (std::string const& id : ids_in(folder)) {
        Result<ProtectedTable> const table = read_list(folder, id, keys);
        if (!table) {
            kept.insert(id);
            continue;
        }
        for (std::string& name : files_of(*table)) named.insert(std::move(name));
    }
    for (std::string const& name : list_folder(folder)) {
        bool const ours = name.ends_with(".part") || name.ends_with(".gone") || name.find(".new-") != std::string::npos;
        if (ours && !named.contains(name) && !kept.contains(name.substr(0, 16))) unlink((folder + "/" + name).c_str());
    }
}

}  // namespace table

std::uint64_t ProtectedTable::bytes() const {
    std::uint64_t all = 0;
    for (Piece const& piece : pieces) all += piece.part->bytes() + piece.gone.size() * 8;
    return all;
}

Result<std::shared_ptr<TableStore const>> TableStore::open(std::string const& folder, RegisterKey const& key) {
    std::shared_ptr<TableStore> store(new TableStore(key));
    store->folder_ = folder;
    std::string state;
    for (std::string const& id : ids_in(folder)) {
        auto table = table::read_table(folder, id, store->keys_);
        if (!table && table.error().fault == Fault::denied) return tl::unexpected(std::move(table.error()));
        if (!table) {
            // Gone since the folder was listed: another program took it out.
            if (table.error().fault != Fault::not_found || exists(folder + "/" + id + std::string(ending))) {
                store->damage_.push_back({table.error().where, table.error().what});
            }
            continue;
        }
        state += id + print(**table);
        store->damage_.insert(store->damage_.end(), (*table)->damage.begin(), (*table)->damage.end());
        store->tables_.push_back(std::move(*table));
    }
    std::sort(store->tables_.begin(), store->tables_.end(),
              [](auto const& a, auto const& b) { return a->facts.name < b->facts.name; });
    if (!state.empty()) store->generation_ = siphash(store->keys_.check, state) | 1;
    return std::shared_ptr<TableStore const>(std::move(store));
}

ProtectedTable const* TableStore::find(std::string_view name) const {
    for (auto const& table : tables_) {
        if (table->facts.name == name) return table.get();
    }
    return nullptr;
}

std::vector<Damage> TableStore::verify() const {
    std::vector<Damage> damage = damage_;
    for (auto const& table : tables_) {
        for (ProtectedTable::Piece const& piece : table->pieces) {
            if (!piece.part->verify())
                damage.push_back({folder_ + "/" + file_name(table->id, piece.number, ".part"), "bytes were changed"});
        }
    }
    return damage;
}

Result<bool> remove_table(std::string const& folder, RegisterKey const& key, std::string_view name) {
    if (!exists(folder)) return false;
    FileLock const lock = TRY(FileLock::take(table::lock_path(folder)));
    auto const store = TRY(TableStore::open(folder, key));
    ProtectedTable const* const table = store->find(name);
    if (!table) return false;
    if (unlink((folder + "/" + table->id + std::string(ending)).c_str()) != 0) {
        return fail(Fault::io, "cannot remove the table", folder);
    }
    table::sweep(folder, store->keys());
    return true;
}

Result<std::size_t> set_damaged_tables_aside(std::string const& folder, RegisterKey const& key) {
    if (!exists(folder)) return std::size_t{0};
    FileLock const lock = TRY(FileLock::take(table::lock_path(folder)));
    TableKeys const keys(key);
    std::size_t count = 0;
    for (std::string const& id : ids_in(folder)) {
        auto const table = table::read_table(folder, id, keys);
        if (!table && table.error().fault == Fault::denied) return tl::unexpected(table.error());
        if (table && (*table)->damage.empty()) continue;
        std::string const path = folder + "/" + id + std::string(ending);
        if (rename(path.c_str(), (path + ".damaged").c_str()) != 0) return fail(Fault::io, "cannot rename", path);
        ++count;
    }
    table::sweep(folder, keys);
    return count;
}

}  // namespace keepmum
