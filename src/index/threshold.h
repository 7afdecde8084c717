// When what a text shares with a document is said: every number that decides it, in one place.
//
// Chosen on Debian's manuals by bench/excerpt.cpp; what they reach, and what they do not, stands in bench/README.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include "index/gram.h"

namespace keepmum {

// A phrase of the language is shared by chance, and strangers may share many: of each chain the letters that a phrase may have do
// not count (chain_cost), so that ten phrases are nothing and one sentence is something.
struct LayerThreshold {
    std::uint32_t chain_grams;      // a chain of fewer grams is chance
    std::uint32_t chain_letters;    // so is one that touches fewer letters of the document
    std::uint32_t chain_cost;       // letters of each chain that do not count below
    std::uint32_t likely_letters;   // what counts of all chains of a document: told from here on
    std::uint32_t certain_letters;
    std::uint32_t gap;    // letters between two grams of one chain, at most
    std::uint32_t drift;  // change of distance between two grams of one chain, plus an eighth of the gap

    // The shortest quote that is told.
    constexpr std::uint32_t least_letters() const { return chain_cost + likely_letters; }
};

struct Thresholds {
    // In the order of Layer.
    std::array<LayerThreshold, layer_count> layers = {{
        {2, 26, 30, 40, 120, 200, 8},
        {3, 26, 15, 20, 120, 120, 8},
        {2, 10, 8, 10, 40, 80, 4},
        {3, 9, 6, 9, 40, 60, 4},
    }};
    std::uint32_t documents = 30;  // a gram that more documents have is boilerplate and votes for none
};

}  // namespace keepmum
