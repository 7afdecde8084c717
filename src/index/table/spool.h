// Files that a table is built with: spools without a name, and the writer of a part's blocks.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/siphash.h"
#include "index/table/format.h"

namespace keepmum::table {

// A descriptor that closes itself.
class Handle {
  public:
    explicit Handle(int number = -1) : number_(number) {}
    Handle(Handle&& other) noexcept : number_(other.number_) { other.number_ = -1; }
    Handle& operator=(Handle&& other) noexcept;
    ~Handle();
    int number() const { return number_; }

  private:
    int number_;
};

// Bytes put by on disk: first appended, then taken in the same order. The file has no name, so nothing is left of it.
class Spool {
  public:
    Spool() = default;
    static Result<Spool> make(std::string const& folder);
    Result<> append(std::string_view bytes);
    // The next bytes, at most `most`; empty where all were taken, and the spool's room is free again.
    Result<std::string> take(std::size_t most);

  private:
    Result<> flush();
    Handle file_;
    std::string folder_;  // for complaints
    std::string buffer_;
    std::uint64_t size_ = 0;
    std::uint64_t taken_ = 0;
};

// Writes a part from front to back and hashes its blocks. What was not finished is removed.
class BlockWriter {
  public:
    static Result<BlockWriter> make(std::string const& path, SipKey check);
    BlockWriter(BlockWriter&&) noexcept = default;
    ~BlockWriter();

    Result<> append(std::string_view bytes);
    Result<> end_section();  // zeros up to the next block
    // Room of that many bytes, in whole blocks, to be filled once with fill().
    Result<> reserve(std::uint64_t size);
    Result<> fill(std::uint64_t at, std::string_view bytes);
    // Puts the checks behind all, the header in front, and syncs.
    Result<> finish(Header& header);

  private:
    explicit BlockWriter(std::string path) : path_(std::move(path)) {}
    Result<> flush_blocks();
    Result<> write_at(std::uint64_t at, std::string_view bytes);

    Handle file_;
    std::string path_;
    SipKey check_;
    std::string buffer_;          // of whole blocks not yet written, and the begun one
    std::uint64_t written_ = block_size;  // the header's block is written last
    std::vector<std::uint64_t> hashes_;   // of each block behind the header
    bool finished_ = false;
};

// Numbers of `bits` bits one behind the other, lowest first.
class PackedWriter {
  public:
    PackedWriter(BlockWriter& out, std::uint32_t bits) : out_(out), bits_(bits) {}
    Result<> append(std::uint64_t value);
    std::uint64_t count() const { return count_; }
    Result<> finish();  // with the slack, up to the next block

  private:
    BlockWriter& out_;
    std::uint32_t bits_;
    std::uint64_t count_ = 0;
    std::uint64_t pending_ = 0;
    std::uint32_t pending_bits_ = 0;
};

}  // namespace keepmum::table
