// Layout: the line "keepmum cache 1", a line with the key (64 hex digits), a line with the BLAKE2b
// of the content, the content. Who may write the file could make Hyperscan run what they like, so
// a file of another user, or one that others may write, is not touched.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/cache_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace keepmum {
namespace {

constexpr std::string_view magic = "keepmum cache 1\n";
constexpr std::string_view prefix = "search-";
constexpr std::size_t kept = 4;

std::string head(std::string const& key, std::string_view content) {
    return std::string(magic) + key + "\n" + fingerprint(Key{}, "cache", content, 32) + "\n";
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor const&) = delete;
    ~Descriptor() {
        if (number_ >= 0) close(number_);
    }
    int number() const { return number_; }
    bool open() const { return number_ >= 0; }

  private:
    int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t const written = ::write(descriptor, bytes.data(), bytes.size());
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void remove_old(std::string const& folder) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    std::vector<std::pair<fs::file_time_type, fs::path>> files;
    for (fs::directory_iterator at(folder, ignored), end; !ignored && at != end; at.increment(ignored)) {
        if (!at->path().filename().string().starts_with(prefix)) continue;
        files.emplace_back(fs::last_write_time(at->path(), ignored), at->path());
    }
    std::sort(files.rbegin(), files.rend());
    for (std::size_t i = kept; i < files.size(); ++i) fs::remove(files[i].second, ignored);
}

}  // namespace

CacheFile::CacheFile(std::string const& folder, std::string_view depends_on)
    : folder_(folder), key_(sha256_hex(depends_on)) {
    if (!folder.empty()) path_ = folder + "/" + std::string(prefix) + key_.substr(0, 16);
}

std::optional<std::string> CacheFile::read() const {
    if (path_.empty()) return std::nullopt;
    Descriptor const file(open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status {};
    if (!file.open() || fstat(file.number(), &status) != 0) return std::nullopt;
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & 022) != 0) return std::nullopt;
    std::size_t const head_size = magic.size() + 2 * 65;
    if (status.st_size < static_cast<off_t>(head_size) || status.st_size > (off_t{1} << 30)) return std::nullopt;
    std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
    for (std::size_t at = 0; at < bytes.size();) {
        ssize_t const got = ::read(file.number(), bytes.data() + at, bytes.size() - at);
        if (got <= 0) return std::nullopt;
        at += static_cast<std::size_t>(got);
    }
    std::string_view const content = std::string_view(bytes).substr(head_size);
    if (!bytes.starts_with(head(key_, content))) return std::nullopt;
    bytes.erase(0, head_size);
    return bytes;
}

void CacheFile::write(std::string_view content) const {
    if (path_.empty()) return;
    std::string const beside = path_ + "." + std::to_string(getpid());
    {
        Descriptor const file(open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file.open()) return;
        if (!write_all(file.number(), head(key_, content)) || !write_all(file.number(), content) ||
            rename(beside.c_str(), path_.c_str()) != 0) {
            unlink(beside.c_str());
            return;
        }
    }
    remove_old(folder_);
}

}  // namespace keepmum
