// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/file_writer.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "io/system_fault.h"

namespace keepmum {

namespace {

constexpr std::size_t buffered = 1u << 20;

tl::unexpected<Error> cannot_write(std::string const& path) { return fail_system(Message::system_cannot_write, errno, path); }

}  // namespace

Result<FileWriter> FileWriter::create(std::string const& path, unsigned mode) {
    FileWriter writer;
    writer.path_ = path;
    writer.beside_ = path + std::string(unfinished);
    writer.descriptor_ = open(writer.beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
    if (writer.descriptor_ < 0) return cannot_write(path);
    return writer;
}

FileWriter::FileWriter(FileWriter&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)), beside_(std::move(other.beside_)),
      buffer_(std::move(other.buffer_)), written_(other.written_) {}

FileWriter::~FileWriter() {
    if (descriptor_ < 0) return;
    close(descriptor_);
    unlink(beside_.c_str());
}

Result<> FileWriter::append(std::string_view bytes) {
    buffer_ += bytes;
    return buffer_.size() < buffered ? Result<>() : flush();
}

Result<> FileWriter::flush() {
    std::string const bytes = std::exchange(buffer_, {});
    std::uint64_t const at = std::exchange(written_, written_ + bytes.size());
    return write_at(at, bytes);
}

Result<> FileWriter::write_at(std::uint64_t offset, std::string_view bytes) {
    if (!buffer_.empty()) TRY(flush());
    while (!bytes.empty()) {
        ssize_t const done = pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return cannot_write(path_);
        bytes.remove_prefix(static_cast<std::size_t>(done));
        offset += static_cast<std::uint64_t>(done);
    }
    return {};
}

Result<> FileWriter::commit() {
    TRY(flush());
    if (fsync(descriptor_) != 0) return cannot_write(path_);
    if (rename(beside_.c_str(), path_.c_str()) != 0) return cannot_write(path_);
    close(std::exchange(descriptor_, -1));
    std::size_t const slash = path_.rfind('/');
    std::string const folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path_.substr(0, slash);
    int const above = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (above >= 0) {
        fsync(above);
        close(above);
    }
    return {};
}

}  // namespace keepmum
