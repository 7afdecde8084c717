// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/append_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "io/system_fault.h"

namespace keepmum {

namespace {

tl::unexpected<Error> cannot_write(std::string const& path) { return fail_system(Message::system_cannot_write, errno, path); }

}  // namespace

Result<AppendFile> AppendFile::open(std::string const& path) {
    int const descriptor = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return cannot_write(path);
    return AppendFile(descriptor, path);
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(path_, other.path_);
    return *this;
}

AppendFile::~AppendFile() {
    if (descriptor_ >= 0) close(descriptor_);
}

bool AppendFile::empty() const {
    struct stat status;
    return fstat(descriptor_, &status) == 0 && status.st_size == 0;
}

Result<> AppendFile::append(std::string_view bytes) {
    struct stat before;
    if (fstat(descriptor_, &before) != 0) return cannot_write(path_);
    while (!bytes.empty()) {
        ssize_t const done = write(descriptor_, bytes.data(), bytes.size());
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) {
            tl::unexpected<Error> const error = cannot_write(path_);
            if (ftruncate(descriptor_, before.st_size) != 0) return cannot_write(path_);
            return error;
        }
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return {};
}

Result<> AppendFile::sync() {
    if (fdatasync(descriptor_) != 0) return cannot_write(path_);
    return {};
}

}  // namespace keepmum
