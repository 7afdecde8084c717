// The order of what a report says.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/writer.h"

namespace keepmum {

// Sorts findings and gaps by their places, so that neither threads nor the order of extraction show; exhibits follow
// their findings.
void put_in_order(SourceReport& report);
void put_in_order(std::vector<Gap>& gaps);

// Whether two places of the same content are one spot: a "data:" address in a text, and the base64 in it, which is found by those who
// know nothing of addresses. Told once, it is told.
bool are_one(Place const& left, Place const& right);

}  // namespace keepmum
