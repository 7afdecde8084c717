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
            if (!pending_.empty()) {
                Entry entry = std::move(pending_.back());
                pending_.pop_back();
                if (!entry.is_folder) return std::move(entry.item);
                if (std::optional<Item> failed = list(entry.item.path)) return failed;
            } else if (at_ < paths_.size()) {
                start(paths_[at_++]);
            } else {
                return std::nullopt;
            }
        }
    }

  private:
    struct Entry {
        Item item;
        bool is_folder = false;
    };

    // Puts down what a path given by the user stands for.
    void start(std::string const& path) {
        std::optional<Gap> gap;
        bool is_folder = false;
        struct stat status;
        if (path == "-") {
            pending_.push_back({{path, "", {}}, false});
            return;
        }
        if (stat(path.c_str(), &status) != 0) {
            struct stat link;
            bool const dangling = errno == ENOENT && lstat(path.c_str(), &link) == 0;
            gap = unreadable(path, dangling ? "a link that points to nothing" : std::strerror(errno));
        } else if (S_ISDIR(status.st_mode)) {
            is_folder = true;
        } else if (!S_ISREG(status.st_mode)) {
            gap = unreadable(path, std::string(kind_of(status.st_mode)));
        }
        pending_.push_back({{path, path, std::move(gap)}, is_folder});
    }

    // Puts down a folder's entries, last first; an item with a gap where it cannot be listed.
    std::optional<Item> list(std::string const& folder) {
        DIR* const open = opendir(folder.c_str());
        if (!open) return Item{folder, folder, unreadable(folder, std::strerror(errno))};
        std::vector<Entry> entries;
        std::string const prefix = folder.ends_with('/') ? folder : folder + "/";
        errno = 0;
        while (dirent const* const entry = readdir(open)) {
            std::string_view const name = entry->d_name;
            if (name == "." || name == "..") continue;
            std::string path = prefix + std::string(name);
            unsigned char type = entry->d_type;
            if (type == DT_UNKNOWN) {  // some file systems do not tell
                struct stat status;
                if (lstat(path.c_str(), &status) != 0) continue;
                type = S_ISREG(status.st_mode) ? DT_REG : S_ISDIR(status.st_mode) ? DT_DIR : DT_CHR;
                errno = 0;
            }
            if (type == DT_REG || type == DT_DIR) entries.push_back({{path, path, {}}, type == DT_DIR});
        }
        bool const broken = errno != 0;
        closedir(open);
        std::sort(entries.begin(), entries.end(), [](Entry const& a, Entry const& b) { return sorts_after(a, b); });
        for (Entry& entry : entries) pending_.push_back(std::move(entry));
        if (broken) return Item{folder, folder, unreadable(folder, "the folder could not be listed to its end")};
        return std::nullopt;
    }

    // A folder sorts as if its name ended in '/', so that the whole stream is sorted by path.
    static bool sorts_after(Entry const& a, Entry const& b) {
        if (!a.is_folder && !b.is_folder) return a.item.path > b.item.path;
        return a.item.path + (a.is_folder ? "/" : "") > b.item.path + (b.is_folder ? "/" : "");
    }

    std::vector<std::string> paths_;
    std::size_t at_ = 0;
    std::vector<Entry> pending_;  // a stack: the next one is at the back
};

}  // namespace

std::unique_ptr<Source> walk(std::vector<std::string> paths) { return std::make_unique<Walk>(std::move(paths)); }

}  // namespace keepmum
