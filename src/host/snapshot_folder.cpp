// SPDX-License-Identifier: GPL-3.0-or-later
#include "host/snapshot_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>

#include "base/base64.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/tree.h"
#include "host/snapshot_text.h"
#include "io/file.h"
#include "io/system_fault.h"

namespace keepmum {

namespace {

constexpr std::string_view manifest_name = "manifest.json", kind_name = "keepmum-snapshot";
constexpr std::size_t most_files = 100'000, most_bytes = 64u << 20, most_total = 256u << 20, most_depth = 40;

// Where a path of the snapshot lies in the folder.
std::string place_of(std::string_view path) {
    if (path.starts_with('/')) return "root" + std::string(path);
    if (path.starts_with("users/") || path.starts_with("cmd/")) return std::string(path);
    return "files/" + std::string(path);
}

// And back; "" for what is no part of a snapshot.
std::string path_of(std::string_view place) {
    if (place.starts_with("root/")) return std::string(place.substr(4));
    if (place.starts_with("users/") || place.starts_with("cmd/")) return std::string(place);
    if (place.starts_with("files/")) return std::string(place.substr(6));
    return {};
}

// Whether a file of that path can lie in a folder: none of its own lies below it, and its names are not too long.
bool fits_disk(Snapshot const& snapshot, std::string_view path) {
    constexpr std::size_t longest_name = 255;
    for (std::size_t at = 0; at < path.size();) {
        std::size_t const slash = std::min(path.find('/', at), path.size());
        if (slash - at > longest_name) return false;
        at = slash + 1;
    }
    std::string const below = std::string(path) + "/";
    auto const next = snapshot.entries().lower_bound(below);
    return next == snapshot.entries().end() || !next->first.starts_with(below);
}

std::string print_manifest(Snapshot const& snapshot) {
    std::string out;
    JsonWriter json(out);
    json.begin_object().field("type", kind_name).field("version", 1).field("system", snapshot.system).field("host", snapshot.host);
    json.field("taken", snapshot.taken).field("collector", snapshot.collector).field("otherwise", word(snapshot.otherwise));
    json.key("users").begin_array();
    for (SnapshotUser const& user : snapshot.users()) json.begin_object().field("name", user.name).field("home", user.home).end_object();
    json.end_array().key("items").begin_array();
    for (auto const& [path, entry] : snapshot.entries()) {
        out += "\n";
        json.begin_object().field("path", path).field("state", word(entry.seen));
        if (entry.folder) {
            json.key("names").begin_array();
            for (std::string const& name : entry.names) json.value(name);
            json.end_array();
        } else if (entry.seen == Seen::present) {
            if (entry.cut) json.field("cut", true);
            if (fits_disk(snapshot, path)) json.field("sha256", sha256_hex(entry.bytes));
            else json.field("base64", encode_base64(entry.bytes));
        }
        json.end_object();
    }
    json.end_array().end_object();
    return out + "\n";
}

// ---- Reading bytes.

class RawReader {
  public:
    std::vector<RawFile> read(int folder) {
        walk(folder, "", 0);
        std::sort(files_.begin(), files_.end(), [](RawFile const& a, RawFile const& b) { return a.path < b.path; });
        return std::move(files_);
    }

    void read_file(int parent, char const* name, std::string path) {
        int const file = openat(parent, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        RawFile raw{std::move(path), {}, Seen::present, false};
        struct stat facts{};
        if (file < 0) raw.seen = errno == EACCES || errno == EPERM ? Seen::denied : Seen::damaged;
        else if (fstat(file, &facts) != 0 || !S_ISREG(facts.st_mode)) raw.seen = Seen::damaged;
        else fill(file, raw);
        if (file >= 0) close(file);
        files_.push_back(std::move(raw));
    }

  private:
    void fill(int file, RawFile& raw) {
        char piece[65536];
        for (ssize_t got = 0; (got = ::read(file, piece, sizeof piece)) != 0;) {
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) {
                raw.seen = Seen::damaged;
                return;
            }
            raw.bytes.append(piece, static_cast<std::size_t>(got));
            total_ += static_cast<std::size_t>(got);
            raw.cut = raw.bytes.size() >= most_bytes || total_ >= most_total;
            if (raw.cut) return;
        }
    }

