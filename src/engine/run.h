// A whole run: many sources, several threads, one order.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "core/source.h"
#include "engine/inspection.h"
#include "engine/isolate/broker.h"
#include "engine/setup.h"
#include "engine/tally.h"
#include "report/writer.h"

namespace keepmum {

// Is told how far the run is, by one thread at a time; for a terminal.
class Progress {
  public:
    virtual ~Progress() = default;
    virtual void advance(std::uint64_t sources, std::uint64_t bytes, std::string const& name) = 0;
};

struct RunOptions {
    std::uint32_t threads = 1;
    Exhibits exhibits = Exhibits::none;
    Progress* progress = nullptr;
    Tally* tally = nullptr;  // asked about each source
};

struct RunDone {
    Summary summary;
    std::map<std::string, std::uint64_t> permit_uses;  // by id of the permit
};

// Inspects all of `source` and hands each report to `writer` in the order of the source, whatever the
// number of threads. `writer` and `options.progress` are used by one thread at a time, not always the
// same. Setting `interrupted` ends it soon: what was begun is reported as partial, and the summary says so.
Result<RunDone> run(Setup const& setup, Broker& broker, Source& source, Writer& writer, RunOptions const& options,
                    std::atomic<bool> const& interrupted);

}  // namespace keepmum
