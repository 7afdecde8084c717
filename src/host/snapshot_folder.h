// Snapshots as a folder (docs/formats/snapshot.md, "As a folder"): written once; read in two steps, so that what
// interprets the bytes needs no right to open a file any more.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "host/snapshot.h"

namespace keepmum {

// `folder` is new or empty. Written beside and renamed; for its owner's eyes alone (0700).
Result<> write_snapshot(Snapshot const& snapshot, std::string const& folder);

// A file as it lies there; nothing has been interpreted.
struct RawFile {
    std::string path;  // from the folder that was handed in: "root/proc/net/route"; a single file's name
    std::string bytes; // of a link: its target
    Seen seen = Seen::present;
    bool cut = false;
};

// First step: the files below a folder, or one file. No link is ever followed, nothing but regular files is opened. At most
// 100,000 files, 40 folders deep, 64 MiB a file and 256 MiB in all: what is beyond is `damaged`.
// Errors: not_found, denied.
Result<std::vector<RawFile>> read_raw(std::string const& path);

// Second step, on the bytes alone. With a manifest.json or a root/: our own form. One text of ours: that. Else a
// foreign snapshot, its files by their names. Errors: a manifest or a text that makes no sense.
Result<Snapshot> snapshot_of(std::vector<RawFile> files);

}  // namespace keepmum
