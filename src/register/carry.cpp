// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/carry.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include "index/store.h"
#include "index/table/store.h"
#include "io/file.h"
#include "io/lock.h"
#include "io/mapping.h"
#include "register/carry_file.h"
#include "register/likeness.h"

namespace keepmum {

namespace {

// A folder for the parts of what comes in; there while it lives.
class Landing {
  public:
    explicit Landing(std::string path) : path_(std::move(path)) { clear(); }
    ~Landing() { clear(); }
    Landing(Landing const&) = delete;
    std::string const& path() const { return path_; }
    std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }

  private:
    void clear() const {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    std::string path_;
};

// Writes the parts to the landing.
Result<> unpack(std::vector<CarriedPart> const& parts, Landing const& landing) {
    TRY(make_folder(landing.file("tables")));
    for (CarriedPart const& part : parts) {
        FileWriter writer = TRY(FileWriter::create(landing.file(part.name)));
        TRY(writer.append(part.bytes));
        TRY(writer.commit());
    }
    return {};
}

// The tables that are to come in: what to move where, the file that names the others last. Holds the lock of the folder.
struct ComingTables {
    std::optional<FileLock> lock;
    std::vector<std::pair<std::string, std::string>> moves;
    std::uint64_t count = 0;
};

Result<> refuse_damaged(std::vector<Damage> const& damage, std::string_view consequence) {
    if (damage.empty()) return {};
    return fail(Fault::invalid, damage[0].what + ": " + std::string(consequence), damage[0].file);
}

constexpr std::string_view not_exported = "a damaged register is not exported; register rebuild keeps what can be read of it";
constexpr std::string_view not_taken = "nothing was taken";

// Those whose names are not taken.
Result<ComingTables> choose_tables(RegisterPlace const& place, RegisterKey const& key, Landing const& landing, TableStore const& come) {
    ComingTables coming;
    std::string const folder = place.folder + "/tables";
    if (come.tables().empty() && !exists(folder)) return coming;
    TRY(make_folder(folder));
    coming.lock.emplace(TRY(FileLock::take(table::lock_path(folder))));
    std::shared_ptr<TableStore const> const own = TRY(TableStore::open(folder, key));
    TRY(refuse_damaged(own->verify(), not_taken));
    for (auto const& table : come.tables()) {
        std::vector<std::string> const files = table::files_of(*table);
        if (own->find(table->facts.name) || exists(folder + "/" + files.back())) continue;
        for (std::string const& name : files) coming.moves.emplace_back(landing.file(std::string(tables_part) + name), folder + "/" + name);
        ++coming.count;
    }
    return coming;
}

Result<> take_in(ComingTables const& coming) {
    for (auto const& [from, to] : coming.moves) {
        if (std::rename(from.c_str(), to.c_str()) != 0) return fail(Fault::io, "it could not be moved there", to);
    }
    return {};
}

// The tables' files as they are: those that were set aside, or left by a crash, stay behind.
Result<std::uint64_t> carry_tables(std::string const& folder, RegisterKey const& key, CarryWriter& writer) {
    if (!exists(folder)) return std::uint64_t{0};
    FileLock const lock = TRY(FileLock::take(table::lock_path(folder)));
    std::shared_ptr<TableStore const> const tables = TRY(TableStore::open(folder, key));
    TRY(refuse_damaged(tables->verify(), not_exported));
    for (auto const& table : tables->tables()) {
        for (std::string const& name : table::files_of(*table)) {
            TRY(writer.add(std::string(tables_part) + name, TRY(map_file(folder + "/" + name)).view()));
        }
    }
    return tables->tables().size();
}

}  // namespace

Result<Carried> export_register(RegisterPlace const& place, RegisterKey const& key, std::string const& file) {
    Carried carried;
    std::shared_ptr<Store const> const store = TRY(Store::open(place.folder, key));
    TRY(refuse_damaged(store->verify(), not_exported));
    TRY(refuse_damaged(verify_likenesses(place.folder, key), not_exported));
    std::string const segment = file + ".segment";
    struct Removal {
        std::string const& path;
        ~Removal() { unlink(path.c_str()); }
    } const removal{segment};
    TRY(store->export_to(segment));
    carried.documents = store->stats().documents;
    CarryWriter writer = TRY(CarryWriter::create(file, key));
    TRY(writer.add(segment_part, TRY(map_file(segment)).view()));
    for (std::string_view const name : {pictures_file, copies_file}) {
        std::string const path = place.folder + "/" + std::string(name);
        if (exists(path)) TRY(writer.add(name, TRY(map_file(path)).view()));
    }
    carried.tables = TRY(carry_tables(place.folder + "/tables", key, writer));
    TRY(writer.commit());
    return carried;
}

Result<Carried> import_register(RegisterPlace const& place, RegisterKey const& key, std::string const& file) {
    StoreWriter writer = TRY(StoreWriter::open(place.folder, key));
    std::shared_ptr<Store const> const own = TRY(Store::open(place.folder, key));
    TRY(refuse_damaged(own->verify(), not_taken));
    LikenessWriter likenesses = TRY(LikenessWriter::open(place.folder, key, *own));
    Blob const bytes = TRY(map_file(file));
    Landing const landing(place.folder + "/incoming");
    TRY(unpack(TRY(read_carried(bytes.view(), key, file)), landing));
    // All that comes, and all that it comes to, is read before any of it counts.
    std::shared_ptr<TableStore const> const tables = TRY(TableStore::open(landing.file("tables"), key));
    TRY(refuse_damaged(tables->verify(), not_taken));
    std::vector<std::uint64_t> const documents = TRY(writer.import_from(landing.file(segment_part)));
    TRY(likenesses.take_over(landing.path(), {documents.begin(), documents.end()}));
    ComingTables const coming = TRY(choose_tables(place, key, landing, *tables));
    // First by what a document is known, then that it is there: one that counts is known by all that it can be known by.
    TRY(likenesses.commit());
    TRY(writer.commit());
    TRY(take_in(coming));
    return Carried{documents.size(), coming.count};
}

}  // namespace keepmum
