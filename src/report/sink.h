// Where a report's bytes go: unlike write_file() (io/file.h) a sink takes them as they come.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keepmum {

class ByteSink {
  public:
    virtual ~ByteSink() = default;
    // Takes all of `bytes` or fails; after a failure the sink takes nothing more.
    virtual Result<void> append(std::string_view bytes) = 0;
    // The report is complete: everything is written out, and a file stands under its final name.
    virtual Result<void> finish() = 0;
};

// Writes to an open descriptor that stays the caller's (standard output).
std::unique_ptr<ByteSink> descriptor_sink(int descriptor);

// Writes beside `path` and renames on finish(), after fsync, so that nobody ever reads half a
// report; without finish() nothing is left. Fails where the folder cannot be written.
Result<std::unique_ptr<ByteSink>> file_sink(std::string path);

// Appends to `out`, which must outlive the sink.
std::unique_ptr<ByteSink> string_sink(std::string& out);

}  // namespace keepmum
