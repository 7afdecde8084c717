// A file that only grows: several processes add to it, and what is there already is never written over.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keepmum {

class AppendFile {
  public:
    // Mode 0600 where it is new; its folder must be there.
    static Result<AppendFile> open(std::string const& path);
    AppendFile(AppendFile&& other) noexcept;
    AppendFile& operator=(AppendFile&& other) noexcept;
    ~AppendFile();

    std::string const& path() const { return path_; }
    bool empty() const;

    // All of `bytes` at the end, or none of them where the disk is full; a process that dies meanwhile may leave a part.
    // Who shares the file with others holds a lock (io/lock.h).
    Result<> append(std::string_view bytes);
    // What was appended outlives a loss of power once this returned.
    Result<> sync();

  private:
    AppendFile(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
    int descriptor_;
    std::string path_;
};

}  // namespace keepmum
