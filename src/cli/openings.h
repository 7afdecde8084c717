// Opening a sealed name: for a reason, by two, and on record.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "base/result.h"

namespace keepmum {

struct Opening {
    std::string kind;    // "permit" or "document": what the name belongs to
    std::string id;      // of it
    std::string sealed;  // base/seal.h
    std::string reason;
    std::string one_key, other_key;  // files of the two secrets, in either order
};

// The name. That it was opened is in DATA/openings.jsonl before it is returned.
Result<std::string> open_sealed(std::string const& data, Opening const& opening);

}  // namespace keepmum
