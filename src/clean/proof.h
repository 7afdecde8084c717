// Proof: what was written is looked at anew, by code that had no part in writing it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

struct PictureProof {
    // Bytes that are neither picture nor one of the few parts that a cleaned file of its format may have, and what
    // those parts are called.
    std::uint64_t unexplained = 0;
    std::vector<std::string> strange;
    std::vector<std::string> canaries_found;
    bool same_again = false;  // cleaned once more it is the same, byte for byte
    bool holds() const { return unexplained == 0 && canaries_found.empty() && same_again; }
};

// `kept` tells that facts were written anew on purpose: a block of Exif is then explained, and "again" is judged without it.
enum class Kept : bool { nothing, facts };
PictureProof prove(std::string_view output, std::vector<std::string> const& canaries, Kept kept);

}  // namespace keepmum
