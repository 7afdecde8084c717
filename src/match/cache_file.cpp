// Layout: the line "keepmum cache 2", a line with the key (64 hex digits), a line with the length of the front (8 digits),
// a line with the BLAKE2b of this length and the front, the front, the body. Who may write the file could make Hyperscan
// run what they like, whatever hash it bears, so a file of another user, or one that others may write, is not touched.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "match/cache_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/hash.h"

namespace keepmum {
namespace {

constexpr std::string_view magic = "keepmum cache 2\n";
constexpr std::string_view prefix = "search-";
constexpr std::size_t kept = 4;

constexpr std::size_t length_digits = 8;
constexpr std::size_t head_size = magic.size() + 65 + length_digits + 1 + 65;

std::string length_line(std::string_view front) {
    std::string const length = std::to_string(front.size());
    return std::string(length_digits - std::min(length.size(), length_digits), '0') + length + "\n";
}

std::string head(std::string const& key, std::string const& front) {
    std::string const length = length_line(front);
    return std::string(magic) + key + "\n" + length + fingerprint(Key{}, "cache", length + front, 32) + "\n";
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

bool read_all(int descriptor, std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
        ssize_t const got = ::read(descriptor, bytes.data() + at, bytes.size() - at);
        if (got <= 0) return false;
        at += static_cast<std::size_t>(got);
    }
    return true;
}

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
    : folder_(folder), key_(fingerprint(Key{}, "cache", depends_on, 32)) {
    if (!folder.empty()) path_ = folder + "/" + std::string(prefix) + key_.substr(0, 16);
}

std::optional<CacheFile::Content> CacheFile::read() const {
    if (path_.empty()) return std::nullopt;
    Descriptor const file(open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status {};
    if (!file.open() || fstat(file.number(), &status) != 0) return std::nullopt;
    if (!S_ISREG(status.st_mode) || status.st_uid != geteuid() || (status.st_mode & 022) != 0) return std::nullopt;
    if (status.st_size < static_cast<off_t>(head_size) || status.st_size > (off_t{1} << 30)) return std::nullopt;
    std::string begin(head_size, '\0');
    if (!read_all(file.number(), begin)) return std::nullopt;
    std::uint64_t length = 0;
    for (char c : begin.substr(magic.size() + 65, length_digits)) length = length * 10 + static_cast<std::uint64_t>(c - '0') % 10;
    std::uint64_t const left = static_cast<std::uint64_t>(status.st_size) - head_size;
    if (length > left) return std::nullopt;
    Content content{std::string(length, '\0'), std::string(left - length, '\0')};
    if (!read_all(file.number(), content.front) || !read_all(file.number(), content.body)) return std::nullopt;
    if (begin != head(key_, content.front)) return std::nullopt;
    return content;
}

void CacheFile::write(Content const& content) const {
    if (path_.empty()) return;
    std::string const beside = path_ + "." + std::to_string(getpid());
    {
        Descriptor const file(open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file.open()) return;
        if (!write_all(file.number(), head(key_, content.front)) || !write_all(file.number(), content.front) ||
            !write_all(file.number(), content.body) ||
            rename(beside.c_str(), path_.c_str()) != 0) {
            unlink(beside.c_str());
            return;
        }
    }
    remove_old(folder_);
}

}  // namespace keepmum
