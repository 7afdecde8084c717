// A running worker program.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "engine/isolate/descriptor.h"

namespace keepmum {

class WorkerProgram final {
  public:
    // Starts `path` with nothing of ours but one end of a job socket: no environment (but the folders of models, where
    // `models` names some), no terminal, no other descriptor, a process group of its own (so that Ctrl-C reaches us alone).
    static Result<std::shared_ptr<WorkerProgram>> start(std::string const& path, std::string const& models = {});
    ~WorkerProgram();  // kills it; its children go with it

    WorkerProgram(pid_t process, Descriptor socket)
        : process_(process), socket_(std::move(socket)) {}
    WorkerProgram(WorkerProgram const&) = delete;
    WorkerProgram& operator=(WorkerProgram const&) = delete;

    int socket() const { return socket_.number(); }

  private:
    pid_t process_;
    Descriptor socket_;
};

}  // namespace keepmum
