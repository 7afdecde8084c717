// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/file.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "io/system_fault.h"

namespace keepmum {

namespace {

struct Descriptor {
    int number;
    ~Descriptor() {
        if (number >= 0) close(number);
    }
};

Result<> write_all(int descriptor, std::string_view bytes, std::string const& path) {
    while (!bytes.empty()) {
        ssize_t const written = write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return fail_system(Message::system_cannot_write, errno, path);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

std::string folder_of(std::string const& path) {
    std::size_t const slash = path.rfind('/');
    return slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

Result<std::shared_ptr<File>> File::open(std::string const& path) {
    // O_NONBLOCK: opening a named pipe must not wait for a writer. It has no effect on regular files.
    int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) return fail_system(Message::system_cannot_open, errno, path);
    std::shared_ptr<File> file(new File);
    file->descriptor_ = descriptor;
    struct stat status;
    if (fstat(descriptor, &status) != 0) return fail_system(Message::system_cannot_look, errno, path);
    if (!S_ISREG(status.st_mode)) return fail(Fault::unsupported, Message::fault_no_file, {}, path);
    file->size_ = static_cast<std::uint64_t>(status.st_size);
    file->modified_[0] = status.st_mtim.tv_sec;
    file->modified_[1] = status.st_mtim.tv_nsec;
    file->status_[0] = status.st_ctim.tv_sec;
    file->status_[1] = status.st_ctim.tv_nsec;
    return file;
}

File::~File() {
    if (descriptor_ >= 0) close(descriptor_);
}

Result<Blob> File::read(std::uint64_t offset, std::size_t size) const {
    if (offset >= size_) return Blob();
    if (size > size_ - offset) size = static_cast<std::size_t>(size_ - offset);
    // Not a string: that would clear the room before it is read into.
    auto const bytes = std::make_shared_for_overwrite<char[]>(size);
    std::size_t done = 0;
    while (done < size) {
        ssize_t const got = pread(descriptor_, bytes.get() + done, size - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_system(Message::system_cannot_read, errno, {});
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return Blob::adopt(bytes, {bytes.get(), done});
}

bool File::changed() const {
    struct stat status;
    if (fstat(descriptor_, &status) != 0) return true;
    return static_cast<std::uint64_t>(status.st_size) != size_ || status.st_mtim.tv_sec != modified_[0] ||
           status.st_mtim.tv_nsec != modified_[1] || status.st_ctim.tv_sec != status_[0] ||
           status.st_ctim.tv_nsec != status_[1];
}

Result<std::string> read_file(std::string const& path, std::size_t limit) {
    std::shared_ptr<File> const file = TRY(File::open(path));
    if (file->size() > limit) return fail(Fault::invalid, Message::fault_too_large, {}, path);
    Blob const blob = TRY(file->read(0, static_cast<std::size_t>(file->size())));
    return std::string(blob.view());
}

Result<std::string> read_standard_input(std::size_t limit, bool& cut) {
    std::string bytes;
    char buffer[1 << 16];
    cut = false;
    for (;;) {
        ssize_t const got = ::read(STDIN_FILENO, buffer, sizeof buffer);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail_system(Message::system_cannot_read_standard_input, errno, {});
        if (got == 0) return bytes;
        std::size_t const take = std::min(static_cast<std::size_t>(got), limit - bytes.size());
        bytes.append(buffer, take);
        if (take < static_cast<std::size_t>(got)) {
            cut = true;
            return bytes;
        }
    }
}

Result<> write_file(std::string const& path, std::string_view bytes, unsigned mode) {
    std::string const beside = path + ".new-" + std::to_string(getpid());
    {
        Descriptor const out{::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)};
        if (out.number < 0) return fail_system(Message::system_cannot_write, errno, path);
        Result<> written = write_all(out.number, bytes, path);
        if (written && fsync(out.number) != 0) written = fail_system(Message::system_cannot_write, errno, path);
        if (!written) {
            unlink(beside.c_str());
            return written;
        }
    }
    if (rename(beside.c_str(), path.c_str()) != 0) {
        Result<> const failed = fail_system(Message::system_cannot_write, errno, path);
        unlink(beside.c_str());
        return failed;
    }
    Descriptor const folder{::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (folder.number >= 0) fsync(folder.number);
    return {};
}

Result<> make_folder(std::string const& path) {
    if (path.empty() || exists(path)) return {};
    std::string const above = folder_of(path);
    if (above != path && above != ".") TRY(make_folder(above));
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return fail_system(Message::system_cannot_make_the_folder, errno, path);
    return {};
}

std::vector<std::string> list_folder(std::string const& path) {
    std::vector<std::string> names;
    DIR* const folder = opendir(path.c_str());
    if (!folder) return names;
    while (dirent const* const entry = readdir(folder)) {
        std::string_view const name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
    }
    closedir(folder);
    std::sort(names.begin(), names.end());
    return names;
}

bool exists(std::string const& path) {
    struct stat status;
    return stat(path.c_str(), &status) == 0;
}

}  // namespace keepmum
