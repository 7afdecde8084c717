// Permits: what a hold is answered with. Suppressions are permits: one idea.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct Permit {
    std::string id;       // "P-" and eight hex digits
    std::string content;  // keyed hash of the whole content it is for
    // Where `rule` is set the permit answers this rule's findings alone, wherever they stand, and only
    // for the secrets listed (keyed fingerprints): another secret in the same line is not permitted.
    std::string rule;
    std::vector<std::string> fingerprints;
    std::string addressee, reason;  // free words of the one who gave it
    std::string sealed;             // who allowed it, for two key holders only (base/seal.h)
    std::string made, until;        // days, YYYY-MM-DD; `until` is the last one it holds
    std::uint64_t uses = 0;         // how often it may be used; 0 = any number
    std::uint64_t used = 0;
    bool revoked = false;
};

enum class Standing : std::uint8_t { valid, expired, overused, revoked };

std::string_view word(Standing standing);

// What `permit` is worth on `today` (YYYY-MM-DD).
Standing standing(Permit const& permit, std::string_view today);

}  // namespace keepmum
