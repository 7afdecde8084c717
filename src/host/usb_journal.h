// What systemd's journal knows of USB, as lines of text: the journal itself is too large for a snapshot and holds much that
// nobody asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// Files in any order; what they say of USB comes out in the order of time.
class UsbJournal final {
  public:
    // Any bytes; copies what it keeps.
    void add(std::string_view file);
    // Nothing was read that is a journal.
    bool empty() const { return files_ == 0; }
    // Some of it could not be read, or there was too much.
    bool cut() const { return cut_; }
    // "2026-03-04T09:08:07Z kernel: usb 1-2: New USB device found, …", a line each.
    std::string text() const;

  private:
    struct Line {
        std::int64_t microseconds;
        std::string message;
    };
    std::vector<Line> lines_;
    std::size_t files_ = 0;
    bool cut_ = false;
};

}  // namespace keepmum
