// What one source may cost, in work and not in time, so that results do not depend on the clock.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace keepmum {

// The remaining allowance of a source. Passed down by reference; only the engine and the worker's
// outlet charge it. All counts are what is left.
struct Budget {
    std::uint64_t bytes = 0;    // decoded or unpacked bytes
    std::uint64_t members = 0;  // embedded files and text parts
    std::uint32_t depth = 0;    // levels of nesting below here

    // Takes `amount` from `bytes`; false, and nothing taken, where too little is left.
    bool spend_bytes(std::uint64_t amount) {
        if (amount > bytes) return false;
        bytes -= amount;
        return true;
    }
    bool spend_member() {
        if (members == 0) return false;
        --members;
        return true;
    }
};

// The user's limits (`--limits KEY=N,…`); `docs/reference/limits.md` lists them.
struct Limits {
    std::uint64_t bytes = 1ull << 30;           // unpacked bytes a source
    std::uint64_t members = 100'000;            // embedded files and parts a source
    std::uint32_t depth = 16;                   // levels of nesting
    std::uint32_t pictures = 300;               // pictures a source in which writing and codes are looked for
    std::uint64_t memory = 1ull << 30;          // bytes, process tree
    std::uint32_t seconds = 60;                 // clock per worker run; kills, never judges
    std::uint32_t silent_seconds = 20;          // clock without any word from a worker
};

}  // namespace keepmum
