// Tallies: they keep count over the sources of a run in their order, and may state of one of them what follows only from those
// before it, here or in earlier runs. What they state is judged with what the source itself gave, and before the report is counted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/setup.h"
#include "report/writer.h"

namespace keepmum {

// Used by one thread at a time, in the order of the sources.
class Tally {
  public:
    virtual ~Tally() = default;
    // What is to be added to the report: whole findings, but for their fingerprints. None changes nothing.
    virtual std::vector<Finding> take(SourceReport const& report) = 0;
};

// Puts `findings` behind those of the report, and has the directive and the permits judge all of them.
void add_findings(Setup const& setup, std::vector<Finding> findings, SourceReport& report);

}  // namespace keepmum
