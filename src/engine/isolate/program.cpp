// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/isolate/program.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>

#include <cstring>
#include <vector>

#include "engine/isolate/job.h"
#include "io/models.h"

namespace keepmum {
namespace {

class SpawnPlan {
  public:
    explicit SpawnPlan(int socket) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        // The socket first: it may itself have one of the numbers below.
        posix_spawn_file_actions_adddup2(&actions_, socket, job_socket);
        for (int number : {0, 1, 2}) {
            posix_spawn_file_actions_addopen(&actions_, number, "/dev/null",
                                             number == 0 ? O_RDONLY : O_WRONLY, 0);
        }
        posix_spawn_file_actions_addclosefrom_np(&actions_, job_socket + 1);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(
            &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnPlan(SpawnPlan const&) = delete;
    SpawnPlan& operator=(SpawnPlan const&) = delete;

    // 0 or an errno.
    int spawn(std::string const& path, WorkerProgram::Needs const& needs, pid_t& process) const {
        char* const arguments[] = {const_cast<char*>(path.c_str()),
                                   const_cast<char*>(serve_argument), nullptr};
        // Dates are told in UTC, as a child has no time zone files, and reports should not differ. Names of
        // the libraries are looked up once, before the fork, and not again in each child. OpenMP learns only here that it is to
        // start no threads; what else would start some cannot, but for the families that confinement lets.
        std::string folders = models_variable + ("=" + needs.models);
        std::vector<char*> environment = {const_cast<char*>("LC_ALL=C.UTF-8"), const_cast<char*>("TZ=UTC0"),
                                          const_cast<char*>("LD_BIND_NOW=1"), const_cast<char*>("OMP_THREAD_LIMIT=1")};
        if (!needs.models.empty()) environment.push_back(folders.data());
        if (needs.pages == WorkerProgram::Pages::large) environment.push_back(const_cast<char*>("GLIBC_TUNABLES=glibc.malloc.hugetlb=1"));
        environment.push_back(nullptr);
        return posix_spawn(&process, path.c_str(), &actions_, &attributes_, arguments, environment.data());
    }

  private:
    posix_spawn_file_actions_t actions_;
    posix_spawnattr_t attributes_;
};

}  // namespace

Result<std::shared_ptr<WorkerProgram>> WorkerProgram::start(std::string const& path, Needs const& needs) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return fail(Fault::io, "no socket for the worker program", std::strerror(errno));
    }
    Descriptor ours(ends[0]), theirs(ends[1]);
    // A worker program that no longer takes jobs must not hold up the caller.
    timeval const patience{10, 0};
    setsockopt(ours.number(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    pid_t process = 0;
    int const failed = SpawnPlan(theirs.number()).spawn(path, needs, process);
    if (failed != 0)
        return fail(Fault::not_found, "the worker program cannot be started",
                    std::strerror(failed));
    return std::make_shared<WorkerProgram>(process, std::move(ours));
}

WorkerProgram::~WorkerProgram() {
    kill(process_, SIGKILL);
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

}  // namespace keepmum
