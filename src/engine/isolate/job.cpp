// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/isolate/job.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "engine/isolate/wire.h"

namespace keepmum {
namespace {

constexpr std::size_t max_message = 16 * 1024;
constexpr std::size_t max_job_name = 4096;

std::string write_job(Job const& job) {
    wire::Writer message;
    message.string(std::string_view(job.extractor).substr(0, wire::max_word));
    message.string(std::string_view(job.media).substr(0, wire::max_word));
    message.string(std::string_view(job.name).substr(0, max_job_name));
    message.string(std::string_view(job.wish).substr(0, max_job_name));
    for (std::uint64_t number : {job.memory, job.bytes, job.members, job.seconds}) {
        message.number(number < wire::max_number ? number : wire::max_number);
    }
    return message.bytes();
}

std::optional<Job> read_job(std::string_view bytes) {
    wire::Reader message(bytes);
    Job job;
    job.extractor = message.string(wire::max_word);
    job.media = message.string(wire::max_word);
    job.name = message.string(max_job_name);
    job.wish = message.string(max_job_name);
    for (std::uint64_t* number : {&job.memory, &job.bytes, &job.members, &job.seconds})
        *number = message.number();
    if (message.failed() || message.left() > 0) return {};
    return job;
}

}  // namespace

bool send_job(int socket, Job const& job, JobDescriptors const& descriptors) {
    std::string message = write_job(job);
    int const numbers[] = {descriptors.input.number(), descriptors.output.number(),
                           descriptors.status.number()};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof numbers)] = {};
    iovec part{message.data(), message.size()};
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;
    cmsghdr* const rights = CMSG_FIRSTHDR(&header);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof numbers);
    std::memcpy(CMSG_DATA(rights), numbers, sizeof numbers);
    ssize_t sent;
    do {
        sent = sendmsg(socket, &header, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent >= 0;
}

std::optional<ReceivedJob> receive_job(int socket) {
    while (true) {
        char message[max_message];
        int numbers[3] = {-1, -1, -1};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof numbers)];
        iovec part{message, sizeof message};
        msghdr header{};
        header.msg_iov = &part;
        header.msg_iovlen = 1;
        header.msg_control = control;
        header.msg_controllen = sizeof control;
        ssize_t const size = recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
        if (size < 0 && errno == EINTR) continue;
        if (size <= 0) return {};
        cmsghdr const* const rights = CMSG_FIRSTHDR(&header);
        if (rights && rights->cmsg_type == SCM_RIGHTS &&
            rights->cmsg_len == CMSG_LEN(sizeof numbers)) {
            std::memcpy(numbers, CMSG_DATA(rights), sizeof numbers);
        }
        ReceivedJob received{
            {}, {Descriptor(numbers[0]), Descriptor(numbers[1]), Descriptor(numbers[2])}};
        std::optional<Job> job = read_job({message, static_cast<std::size_t>(size)});
        // Out of descriptors: the broker sees the pipe closed and the job unanswered.
        if (!job || numbers[2] < 0) continue;
        received.job = std::move(*job);
        return received;
    }
}

void send_ending(int status, JobEnding const& ending) {
    // Never waits: the one message of this socket's life. A broker that is gone needs none.
    (void)!send(status, &ending, sizeof ending, MSG_NOSIGNAL | MSG_DONTWAIT);
}

std::optional<JobEnding> receive_ending(int status) {
    JobEnding ending;
    ssize_t const size = recv(status, &ending, sizeof ending, MSG_DONTWAIT);
    if (size != sizeof ending) return {};
    return ending;
}

}  // namespace keepmum
