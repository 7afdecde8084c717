// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/walk.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace keepmum {

namespace {

Gap unreadable(std::string const& name, std::string detail) {
    Gap gap;
    gap.place.source = name;
    gap.cause = Cause::unreadable;
    gap.stage = Stage::open;
    gap.detail = std::move(detail);
    return gap;
}

std::string_view kind_of(mode_t mode) {
    if (S_ISCHR(mode) || S_ISBLK(mode)) return "a device, not a file";
    if (S_ISFIFO(mode)) return "a pipe, not a file";
    if (S_ISSOCK(mode)) return "a socket, not a file";
    return "not a file";
}

class Walk final : public Source {
  public:
    explicit Walk(std::vector<std::string> paths) : paths_(std::move(paths)) {}

    std::optional<Item> next() override {
        for (;;) {
            if (open_.empty()) {
                if (at_ == paths_.size()) return std::nullopt;
                if (std::optional<Item> item = start(paths_[at_++])) return item;
                continue;
            }
            Folder& folder = open_.back();
            if (folder.next == folder.entries.size()) {
                open_.pop_back();
                continue;
            }
            Entry const& entry = folder.entries[folder.next++];
            std::string path = folder.prefix + entry.name;
            if (!entry.is_folder) return Item{path, path, {}};
            if (std::optional<Item> failed = list(std::move(path))) return failed;
        }
    }

  private:
    struct Entry {
        std::string name;
        bool is_folder = false;
    };
    // A folder on the way down to what comes next.
    struct Folder {
        std::string prefix;  // its path with a slash behind it
        std::vector<Entry> entries;
        std::size_t next = 0;
    };

    // The item that a path given by the user stands for; nothing, and a folder opened, where it is one.
    std::optional<Item> start(std::string const& path) {
        struct stat status;
        if (path == "-") return Item{path, "", {}};
        if (stat(path.c_str(), &status) != 0) {
            int const code = errno;
            struct stat link;
            bool const dangling = code == ENOENT && lstat(path.c_str(), &link) == 0;
            return Item{path, path, unreadable(path, dangling ? "a link that points to nothing" : std::strerror(code))};
        }
        if (S_ISDIR(status.st_mode)) return list(path);
        if (!S_ISREG(status.st_mode)) return Item{path, path, unreadable(path, std::string(kind_of(status.st_mode)))};
        return Item{path, path, {}};
    }

    // Opens a folder to be gone through; an item with a gap where it cannot be listed, or not to its end.
    std::optional<Item> list(std::string path) {
        DIR* const open = opendir(path.c_str());
        if (!open) return Item{path, path, unreadable(path, std::strerror(errno))};
        Folder folder;
        folder.prefix = path.ends_with('/') ? path : path + "/";
        errno = 0;
        while (dirent const* const entry = readdir(open)) {
            std::string_view const name = entry->d_name;
            if (name == "." || name == "..") continue;
            unsigned char type = entry->d_type;
            if (type == DT_UNKNOWN) {  // some file systems do not tell
                struct stat status;
                if (fstatat(dirfd(open), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) != 0) continue;
                type = S_ISREG(status.st_mode) ? DT_REG : S_ISDIR(status.st_mode) ? DT_DIR : DT_CHR;
                errno = 0;
            }
            if (type == DT_REG || type == DT_DIR) folder.entries.push_back({std::string(name), type == DT_DIR});
        }
        bool const broken = errno != 0;
        closedir(open);
        std::sort(folder.entries.begin(), folder.entries.end(), sorts_before);
        open_.push_back(std::move(folder));
        if (broken) return Item{path, path, unreadable(path, "the folder could not be listed to its end")};
        return std::nullopt;
    }

    // A folder sorts as if its name ended in '/', so that the whole stream is sorted by path.
    static bool sorts_before(Entry const& a, Entry const& b) {
        if (a.is_folder == b.is_folder && !a.is_folder) return a.name < b.name;
        return a.name + (a.is_folder ? "/" : "") < b.name + (b.is_folder ? "/" : "");
    }

    std::vector<std::string> paths_;
    std::size_t at_ = 0;
    std::vector<Folder> open_;  // a stack: the innermost at the back
};

}  // namespace

std::unique_ptr<Source> walk(std::vector<std::string> paths) { return std::make_unique<Walk>(std::move(paths)); }

}  // namespace keepmum
