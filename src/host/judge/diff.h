// What changed between two snapshots of one computer: before and after a journey, a repair, a loan.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/judge/answer.h"

namespace keepmum {

struct HostChange {
    enum class What : std::uint8_t {
        added,
        removed,
        changed,
        appeared,  // seen now; the earlier look saw others of its kind, but perhaps not all
    };
    What what = What::added;
    HostFact fact;    // as it is now; of what is gone, as it was
    HostFact before;  // of what changed
};

struct HostDifference {
    std::string before_host, after_host;    // "" where not known
    std::string before_taken, after_taken;  // ISO 8601, or ""
    std::vector<HostChange> changes;        // by area, then new, perhaps new, changed, gone
    std::vector<std::string> blind;         // areas that one of the two could not see in full: nothing is said of what is gone there
};

// What one of the two could not see is no change: it is in `blind`.
HostDifference compare(HostAnswer const& before, HostAnswer const& after);

// "added", "removed", "changed", "appeared".
std::string_view word(HostChange::What what);

}  // namespace keepmum
