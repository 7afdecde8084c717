// The naive nominator: what the one pass over the text (match/) must hand to detectors, computed
// the slow and obvious way. Oracle for tests; also drives the cases.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/detector.h"

namespace keepmum::testing {

// Owns the compact forms that its candidates point into.
struct Nominated {
    std::vector<Candidate> candidates;  // sorted by begin, end, trigger
    std::deque<std::string> compacts;
};

// Knows the triggers always, literal, word and code.
Nominated nominate(std::span<Trigger const> triggers, std::string_view text);

}  // namespace keepmum::testing
