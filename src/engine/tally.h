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
    // May add to the report, by add_to_report().
    virtual void take(SourceReport& report) = 0;
};

// Puts `findings` (whole, but for their fingerprints) behind those of the report, `gaps` among its gaps, and has the directive and
// the permits judge all of them. With neither, nothing changes.
void add_to_report(Setup const& setup, std::vector<Finding> findings, std::vector<Gap> gaps, SourceReport& report);

}  // namespace keepmum
