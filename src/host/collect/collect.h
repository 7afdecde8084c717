// Reading a live computer into a snapshot: the paths of collect_paths.inc and no others. Reads only, starts no
// program, sends nothing; keys, passwords and tokens are taken out on the way (redact.h). docs/host.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "host/snapshot.h"

namespace keepmum {

struct CollectOptions {
    std::string root;  // where the computer's "/" is; "" for this one. Links inside are followed as the system does
    enum class Kernel : std::uint8_t { asked, left_alone } kernel = Kernel::asked;  // for cmd/*.json
    std::vector<std::string> more;      // further paths, written as in the table: "~/.dropbox/info.json"
    std::vector<std::string> places;    // further paths of which only is asked whether they are there
    std::optional<Key> hide_addresses;  // hardware addresses become made-up ones under this key
};

// What could not be read is in the snapshot as denied, damaged or absent; nothing makes this fail.
Snapshot collect(CollectOptions const& options);

}  // namespace keepmum
