// Correlators: they join what was found in several sources of one run. Fourteen photos of one camera tell more
// together than each by itself, and no look at one of them can say so.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/finding.h"
#include "core/rule.h"

namespace keepmum {

// One object serves a run: const, and keeps nothing.
class Correlator {
  public:
    virtual ~Correlator() = default;
    virtual std::span<Rule const> rules() const = 0;  // of the findings that it can state; live as long as it does
    // Whether findings of that rule are what it joins. The others are not kept for it.
    virtual bool wants(std::string_view rule) const = 0;
    // All such findings of a run, in the order of its sources, as the engine completed them (place, fingerprint). What it
    // states has the place of the first finding that it rests on; the engine adds the rule's labels and sorts.
    virtual std::vector<Finding> join(std::span<Finding const> findings) const = 0;
};

}  // namespace keepmum
