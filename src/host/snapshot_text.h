// A snapshot as one text that people can write by hand (docs/formats/snapshot.md, "As one text").
//
//   keepmum-snapshot 1
//   system linux
//   otherwise absent
//   /sys/class/net/eth0/carrier = 1
//   == /proc/net/route
//   Iface  Destination  …
//   == /etc/shadow denied
//   == usb.reg utf16
//   Windows Registry Editor Version 5.00
//   -- expect
//   n1 fail 10.0.0.1
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "host/snapshot.h"

namespace keepmum {

// What a made-up computer's author expects a check to answer: only tests ask for it.
struct ExpectedAnswer {
    std::string check;   // "n1"
    std::string answer;  // "pass", "fail", "not-applicable", "unknown"
    std::string words;   // that must stand in what is said or in a proof, or ""
    std::size_t line = 0;
};

struct SnapshotText {
    Snapshot snapshot;
    std::vector<ExpectedAnswer> expected;
};

// Whether it begins like such a text.
bool is_snapshot_text(std::string_view bytes);

// Errors name `file` and the line. At most 64 MiB and 200,000 paths are taken.
Result<SnapshotText> read_snapshot_text(std::string_view text, std::string_view file);

// The text that gives the same snapshot again.
std::string print_snapshot_text(Snapshot const& snapshot);

}  // namespace keepmum
