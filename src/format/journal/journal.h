// Files of systemd's journal: the kernel's own lines out of them, since most computers keep them nowhere else. Read, never
// written; nothing is decompressed, as lines of the kernel are short and stand there as they are.
//
//   0    "LPKSHHRH", compatible flags u32, incompatible flags u32 (16: compact), state, ids
//   88   size of this header u64 … 136 offset of the last object u64
//   then objects, each at a multiple of 8: type u8, flags u8 (1, 2, 4: compressed), 6 reserved, size u64 with these 16 bytes
//   1 data:  hash, three links, first entry, two counts (48 bytes; compact: 56), then "FIELD=value"
//   3 entry: number, microseconds since 1970, monotonic time, boot id (16), hash, then for each field the offset of its data
//            object: u64 and its hash, or u32 in a compact file
//   Data objects stand before the first entry that names them. One and the same line is one data object, however often it came.
//
// Source: systemd.io, "Journal File Format" (systemd 252).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace keepmum {

struct JournalLine {
    std::int64_t microseconds = 0;  // since 1970, UTC
    std::string_view message;       // a view into the file
};

struct JournalLines {
    std::vector<JournalLine> lines;  // in the order of the file
    bool whole = true;               // false: the file ends early, breaks off, or there were more than 200,000 such lines
};

bool is_journal(std::string_view bytes);

// Lines that the kernel wrote and that contain "usb" or "uas". Any bytes; linear.
JournalLines read_usb_lines(std::string_view bytes);

}  // namespace keepmum
