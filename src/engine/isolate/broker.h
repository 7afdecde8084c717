// Runs extractors of foreign formats in worker programs that can do no harm.
//
// A family of parsers is one small program, libexec/keepmum/worker-FAMILY, started when first
// needed. It forks one child for each file; the child gets the bytes by a read-only descriptor,
// gives up everything else (no file, no network, no process, no signal; bounded memory and time),
// and sends what it finds down one pipe as checked records (record.h). Whatever becomes of the
// child, the caller gets evidence, gaps and a Done. docs/decisions/0020-workers.md says why, and
// what it costs. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/budget.h"
#include "core/extractor.h"
#include "io/folders.h"

namespace keepmum {

// The folder of the worker programs: ../libexec/keepmum as seen from the running program's folder.
std::string libexec_folder();

// One per engine; many threads may call it at once. Must outlive its running calls.
class Broker final {
  public:
    // Starts nothing yet. `limits` hold for each run: memory, seconds, silent_seconds, members.
    Broker(WorkerFolders folders, Limits const& limits);
    Broker(std::string libexec_folder, Limits const& limits);  // without models
    ~Broker();  // ends the worker programs
    Broker(Broker const&) = delete;
    Broker& operator=(Broker const&) = delete;

    // Runs `extractor` of `family` on `evidence` (kind bytes; content in memory, or large; `reason` is what is asked for
    // beside the usual, in the extractor's own words) in a
    // child of its own. What it puts out goes to `outlet` on the calling thread, in the order it
    // was put; places are relative, as from any extractor. Returns within the two clocks of the
    // limits, not counting time spent in `outlet`. Stops early once outlet.enough().
    //
    // A child that dies, lies, falls silent or eats too much leaves what it had put out so far and
    // a Gap over the whole of `evidence` with an empty place: killed (died, or ended before it was
    // done), too_slow, too_big (memory, or more output than outlet.allowance()), malformed (a
    // record that does not hold), unreadable (the input could not be read; the worker program is
    // missing or cannot confine itself). Done::read is then 0.
    Done run(std::string_view family, std::string_view extractor, Evidence const& evidence,
             Outlet& outlet);

    // Kills all children; calls that run return soon, later calls at once, each with a Gap
    // `killed`. May be called from any thread (not from a signal handler).
    void interrupt();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

// What protects this machine from the files it reads, for `keepmum doctor`.
struct SandboxFacts {
    struct Worker {
        std::string family;
        bool answers = false;  // started, confined itself and answered
        std::string why_not;   // one English clause where it did not
    };
    int landlock_abi = 0;          // 0: the kernel has none, or does not permit it
    bool seccomp = false;          // required: without it every worker refuses
    bool user_namespaces = false;  // used where they are permitted, never required
    std::vector<Worker> workers;   // in the order asked
};

// Starts each family's worker program once, with an empty job. Takes some 50 ms a family.
SandboxFacts probe_sandbox(std::string const& libexec_folder,
                           std::span<std::string_view const> families);

}  // namespace keepmum
