// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/outlet.h"

#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "engine/isolate/record.h"

namespace keepmum {
namespace {

constexpr std::int64_t progress_interval = 200;  // milliseconds; far below the silence clock

std::int64_t now() {
    timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
}

}  // namespace

PipeOutlet::PipeOutlet(int pipe, std::string_view input, std::uint64_t bytes, std::uint64_t members)
    : pipe_(pipe), input_(input), bytes_left_(bytes), members_left_(members), gaps_left_(members) {}

void PipeOutlet::put(Evidence evidence) {
    if (enough_) return;
    if (evidence.size() > bytes_left_ || members_left_ == 0) {
        char const* const what = members_left_ == 0 ? "more parts than the limit allows"
                                                    : "beyond the limit on unpacked bytes";
        gap({evidence.place, Cause::too_big, Stage::extract, evidence.size(), evidence.media,
             what});
        enough_ = true;
        return;
    }
    if (evidence.large) {
        auto content = evidence.large->read(0, evidence.large->size());
        if (!content || content->size() != evidence.large->size()) {
            gap({evidence.place, Cause::unreadable, Stage::extract, evidence.size(), evidence.media,
                 ""});
            return;
        }
        evidence.content = std::move(*content);
        evidence.large.reset();
    }
    bytes_left_ -= evidence.content.size();
    --members_left_;
    WireFrame const frame = encode(evidence, input_);
    send(frame.head, frame.content.view());
}

void PipeOutlet::gap(Gap gap) {
    if (gaps_left_ == 0) {
        enough_ = true;
        return;
    }
    // The last one speaks for all that would follow.
    if (--gaps_left_ == 0) gap.detail = "more gaps than the limit allows";
    send(encode(gap).head, {});
}

void PipeOutlet::progress() {
    if (now() - last_sent_ >= progress_interval) send(encode_progress().head, {});
}

void PipeOutlet::finish(Done done) {
    done.read = std::min<std::uint64_t>(done.read, input_.size());
    send(encode(done, frames_).head, {});
}

void PipeOutlet::send(std::string_view head, std::string_view content) {
    iovec parts[] = {{const_cast<char*>(head.data()), head.size()},
                     {const_cast<char*>(content.data()), content.size()}};
    iovec* next = parts;
    while (next != parts + 2) {
        ssize_t const written = writev(pipe_, next, static_cast<int>(parts + 2 - next));
        if (written < 0) {
            if (errno == EINTR) continue;
            _exit(0);  // nobody reads any more
        }
        std::size_t rest = static_cast<std::size_t>(written);
        while (next != parts + 2 && rest >= next->iov_len) rest -= (next++)->iov_len;
        if (next != parts + 2) {
            next->iov_base = static_cast<char*>(next->iov_base) + rest;
            next->iov_len -= rest;
        }
    }
    ++frames_;
    last_sent_ = now();
}

}  // namespace keepmum
