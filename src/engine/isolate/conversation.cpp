// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/isolate/conversation.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "engine/isolate/record.h"

#ifndef MFD_NOEXEC_SEAL
#define MFD_NOEXEC_SEAL 0x0008U  // Linux 6.3
#endif

namespace keepmum {
namespace {

constexpr std::size_t copy_step = 1 << 20;
constexpr int wide_pipe = 1 << 20;               // bytes; the most that ordinary users may ask for
constexpr std::uint64_t wide_from = 256 * 1024;  // input that deserves a wide pipe
constexpr int ending_patience = 1000;  // milliseconds from a closed pipe to the news of the end

std::int64_t now() {
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

JobOutcome failed(Cause cause, std::string detail) {
    return {JobOutcome::Kind::failed, {}, cause, std::move(detail)};
}

// ---- The input

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t const written = write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool copy_content(int file, Content const& content) {
    std::uint64_t at = 0;
    while (at < content.size()) {
        Result<Blob> const piece = content.read(at, copy_step);
        if (!piece || piece->empty() || !write_all(file, piece->view())) return false;
        at += piece->size();
    }
    return true;
}

// The user's own file by its read-only descriptor, anything else as sealed memory.
Descriptor open_input(Evidence const& evidence) {
    if (evidence.large && evidence.large->descriptor() >= 0) {
        return Descriptor(fcntl(evidence.large->descriptor(), F_DUPFD_CLOEXEC, 0));
    }
    unsigned const flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    int number = memfd_create("keepmum", flags | MFD_NOEXEC_SEAL);
    if (number < 0 && errno == EINVAL) number = memfd_create("keepmum", flags);
    Descriptor memory(number);
    if (!memory) return {};
    bool const copied = evidence.large ? copy_content(number, *evidence.large)
                                       : write_all(number, evidence.content.view());
    if (!copied) return {};
    fcntl(number, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    return memory;
}

std::string name_of(Place const& place) {
    if (!place.steps.empty()) return place.steps.back().name;
    std::size_t const slash = place.source.rfind('/');
    return slash == std::string::npos ? place.source : place.source.substr(slash + 1);
}

// ---- The end

JobOutcome explain(JobEnding const& ending) {
    if (ending.kind == JobEnding::Kind::refused) {
        return failed(Cause::unreadable, ending.value == EPERM
                                             ? "the worker cannot confine itself on this system"
                                             : "the worker program could start no child");
    }
    if (WIFEXITED(ending.value)) {
        int const code = WEXITSTATUS(ending.value);
        if (code == exit_unconfined)
            return failed(Cause::unreadable, "the worker cannot confine itself on this system");
        return failed(Cause::killed,
                      "the worker ended before it was done, with code " + std::to_string(code));
    }
    int const signal = WTERMSIG(ending.value);
    switch (signal) {
        case SIGSYS:
            return failed(Cause::killed, "the worker tried what no parser may do, and was stopped");
        case SIGXCPU:
            return failed(Cause::too_slow,
                          "the worker took more processor time than the limit allows");
        case SIGBUS: return failed(Cause::unreadable, "the file shrank while it was read");
        default: break;
    }
    char const* const name = sigabbrev_np(signal);
    return failed(Cause::killed, std::string("the worker died of signal ") + (name ? name : "?"));
}

// ---- Between the two

// Passes on, and knows how long the caller took: that is not the worker's doing.
class TimedOutlet final : public Outlet {
  public:
    explicit TimedOutlet(Outlet& inner) : inner_(inner) {}
    void put(Evidence evidence) override {
        std::int64_t const before = now();
        inner_.put(std::move(evidence));
        took_ += now() - before;
    }
    void gap(Gap gap) override {
        std::int64_t const before = now();
        inner_.gap(std::move(gap));
        took_ += now() - before;
    }
    void progress() override { inner_.progress(); }
    bool enough() const override { return inner_.enough(); }
    std::uint64_t allowance() const override { return inner_.allowance(); }
    std::int64_t took() const { return took_; }  // milliseconds, in all

  private:
    Outlet& inner_;
    std::int64_t took_ = 0;
};

class Conversation {
  public:
    Conversation(ConversationTerms const& terms, RecordReader& reader, TimedOutlet& outlet,
                 Descriptor pipe, Descriptor status)
        : terms_(terms),
          reader_(reader),
          outlet_(outlet),
          pipe_(std::move(pipe)),
          status_(std::move(status)) {}

    JobOutcome listen() {
        heard_ = now();
        start_ = heard_;
        while (true) {
            std::int64_t const time = now();
            std::int64_t const silence = heard_ + terms_.limits.silent_seconds * 1000ll;
            if (time >= deadline())
                return failed(Cause::too_slow, "the worker took longer than the limit allows");
            if (time >= silence) return failed(Cause::too_slow, "the worker gave no sign of life");
            pollfd waiting[] = {{pipe_.number(), POLLIN, 0}, {terms_.interrupt, POLLIN, 0}};
            int const patience = static_cast<int>(
                std::min<std::int64_t>(std::min(deadline(), silence) - time, 60'000));
            if (poll(waiting, 2, patience) < 0 && errno != EINTR) {
                return failed(Cause::killed, "the worker could not be waited for");
            }
            if (waiting[1].revents != 0) return failed(Cause::killed, "interrupted");
            if (waiting[0].revents == 0) continue;
            if (std::optional<JobOutcome> outcome = drain()) return std::move(*outcome);
        }
    }

  private:
    std::int64_t deadline() const {
        return start_ + outlet_.took() + terms_.limits.seconds * 1000ll;
    }

    // Takes what the pipe holds; an outcome once there is one.
    std::optional<JobOutcome> drain() {
        while (now() < deadline()) {
            std::span<char> const room = reader_.room();
            ssize_t const size = read(pipe_.number(), room.data(), room.size());
            if (size < 0 && errno == EINTR) continue;
            if (size < 0 && errno == EAGAIN) return {};
            if (size <= 0) return await_ending();
            anything_ = true;
            bool const more = reader_.accept(static_cast<std::size_t>(size));
            heard_ = now();
            if (reader_.done()) return JobOutcome{JobOutcome::Kind::done, *reader_.done(), {}, {}};
            if (!more) return failed(reader_.refusal()->cause, std::string(reader_.refusal()->why));
            if (outlet_.enough()) return JobOutcome{JobOutcome::Kind::done, {}, {}, {}};
            // Little came, so the pipe is likely empty: poll rather than read in vain.
            if (static_cast<std::size_t>(size) < room.size()) return {};
        }
        return {};
    }

    // The pipe is closed and nothing was said about being done.
    JobOutcome await_ending() {
        pollfd waiting{status_.number(), POLLIN, 0};
        while (poll(&waiting, 1, ending_patience) < 0 && errno == EINTR) {
        }
        if (waiting.revents == 0)
            return failed(Cause::killed, "the worker closed its pipe and went on");
        if (std::optional<JobEnding> const ending = receive_ending(status_.number()))
            return explain(*ending);
        if (!anything_) return {JobOutcome::Kind::lost, {}, Cause::killed, "the worker program died"};
        return failed(Cause::killed, "the worker program died");
    }

    ConversationTerms const& terms_;
    RecordReader& reader_;
    TimedOutlet& outlet_;
    Descriptor pipe_, status_;  // closing the status has the child killed
    std::int64_t start_ = 0, heard_ = 0;
    bool anything_ = false;
};

}  // namespace

JobOutcome converse(int socket, ConversationTerms const& terms, std::string_view extractor,
                 Evidence const& evidence, Outlet& outlet) {
    Limits const& limits = terms.limits;
    JobDescriptors theirs;
    theirs.input = open_input(evidence);
    if (!theirs.input)
        return failed(Cause::unreadable,
                      std::string("the input cannot be handed over: ") + strerror(errno));
    int pipe_ends[2], status_ends[2];
    if (pipe2(pipe_ends, O_CLOEXEC) != 0)
        return failed(Cause::unreadable, "no pipe for the worker");
    Descriptor pipe(pipe_ends[0]);
    theirs.output = Descriptor(pipe_ends[1]);
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, status_ends) != 0) {
        return failed(Cause::unreadable, "no socket for the worker");
    }
    Descriptor status(status_ends[0]);
    theirs.status = Descriptor(status_ends[1]);
    fcntl(pipe.number(), F_SETFL, O_NONBLOCK);
    if (evidence.size() >= wide_from) fcntl(pipe.number(), F_SETPIPE_SZ, wide_pipe);

    Job job;
    job.extractor = extractor;
    job.media = evidence.media;
    job.name = name_of(evidence.place);
    job.wish = evidence.reason;
    job.memory = limits.memory;
    job.bytes = outlet.allowance();
    job.members = limits.members;
    job.seconds = limits.seconds;
    if (!send_job(socket, job, theirs))
        return {JobOutcome::Kind::lost, {}, Cause::killed, "the worker program died"};
    theirs = JobDescriptors();  // so that the pipe closes with the child

    // Twice the members: each may come with a gap.
    TimedOutlet timed(outlet);
    RecordReader reader({job.bytes, 2 * limits.members + 1, limits.memory}, evidence, timed);
    return Conversation(terms, reader, timed, std::move(pipe), std::move(status)).listen();
}

}  // namespace keepmum
