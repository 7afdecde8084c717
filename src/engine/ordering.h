// The order of what a report says.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/writer.h"

namespace keepmum {

// Sorts findings and gaps by their places, so that neither threads nor the order of extraction show; exhibits follow
// their findings.
void put_in_order(SourceReport& report);
void put_in_order(std::vector<Gap>& gaps);

// Where a content stands, and how many bytes of its parent it takes up there (Evidence::stored).
struct Stand {
    Place const& place;
    std::uint64_t stored = 0;
};

// Whether one content was found twice at one spot: as a "data:" address in a text, and as the base64 in that address, which is found by
// those who know nothing of addresses. Told once, it is told. What stands behind the address is another copy, however near.
bool are_one(Stand const& left, Stand const& right);

}  // namespace keepmum
