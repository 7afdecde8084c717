// SPDX-License-Identifier: GPL-3.0-or-later
#include "register/carry.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>

#include "index/likeness/digest_map.h"
#include "index/likeness/picture_store.h"
#include "index/siphash.h"
#include "index/store.h"
#include "index/table/store.h"
#include "io/file.h"
#include "io/file_writer.h"
#include "io/lock.h"
#include "io/mapping.h"

namespace keepmum {

namespace {

constexpr std::string_view heading = "keepmum register export 1\n", segment_part = "segment", tables_part = "tables/";
constexpr std::size_t head_size = 2 + 8, most_name = 64;

std::uint64_t check_heads(RegisterKey const& key, std::string_view heads) { return siphash(SipKey::from(key.derive("export")), heads); }

std::string head_of(std::string_view name, std::uint64_t size) {
    std::string head(head_size, '\0');
    auto const length = static_cast<std::uint16_t>(name.size());
    std::memcpy(head.data(), &length, sizeof length);
    std::memcpy(head.data() + sizeof length, &size, sizeof size);
    return head.append(name);
}

class Parts {
  public:
    explicit Parts(FileWriter& file) : file_(file) {}

    Result<> add(std::string_view name, std::string const& path) {
        if (!exists(path)) return {};
        Blob const bytes = std::filesystem::file_size(path) == 0 ? Blob() : TRY(map_file(path));
        std::string const head = head_of(name, bytes.size());
        heads_ += head;
        TRY(file_.append(head));
        return file_.append(bytes.view());
    }
    Result<> finish(RegisterKey const& key) {
        std::uint64_t const check = check_heads(key, heads_);
        TRY(file_.append(head_of("", sizeof check)));
        return file_.append({reinterpret_cast<char const*>(&check), sizeof check});
    }

  private:
    FileWriter& file_;
    std::string heads_;
};

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

bool is_part(std::string_view name) {
    if (name == segment_part || name == pictures_file || name == copies_file) return true;
    if (!name.starts_with(tables_part)) return false;
    name.remove_prefix(tables_part.size());
    auto const plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-' || c == '.'; };
    return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), plain);
}

// Writes the parts of `bytes` to the landing.
Result<> unpack(Blob const& bytes, RegisterKey const& key, std::string const& file, Landing const& landing) {
    auto const damaged = [&file] { return fail(Fault::invalid, "cut short, or bytes of it were changed", file); };
    TRY(make_folder(landing.file("tables")));
    std::string heads;
    for (std::size_t at = heading.size(); bytes.size() - at >= head_size;) {
        std::uint16_t length = 0;
        std::uint64_t size = 0;
        std::memcpy(&length, bytes.data() + at, sizeof length);
        std::memcpy(&size, bytes.data() + at + sizeof length, sizeof size);
        at += head_size;
        if (length > most_name || length > bytes.size() - at) return damaged();
        std::string_view const name = bytes.view().substr(at, length);
        at += length;
        if (size > bytes.size() - at) return damaged();
        std::string_view const content = bytes.view().substr(at, size);
        at += size;
        if (name.empty()) {
            std::uint64_t const check = check_heads(key, heads);
            bool const good = size == sizeof check && at == bytes.size() && std::memcmp(content.data(), &check, sizeof check) == 0;
            return good ? Result<>() : damaged();
        }
        if (!is_part(name)) return damaged();
        heads += head_of(name, size);
        FileWriter writer = TRY(FileWriter::create(landing.file(name)));
        TRY(writer.append(content));
        TRY(writer.commit());
    }
    return damaged();
}

// Of what came, what belongs to documents of which `own` has nothing yet, is added to it. False where that is nothing.
template <class Each>
bool take_over(std::vector<Each> const& come, std::vector<Each>& own) {
    std::set<std::uint64_t> known;
    for (Each const& each : own) known.insert(each.document);
    std::size_t const before = own.size();
    std::copy_if(come.begin(), come.end(), std::back_inserter(own), [&](Each const& each) { return !known.contains(each.document); });
    return own.size() > before;
}

