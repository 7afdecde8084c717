// What the sources of a run tell together: collects what correlators want, and judges what they state.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/setup.h"
#include "report/writer.h"

namespace keepmum {

// Used by one thread, in the order of the sources.
class Joining {
  public:
    explicit Joining(Setup const& setup) : setup_(setup) {}

    void take(SourceReport const& report);
    // The report on all of them together, whose source is the folder that holds them; nothing where there is nothing to
    // say. Its coverage is empty: each byte was counted with its own source.
    std::optional<SourceReport> finish();

  private:
    Setup const& setup_;
    std::vector<Finding> kept_;
    std::vector<std::string> secrets_;  // of sources whose names hold some: joined findings name sources
};

}  // namespace keepmum
