// The judge in a process of its own that can do nothing but think: it reads the snapshot, gives up every other right, and
// only then interprets what it read. Its answer comes back through a pipe.
//
// First, by Landlock, no file may be opened but the snapshot's; then they are read, byte for byte; then (seccomp) no
// file at all may be opened, no network used, no process started; then bytes become facts, and facts answers. A live
// computer is collected before, so that its judge may not open anything from the start. Where the kernel has no Landlock
// the second lock alone remains: what interprets hostile bytes still opens nothing.
// docs/decisions/people/0130-host-apart.md
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "host/judge/answer.h"
#include "host/snapshot.h"

namespace keepmum {

class Programs;

struct HostQuestion {
    std::vector<std::string> paths;   // a snapshot's folder or file, or files of a foreign one together
    Snapshot const* live = nullptr;   // or what was collected here
    Programs const* programs = nullptr;
};

// Call while the process has one thread. Errors: the paths cannot be read or make no sense; the judge ended early
// (Fault::internal), or took longer than two minutes.
Result<HostAnswer> ask_apart(HostQuestion const& question);

// The same in this process, for tests. `snapshot` may be changed.
HostAnswer judge_host(Snapshot const& snapshot, Programs const& programs);

}  // namespace keepmum