Result<> take_likenesses(RegisterPlace const& place, RegisterKey const& key, Landing const& landing) {
    std::string const pictures = place.folder + "/" + std::string(pictures_file), copies = place.folder + "/" + std::string(copies_file);
    std::vector<StoredPicture> own = TRY(read_pictures(pictures, key));
    if (take_over(TRY(read_pictures(landing.file(pictures_file), key)), own)) TRY(write_pictures(pictures, key, own));
    std::vector<TaggedDocument> tags = TRY(TRY(DigestMap::open(copies, key)).list());
    if (take_over(TRY(TRY(DigestMap::open(landing.file(copies_file), key)).list()), tags)) TRY(DigestMap::write(copies, key, tags));
    return {};
}

// The files of tables whose names are not taken, that which names the others last.
Result<std::uint64_t> take_tables(RegisterPlace const& place, RegisterKey const& key, Landing const& landing, TableStore const& come) {
    if (come.tables().empty()) return std::uint64_t{0};
    std::string const folder = place.folder + "/tables";
    TRY(make_folder(folder));
    FileLock const lock = TRY(FileLock::take(table::lock_path(folder)));
    std::shared_ptr<TableStore const> const own = TRY(TableStore::open(folder, key));
    std::uint64_t taken = 0;
    for (auto const& table : come.tables()) {
        if (own->find(table->facts.name)) continue;
        std::vector<std::string> names;
        for (ProtectedTable::Piece const& piece : table->pieces) {
            names.push_back(table::file_name(table->id, piece.number, ".part"));
            if (piece.gone_file > 0) names.push_back(table::file_name(table->id, piece.gone_file, ".gone"));
        }
        names.push_back(table->id + ".table");
        for (std::string const& name : names) {
            if (std::rename(landing.file("tables/" + name).c_str(), (folder + "/" + name).c_str()) != 0) {
                return fail(Fault::io, "it could not be moved there", folder + "/" + name);
            }
        }
        ++taken;
    }
    return taken;
}

Result<> refuse_damaged(std::vector<Damage> const& damage) {
    if (damage.empty()) return {};
    return fail(Fault::invalid, damage[0].what, damage[0].file);
}

}  // namespace

Result<Carried> export_register(RegisterPlace const& place, RegisterKey const& key, std::string const& file) {
    Carried carried;
    std::shared_ptr<Store const> const store = TRY(Store::open(place.folder, key));
    std::string const segment = file + ".segment";
    struct Removal {
        std::string const& path;
        ~Removal() { unlink(path.c_str()); }
    } const removal{segment};
    TRY(store->export_to(segment));
    carried.documents = store->stats().documents;
    FileWriter writer = TRY(FileWriter::create(file));
    TRY(writer.append(heading));
    Parts parts(writer);
    TRY(parts.add(segment_part, segment));
    for (std::string_view const name : {pictures_file, copies_file}) TRY(parts.add(name, place.folder + "/" + std::string(name)));
    if (std::string const folder = place.folder + "/tables"; exists(folder)) {
        FileLock const lock = TRY(FileLock::take(table::lock_path(folder)));
        std::shared_ptr<TableStore const> const tables = TRY(TableStore::open(folder, key));
        TRY(refuse_damaged(tables->damage()));
        carried.tables = tables->tables().size();
        for (std::string const& name : list_folder(folder)) {
            std::string const part = std::string(tables_part) + name;
            if (is_part(part) && name != "lock") TRY(parts.add(part, folder + "/" + name));
        }
    }
    TRY(parts.finish(key));
    TRY(writer.commit());
    return carried;
}

Result<Carried> import_register(RegisterPlace const& place, RegisterKey const& key, std::string const& file) {
    Carried carried;
    StoreWriter writer = TRY(StoreWriter::open(place.folder, key));
    Blob const bytes = TRY(map_file(file));
    if (!bytes.view().starts_with(heading)) {
        carried.documents = TRY(writer.import_from(file));
        TRY(writer.commit());
        return carried;
    }
    Landing const landing(place.folder + "/incoming");
    TRY(unpack(bytes, key, file, landing));
    std::shared_ptr<TableStore const> const tables = TRY(TableStore::open(landing.file("tables"), key));
    TRY(refuse_damaged(tables->verify()));
    carried.documents = TRY(writer.import_from(landing.file(segment_part)));
    // Before the documents count: one that counts is known by all that it can be known by.
    TRY(take_likenesses(place, key, landing));
    TRY(writer.commit());
    carried.tables = TRY(take_tables(place, key, landing, *tables));
    return carried;
}

}  // namespace keepmum
