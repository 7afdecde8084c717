// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/sink.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "io/system_fault.h"

namespace keepmum {

namespace {

constexpr std::size_t buffer_size = 64 * 1024;

Result<void> write_all(int descriptor, std::string_view bytes, std::string const& where) {
    while (!bytes.empty()) {
        ssize_t const wrote = ::write(descriptor, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) return fail_system(Message::system_cannot_write, errno, where);
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return {};
}

class DescriptorSink final : public ByteSink {
  public:
    explicit DescriptorSink(int descriptor) : descriptor_(descriptor) {}

    Result<void> append(std::string_view bytes) override {
        buffer_ += bytes;
        return buffer_.size() < buffer_size ? Result<void>() : flush();
    }
    Result<void> finish() override { return flush(); }

  private:
    Result<void> flush() {
        std::string const bytes = std::exchange(buffer_, {});
        return write_all(descriptor_, bytes, "");
    }

    int descriptor_;
    std::string buffer_;
};

class FileSink final : public ByteSink {
  public:
    FileSink(int descriptor, std::string path, std::string beside)
        : descriptor_(descriptor), path_(std::move(path)), beside_(std::move(beside)) {}
    FileSink(FileSink const&) = delete;
    FileSink& operator=(FileSink const&) = delete;
    ~FileSink() override {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (!beside_.empty()) ::unlink(beside_.c_str());
    }

    Result<void> append(std::string_view bytes) override {
        buffer_ += bytes;
        return buffer_.size() < buffer_size ? Result<void>() : flush();
    }

    Result<void> finish() override {
        TRY(flush());
        int const synced = ::fsync(descriptor_);
        int const closed = ::close(std::exchange(descriptor_, -1));
        // Some file systems cannot sync (EINVAL); the data is then as safe as they make it.
        if ((synced != 0 && errno != EINVAL) || closed != 0) return fail_system(Message::system_cannot_write, errno, path_);
        if (::rename(beside_.c_str(), path_.c_str()) != 0) return fail_system(Message::system_cannot_write, errno, path_);
        beside_.clear();
        return {};
    }

  private:
    Result<void> flush() {
        std::string const bytes = std::exchange(buffer_, {});
        return write_all(descriptor_, bytes, path_);
    }

    int descriptor_;
    std::string path_;
    std::string beside_;
    std::string buffer_;
};

class StringSink final : public ByteSink {
  public:
    explicit StringSink(std::string& out) : out_(out) {}
    Result<void> append(std::string_view bytes) override {
        out_ += bytes;
        return {};
    }
    Result<void> finish() override { return {}; }

  private:
    std::string& out_;
};

}  // namespace

std::unique_ptr<ByteSink> descriptor_sink(int descriptor) { return std::make_unique<DescriptorSink>(descriptor); }

std::unique_ptr<ByteSink> string_sink(std::string& out) { return std::make_unique<StringSink>(out); }

Result<std::unique_ptr<ByteSink>> file_sink(std::string path) {
    struct stat facts {};
    bool const stands = ::stat(path.c_str(), &facts) == 0;
    if (stands && S_ISDIR(facts.st_mode)) return fail_system(Message::system_cannot_write, EISDIR, path);
    if (stands && !S_ISREG(facts.st_mode)) {
        // A device or pipe (/dev/stdout, a fifo) cannot be replaced by renaming: written as it is.
        int const open_one = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
        if (open_one < 0) return fail_system(Message::system_cannot_write, errno, path);
        return std::unique_ptr<ByteSink>(new FileSink(open_one, path, ""));
    }
    std::string beside = path + "." + std::string(6, 'X');
    int const descriptor = ::mkostemp(beside.data(), O_CLOEXEC);
    if (descriptor < 0) return fail_system(Message::system_cannot_write, errno, path);
    // mkostemp makes the file private (0600). A report stays so: it tells where secrets lie.
    if (stands) ::fchmod(descriptor, facts.st_mode & 0777);
    return std::unique_ptr<ByteSink>(new FileSink(descriptor, std::move(path), std::move(beside)));
}

}  // namespace keepmum
