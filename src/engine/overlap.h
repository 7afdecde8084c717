// Which findings of one text say the same thing, and which of them stay.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/evidence.h"
#include "core/finding.h"
#include "core/rule.h"

namespace keepmum {

// A finding on its way: `value` lives as long as the view that it was seen in.
struct StatedSpot {
    Finding finding;                   // span in bytes of the evidence's own text
    Rule const* rule = nullptr;
    std::string value;                 // as the detector saw it
    std::vector<std::string> decodes;  // encodings undone to see it, outermost first
};

// Keeps of each rule the best of overlapping findings (the raw text before a view of it), and of
// overlapping rules of one family the specific before one labelled "generic", and the surer before a
// hint. Sorts by span.
void keep_best(std::vector<StatedSpot>& sightings);

// Where offsets of a text lie, for people: "12:5" (line:column), "B7", "§14". Offsets asked for need
// not be sorted, but sorted ones are answered in one pass.
class Positions {
  public:
    explicit Positions(Evidence const& evidence) : evidence_(evidence) {}
    std::string at(std::uint64_t offset);

  private:
    Evidence const& evidence_;
    std::uint64_t seen_ = 0, line_ = 1, line_begin_ = 0;
};

}  // namespace keepmum
