// What the broker says to a worker program, and what comes back beside the records.
//
// The broker holds one end of a SOCK_SEQPACKET pair, the worker program the other, as descriptor 3.
// A job is one message with three descriptors: the input (read-only), the pipe for records, and one
// end of a status pair that lasts as long as the job. On the status pair the worker program sends
// one Ending when the child is gone; the broker closes its end when it wants no more, and the
// worker program then kills the child. So a broker that dies takes every child along, and no
// process ever needs another's number. Both sides are ours; only the child is not to be trusted,
// and it holds neither socket. SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/isolate/descriptor.h"

namespace keepmum {

inline constexpr int job_socket = 3;                      // in the worker program
inline constexpr char const* serve_argument = "--serve";  // its only argument
inline constexpr int exit_unconfined =
    71;  // a child's exit status where it could not confine itself

struct Job {
    std::string extractor;      // id; "" asks only for an answer
    std::string media;          // of the input, as far as known
    std::string name;           // of the input, for extractors that derive names from it
    std::string wish;           // what is asked for beside the usual, in the extractor's own words; at most 4 KiB
    std::uint64_t memory = 0;   // bytes the child may take beside its input
    std::uint64_t bytes = 0;    // of content it may put
    std::uint64_t members = 0;  // evidence it may put, and gaps
    std::uint64_t seconds = 0;  // of processor time
};

struct JobDescriptors {
    Descriptor input, output, status;
};

struct JobEnding {
    enum class Kind : std::int32_t {
        exited,   // value: as from waitpid
        refused,  // no child was made; value: errno
    };
    Kind kind = Kind::refused;
    std::int32_t value = 0;
};

// False where the other side is gone. Waits while the socket is full.
bool send_job(int socket, Job const& job, JobDescriptors const& descriptors);

struct ReceivedJob {
    Job job;
    JobDescriptors descriptors;
};
// Waits for the next job; nothing once the broker is gone.
std::optional<ReceivedJob> receive_job(int socket);

void send_ending(int status, JobEnding const& ending);
// Does not wait; nothing where none has come.
std::optional<JobEnding> receive_ending(int status);

}  // namespace keepmum
