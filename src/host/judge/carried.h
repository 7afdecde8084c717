// Protected files in folders that a program carries away: the engine's own check on those folders, joined with whose
// folder it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/isolate/broker.h"
#include "engine/setup.h"
#include "host/judge/verdict.h"

namespace keepmum {

struct CarriedFiles {
    std::vector<CarriedFile> files;   // those that the directive holds, in the order of folders and names
    std::uint64_t checked = 0;        // files read
    std::vector<SyncedFolder> absent;  // folders that are named and cannot be entered
};

// Reads every file of `folders` on this computer; a folder that two programs carry away counts for both. A folder inside another
// is read once for each.
Result<CarriedFiles> scan_carried(Setup const& setup, Broker& broker, std::span<SyncedFolder const> folders, std::uint32_t threads);

}  // namespace keepmum
