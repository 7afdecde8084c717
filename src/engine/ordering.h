// The order of what a report says.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/writer.h"

namespace keepmum {

// Sorts findings and gaps by their places, so that neither threads nor the order of extraction show; exhibits follow
// their findings.
void put_in_order(SourceReport& report);
void put_in_order(std::vector<Gap>& gaps);

}  // namespace keepmum
