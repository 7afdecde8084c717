// Checks that no expression can make: check sums, structure, whether a person wrote it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/finding.h"

namespace keepmum {

// What a validator gets to see.
struct Suspect {
    std::string_view secret;
    std::string_view match;   // what the rule's expression matched, the secret included
    std::string_view before;  // up to 64 bytes before the match
    std::string_view after;   // up to 16 bytes behind the match
};

struct Validation {
    bool keep = true;
    std::optional<Certainty> certainty = {};  // instead of the rule's own
    std::vector<Fact> facts = {};
    std::string reason = {};
};

struct Validator {
    std::string_view name;
    std::string_view what;  // one line for the documentation
    Validation (*judge)(Suspect const&);
};

std::span<Validator const> validators();

}  // namespace keepmum
