// A large file written front to back, that nobody sees before it is whole.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keepmum {

// Writes beside `path`; commit() syncs and renames. Without commit() nothing stays. After a write that failed (a full
// disk) the caller lets it go.
class FileWriter {
  public:
    static Result<FileWriter> create(std::string const& path, unsigned mode = 0600);
    FileWriter(FileWriter&& other) noexcept;
    FileWriter& operator=(FileWriter&&) = delete;
    ~FileWriter();

    Result<> append(std::string_view bytes);
    std::uint64_t size() const { return written_ + buffer_.size(); }
    // Over bytes that were appended before.
    Result<> write_at(std::uint64_t offset, std::string_view bytes);
    Result<> commit();

    // What such files are called while they are written: `path` and this.
    static constexpr std::string_view unfinished = ".part";

  private:
    FileWriter() = default;
    Result<> flush();
    int descriptor_ = -1;
    std::string path_, beside_, buffer_;
    std::uint64_t written_ = 0;
};

}  // namespace keepmum
