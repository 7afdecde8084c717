// What every finding about a registered document says of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/finding.h"
#include "core/gap.h"
#include "index/document.h"

namespace keepmum {

// A finding of `rule` with the facts `document` and `level`. Where the document's last day was before `today`
// (YYYY-MM-DD) it is a hint with the fact `until`.
Finding begin_finding(std::string_view rule, Certainty certainty, DocumentFacts const& document, std::string_view today);

// Part of the register could not be compared: `file` (a path) `what` ("was changed").
Gap gap_of_damage(std::string_view file, std::string_view what);

}  // namespace keepmum
