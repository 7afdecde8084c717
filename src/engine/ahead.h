// Readers of a picture, begun before it is their turn, while other threads of the run have nothing to do: finding writing
// takes as long as all the others together. What they give is kept, and put out when their turn comes; so it is where no thread
// was free and each is run in its turn, so that reports are the same with one thread and with many, also where a limit cuts them short.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <memory>
#include <span>

#include "engine/isolate/broker.h"

namespace keepmum {

class Ahead final {
  public:
    // Begins nothing yet. `broker` and `evidence` outlive it.
    Ahead(Broker& broker, Evidence const& evidence);
    ~Ahead();  // waits for what was begun
    Ahead(Ahead const&) = delete;
    Ahead& operator=(Ahead const&) = delete;

    // Takes on `readers`, where there are two at least, and begins them where one of the `spare` threads is left (null: of none): the
    // first beside the others, which run one after the other. They may put `allowance` bytes each, and stop once `interrupted`.
    void begin(std::span<FileType const* const> readers, std::atomic<int>* spare, std::uint64_t allowance,
               std::atomic<bool> const& interrupted);

    // As Broker::run(), of the evidence; what was begun is waited for.
    Done run(std::string_view worker, std::string_view extractor, Outlet& outlet);

  private:
    struct Begun;
    Broker& broker_;
    Evidence const& evidence_;
    std::unique_ptr<Begun> begun_;
};

}  // namespace keepmum
