// When what a text shares with a document is said: every number that decides it, in one place.
//
// Set by measurement: recall at one false document in 10,000 checked ones (bench/excerpts.py).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include "index/gram.h"

namespace keepmum {

struct LayerThreshold {
    std::uint32_t chain_grams = 2;      // a chain of fewer grams is chance
    std::uint32_t chain_letters = 30;   // so is one that touches fewer letters of the document
    std::uint32_t likely_letters = 40;  // all chains of a document together: told from here on
    std::uint32_t certain_letters = 120;
    std::uint32_t gap = 200;            // letters between two grams of one chain, at most
    std::uint32_t drift = 8;            // change of distance between two grams of one chain, plus an eighth of the gap
};

struct Thresholds {
    // In the order of Layer.
    std::array<LayerThreshold, layer_count> layers = {{
        {2, 26, 34, 120, 200, 8},
        {3, 26, 34, 120, 120, 8},
        {2, 10, 14, 40, 80, 4},
        {3, 9, 13, 40, 60, 4},
    }};
    std::uint32_t documents = 30;  // a gram that more documents have is boilerplate and votes for none
};

}  // namespace keepmum
