// A running worker program.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "engine/isolate/descriptor.h"

namespace keepmum {

class WorkerProgram final {
  public:
    // What a family needs besides. Large pages are for those that hold whole pictures, or what networks make of
    // them: up to a quarter of their time would go into mapping that memory in small ones. Others hold little, and would
    // pay for large ones.
    enum class Pages : std::uint8_t { small, large };
    struct Needs {
        std::string models;  // the folders in which these lie, "" for none
        Pages pages = Pages::small;
    };

    // Starts `path` with nothing of ours but one end of a job socket: no environment but a few settings of libraries that
    // are the same everywhere and what `needs` says, no terminal, no other descriptor, a process group of its own (so that
    // Ctrl-C reaches us alone).
    static Result<std::shared_ptr<WorkerProgram>> start(std::string const& path, Needs const& needs);
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
