// SPDX-License-Identifier: GPL-3.0-or-later
#include "index/table/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "io/system_fault.h"

namespace keepmum::table {

namespace {

constexpr std::size_t buffer_size = 64u << 10;

Result<> write_all(int file, std::uint64_t at, std::string_view bytes, std::string const& where) {
    while (!bytes.empty()) {
        ssize_t const done = pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return fail_system(Message::system_cannot_write, errno, where);
        bytes.remove_prefix(static_cast<std::size_t>(done));
        at += static_cast<std::uint64_t>(done);
    }
    return {};
}

}  // namespace

Handle& Handle::operator=(Handle&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
}

Handle::~Handle() {
    if (number_ >= 0) close(number_);
}

Result<Spool> Spool::make(std::string const& folder) {
    std::string path = folder + "/spool-XXXXXX";
    Spool spool;
    spool.file_ = Handle(mkostemp(path.data(), O_CLOEXEC));
    if (spool.file_.number() < 0) return fail_system(Message::system_cannot_write, errno, folder);
    unlink(path.c_str());
    spool.folder_ = folder;
    return spool;
}

Result<> Spool::append(std::string_view bytes) {
    buffer_ += bytes;
    return buffer_.size() < buffer_size ? Result<>() : flush();
}

Result<> Spool::flush() {
    TRY(write_all(file_.number(), size_, buffer_, folder_));
    size_ += buffer_.size();
    buffer_.clear();
    return {};
}

Result<std::string> Spool::take(std::size_t most) {
    TRY(flush());
    std::string().swap(buffer_);
    std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(most, size_ - taken_)), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
        ssize_t const got = pread(file_.number(), bytes.data() + done, bytes.size() - done, static_cast<off_t>(taken_ + done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return fail_system(Message::system_cannot_read_back, errno, folder_);
        done += static_cast<std::size_t>(got);
    }
    taken_ += bytes.size();
    if (taken_ < size_) return bytes;
    size_ = taken_ = 0;
    (void)!ftruncate(file_.number(), 0);  // frees its room early; where that fails, its end does
    return bytes;
}

Result<BlockWriter> BlockWriter::make(std::string const& path, SipKey check) {
    BlockWriter out(path);
    out.finished_ = true;  // until there is a file of ours
    out.file_ = Handle(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (out.file_.number() < 0) return fail_system(Message::system_cannot_write, errno, path);
    out.finished_ = false;
    out.check_ = check;
    return out;
}

BlockWriter::~BlockWriter() {
    if (file_.number() >= 0 && !finished_) unlink(path_.c_str());
}

Result<> BlockWriter::write_at(std::uint64_t at, std::string_view bytes) { return write_all(file_.number(), at, bytes, path_); }

Result<> BlockWriter::append(std::string_view bytes) {
    buffer_ += bytes;
    return buffer_.size() < buffer_size ? Result<>() : flush_blocks();
}

Result<> BlockWriter::flush_blocks() {
    std::size_t const whole = buffer_.size() / block_size * block_size;
    for (std::size_t at = 0; at < whole; at += block_size) {
        hashes_.push_back(siphash(check_, std::string_view(buffer_).substr(at, block_size)));
    }
    TRY(write_at(written_, std::string_view(buffer_).substr(0, whole)));
    written_ += whole;
    buffer_.erase(0, whole);
    return {};
}

Result<> BlockWriter::end_section() {
    buffer_.resize(block_end(buffer_.size()));
    return flush_blocks();
}

Result<> BlockWriter::reserve(std::uint64_t size) {
    hashes_.resize(hashes_.size() + block_end(size) / block_size);
    written_ += block_end(size);
    return {};
}

Result<> BlockWriter::fill(std::uint64_t at, std::string_view bytes) {
    for (std::uint64_t begin = 0; begin < bytes.size(); begin += block_size) {
        std::string block(bytes.substr(begin, block_size));
        block.resize(block_size);
        hashes_[(at + begin) / block_size - 1] = siphash(check_, block);
        TRY(write_at(at + begin, block));
    }
    return {};
}

Result<> BlockWriter::finish(Header& header) {
    TRY(end_section());
    std::string_view const checks(reinterpret_cast<char const*>(hashes_.data()), hashes_.size() * 8);
    TRY(write_at(written_, checks));
    header.size = written_ + checks.size();
    header.checks_hash = siphash(check_, checks);
    std::string block(block_size, '\0');
    header.header_hash = siphash(check_, {reinterpret_cast<char const*>(&header), sizeof header - 8});
    std::memcpy(block.data(), &header, sizeof header);
    TRY(write_at(0, block));
    if (fsync(file_.number()) != 0) return fail_system(Message::system_cannot_write, errno, path_);
    finished_ = true;
    return {};
}

Result<> PackedWriter::append(std::uint64_t value) {
    ++count_;
    pending_ |= value << pending_bits_;
    std::uint32_t const had = pending_bits_;
    pending_bits_ += bits_;
    if (pending_bits_ < 64) return {};
    TRY(out_.append({reinterpret_cast<char const*>(&pending_), 8}));
    pending_bits_ -= 64;
    pending_ = had == 0 ? 0 : value >> (64 - had);
    return {};
}

Result<> PackedWriter::finish() {
    TRY(out_.append({reinterpret_cast<char const*>(&pending_), (pending_bits_ + 7) / 8}));
    TRY(out_.append(std::string_view("\0\0\0\0\0\0\0\0", slack)));
    return out_.end_section();
}

}  // namespace keepmum::table
