// Giving up, for good, whatever a parser does not need.
//
// Two steps. prepare() runs once in the worker program, and its children inherit what it gave up:
// new privileges, root, the network and IPC namespaces where the kernel permits, and by Landlock
// every file but the family's read-only folders. enter() runs in each child: limits on memory, time
// and files, and the seccomp filter, built beforehand. Only the filter is required; where Landlock
// or namespaces are missing (old kernels, containers) the filter alone still leaves no network, no
// process and no file, except that a family with folders may then read any file its user can.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace keepmum {

struct ChildBounds {
    std::uint64_t memory = 0;   // bytes of its own, beside what the worker program had mapped
    std::uint64_t mapped = 0;   // bytes of the input, mapped already
    std::uint64_t seconds = 0;  // of processor time
};

// Some libraries start a thread for what they could do in one. It is no process: every limit counts it in.
enum class Threads : std::uint8_t { forbidden, allowed };

class Confinement final {
  public:
    // Changes the calling process; call while it has one thread. A folder that does not exist is
    // passed over. Fails where no seccomp filter can be made.
    static Result<Confinement> prepare(std::span<char const* const> readable_folders, Threads threads = Threads::forbidden);

    // Changes the calling process for good. After a failure the process must end.
    Result<void> enter(ChildBounds const& bounds) const;

  private:
    struct Instruction {  // sock_filter
        std::uint16_t code;
        std::uint8_t jump_true, jump_false;
        std::uint32_t constant;
    };
    std::vector<Instruction> filter_;
    std::uint64_t mapped_before_ = 0;
    Threads threads_ = Threads::forbidden;
};

// From now on this process opens no file but these and those below these folders, for reading (Landlock; nothing happens
// where the kernel has none), and gains no privileges. For a step that comes before prepare().
void forbid_other_files(std::span<char const* const> readable);

// What the kernel offers this process; for `keepmum doctor`.
int landlock_abi();  // 0: none
bool seccomp_offered();
bool user_namespaces_offered();

}  // namespace keepmum
