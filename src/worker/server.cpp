// SPDX-License-Identifier: GPL-3.0-or-later
#include "worker/server.h"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <clocale>
#include <cstdio>
#include <string_view>
#include <vector>

#include "worker/child.h"

namespace keepmum {
namespace {

bool started_by_broker(int argc, char** argv) {
    int type = 0;
    socklen_t size = sizeof type;
    return argc == 2 && std::string_view(argv[1]) == serve_argument &&
           getsockopt(job_socket, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && type == SOCK_SEQPACKET;
}

sigset_t child_ends() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    return set;
}

class Server {
  public:
    Server(std::span<ExtractorRow const> extractors, Confinement const& confinement)
        : extractors_(extractors), confinement_(confinement), self_(getpid()) {
        sigset_t const set = child_ends();
        sigprocmask(SIG_BLOCK, &set, nullptr);
        ends_ = Descriptor(signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    }

    // Until the broker is gone.
    void run() {
        while (true) {
            std::vector<pollfd> waiting = {{job_socket, POLLIN, 0}, {ends_.number(), POLLIN, 0}};
            for (Child const& child : children_) waiting.push_back({child.status.number(), 0, 0});
            if (poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) break;
            // Children first: starting one changes the list.
            for (std::size_t i = 0; i < children_.size(); ++i) {
                if (waiting[i + 2].revents != 0) end(children_[i]);
            }
            if (waiting[1].revents != 0) reap();
            if (waiting[0].revents != 0) {
                std::optional<ReceivedJob> received = receive_job(job_socket);
                if (!received) break;
                start(std::move(*received));
            }
        }
        for (Child& child : children_) kill(child.process, SIGKILL);
    }

  private:
    struct Child {
        pid_t process = 0;
        Descriptor status;
    };

    void start(ReceivedJob received) {
        pid_t const process = fork();
        if (process == 0) {
            become_child();
            received.descriptors.status.close();
            run_child(std::move(received), extractors_, confinement_);
        }
        if (process < 0) {
            send_ending(received.descriptors.status.number(), {JobEnding::Kind::refused, errno});
            return;
        }
        children_.push_back({process, std::move(received.descriptors.status)});
    }

    // In the child: lets go of all that is the server's.
    void become_child() {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != self_) _exit(1);
        children_.clear();
        ends_.close();
        ::close(job_socket);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
    }

    // The broker wants no more of it. Its end is reaped like any other; a status that nobody reads
    // need not be watched.
    void end(Child& child) {
        kill(child.process, SIGKILL);
        child.status.close();
    }

    void reap() {
        signalfd_siginfo ignored;
        while (read(ends_.number(), &ignored, sizeof ignored) > 0) {
        }
        int status = 0;
        for (pid_t process; (process = waitpid(-1, &status, WNOHANG)) > 0;) {
            for (std::size_t i = 0; i < children_.size(); ++i) {
                if (children_[i].process != process) continue;
                if (children_[i].status)
                    send_ending(children_[i].status.number(), {JobEnding::Kind::exited, status});
                children_[i] = std::move(children_.back());
                children_.pop_back();
                break;
            }
        }
    }

    std::span<ExtractorRow const> extractors_;
    Confinement const& confinement_;
    pid_t self_;
    Descriptor ends_;
    std::vector<Child> children_;
};

}  // namespace

int serve(int argc, char** argv, std::span<ExtractorRow const> extractors,
          std::span<char const* const> folders, Threads threads) {
    if (!started_by_broker(argc, argv)) {
        std::fputs(
            "This program is a part of keepmum, which starts it when needed; run keepmum "
            "instead.\n",
            stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_DFL);
    // Libraries convert names to the characters of the locale; this one alone is sure to be
    // installed, and loses none. Numbers and dates stay as in C.
    setlocale(LC_CTYPE, "C.UTF-8");
    // Made now, so that children need not make them, and may read what confinement forbids.
    for (ExtractorRow const& row : extractors) row.instance();
    Result<Confinement> const confinement = Confinement::prepare(folders, threads);
    if (!confinement) {
        // Every job is refused, and becomes a gap.
        while (std::optional<ReceivedJob> received = receive_job(job_socket)) {
            send_ending(received->descriptors.status.number(), {JobEnding::Kind::refused, EPERM});
        }
        return 0;
    }
    Server(extractors, *confinement).run();
    return 0;
}

}  // namespace keepmum