    void walk(int folder, std::string const& above, std::size_t depth) {
        DIR* const open_folder = fdopendir(folder);
        if (!open_folder) {
            close(folder);
            return;
        }
        while (dirent const* const entry = readdir(open_folder)) {
            std::string_view const name = entry->d_name;
            if (name == "." || name == "..") continue;
            std::string path = above + snapshot_name(name);
            struct stat facts{};
            bool const known = fstatat(dirfd(open_folder), entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0;
            if (!known || files_.size() >= most_files || total_ >= most_total || depth >= most_depth) {
                files_.push_back({std::move(path), {}, Seen::damaged, false});
                if (files_.size() > most_files) break;
            } else if (S_ISLNK(facts.st_mode)) {
                char target[1024];
                ssize_t const size = readlinkat(dirfd(open_folder), entry->d_name, target, sizeof target);
                std::string to(target, size > 0 ? static_cast<std::size_t>(size) : 0);
                files_.push_back({std::move(path), std::move(to), Seen::present, false});
            } else if (S_ISDIR(facts.st_mode)) {
                int const below = openat(dirfd(open_folder), entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
                if (below >= 0) walk(below, path + "/", depth + 1);
                else files_.push_back({std::move(path), {}, errno == EACCES ? Seen::denied : Seen::damaged, false});
            } else {
                read_file(dirfd(open_folder), entry->d_name, std::move(path));
            }
        }
        closedir(open_folder);
    }

    std::vector<RawFile> files_;
    std::size_t total_ = 0;

  public:
    std::vector<RawFile> taken() { return std::move(files_); }
};

// ---- Understanding them.

Result<> read_item(Tree const& item, Snapshot& snapshot) {
    std::string const path = TRY(item.text("path"));
    std::string const state = TRY(item.text("state"));
    std::optional<Seen> const seen = seen_of(state);
    if (!seen) return item.complain("state", "is none of present, absent, denied, damaged, uncollected");
    if (*seen != Seen::present) {
        if (!snapshot.file(path).present()) snapshot.put(path, *seen);
        return {};
    }
    if (item.has("names")) {
        snapshot.put_folder(path, TRY(item.texts("names")));
        return {};
    }
    bool const cut = TRY(item.flag("cut", false));
    if (item.has("base64")) {
        std::optional<std::string> bytes = decode_base64(TRY(item.text("base64")));
        if (bytes) snapshot.put(path, std::move(*bytes), cut);
        else snapshot.put(path, Seen::damaged);
        return {};
    }
    // What the manifest names and the folder lacks, or holds in other words, was changed afterwards.
    Look const look = snapshot.file(path);
    bool const same = look.present() && sha256_hex(look.bytes) == TRY(item.text("sha256"));
    if (!same) snapshot.put(path, Seen::damaged);
    else if (cut) snapshot.put(path, std::string(look.bytes), true);
    return {};
}

Result<> read_manifest(std::string_view text, Snapshot& snapshot) {
    constexpr std::uint32_t deepest = 8;
    Tree const tree = TRY(parse_json(text, manifest_name, deepest));
    if (!tree.is(Tree::Kind::table) || TRY(tree.text("type")) != kind_name) return tree.complain("type", "is not keepmum-snapshot");
    if (TRY(tree.whole("version")) != 1) return tree.complain("version", "is one that this keepmum does not know");
    snapshot.system = TRY(tree.text("system", "linux"));
    snapshot.host = TRY(tree.text("host", ""));
    snapshot.taken = TRY(tree.text("taken", ""));
    snapshot.collector = TRY(tree.text("collector", ""));
    snapshot.otherwise = seen_of(TRY(tree.text("otherwise", "uncollected"))).value_or(Seen::uncollected);
    for (Tree const& user : TRY(tree.tables("users"))) snapshot.put_user(TRY(user.text("name")), TRY(user.text("home", "")));
    for (Tree const& item : TRY(tree.tables("items"))) TRY(read_item(item, snapshot));
    return {};
}

}  // namespace

namespace {

Result<> write_files(Snapshot const& snapshot, std::string const& beside) {
    for (auto const& [path, entry] : snapshot.entries()) {
        if (entry.seen != Seen::present || entry.folder || !fits_disk(snapshot, path)) continue;
        std::string const file = beside + "/" + place_of(path);
        TRY(make_folder(file.substr(0, file.rfind('/'))));
        int const out = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        bool whole = out >= 0;
        for (std::string_view rest = entry.bytes; whole && !rest.empty();) {
            ssize_t const put = write(out, rest.data(), rest.size());
            whole = put > 0 || (put < 0 && errno == EINTR);
            if (put > 0) rest.remove_prefix(static_cast<std::size_t>(put));
        }
        if (out < 0 || close(out) != 0 || !whole) return fail_system(Message::system_cannot_write, errno, file);
    }
    return write_file(beside + "/" + std::string(manifest_name), print_manifest(snapshot), 0600);
}

}  // namespace

Result<> write_snapshot(Snapshot const& snapshot, std::string const& folder) {
    if (exists(folder) && !list_folder(folder).empty()) return fail(Fault::invalid, Message::fault_not_empty, {}, folder);
    std::string const beside = folder + ".part";
    if (mkdir(beside.c_str(), 0700) != 0) return fail_system(Message::system_cannot_make_the_folder, errno, beside);
    Result<> done = write_files(snapshot, beside);
    if (done) {
        (void)rmdir(folder.c_str());  // the empty one, if any
        if (rename(beside.c_str(), folder.c_str()) == 0) return {};
        done = fail_system(Message::system_cannot_make_the_folder, errno, folder);
    }
    std::error_code ignored;
    std::filesystem::remove_all(beside, ignored);
    return done;
}

Result<std::vector<RawFile>> read_raw(std::string const& path) {
    // The path that the person gave may itself lead over links; inside, none is followed.
    int const opened = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat facts{};
    if (opened < 0 || fstat(opened, &facts) != 0) {
        int const code = errno;
        if (opened >= 0) close(opened);
        return fail_system(Message::system_cannot_open, code, path);
    }
    RawReader reader;
    if (S_ISDIR(facts.st_mode)) return reader.read(opened);
    close(opened);
    reader.read_file(AT_FDCWD, path.c_str(), snapshot_name(path.substr(path.rfind('/') + 1)));
    return reader.taken();
}

Result<Snapshot> snapshot_of(std::vector<RawFile> files) {
    if (files.size() == 1 && is_snapshot_text(files[0].bytes)) {
        return std::move(TRY(read_snapshot_text(files[0].bytes, files[0].path)).snapshot);
    }
    RawFile const* manifest = nullptr;
    bool ours = false;
    for (RawFile const& file : files) {
        if (file.path == manifest_name && file.bytes.find(kind_name) != std::string::npos) manifest = &file;
        ours = ours || file.path.starts_with("root/");
    }
    Snapshot snapshot;
    for (RawFile& file : files) {
        if (&file == manifest) continue;
        std::string const path = manifest || ours ? path_of(file.path) : file.path;
        if (path.empty()) continue;
        if (file.seen == Seen::present) snapshot.put(path, std::move(file.bytes), file.cut);
        else snapshot.put(path, file.seen);
        if (path.starts_with("users/")) {
            std::size_t const end = path.find('/', 6);
            if (!manifest && end != std::string::npos) snapshot.put_user(path.substr(6, end - 6), "");
        }
    }
    if (manifest) TRY(read_manifest(manifest->bytes, snapshot));
    return snapshot;
}

}  // namespace keepmum
