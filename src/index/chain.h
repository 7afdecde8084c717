// Grams that go on in step, joined into passages.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "base/offset_map.h"
#include "index/gram.h"
#include "index/threshold.h"

namespace keepmum {

// A gram of a checked text that a document has too.
struct Vote {
    std::uint32_t segment = 0, document = 0;
    std::uint32_t text = 0;
    Layer layer = Layer::latin_plain;
    std::uint32_t letter = 0;      // its first, in the text's stream
    std::uint32_t registered = 0;  // its first, in the document's stream
    std::uint32_t begin = 0, end = 0;  // its bytes in the text
    std::uint64_t hash = 0;
};

struct Chain {
    std::uint32_t segment = 0, document = 0;
    std::uint32_t text = 0;
    Layer layer = Layer::latin_plain;
    Span span;        // bytes of the text
    Span registered;  // letters of the document
    std::uint32_t letters = 0;  // of the document that lie in a gram
    std::uint32_t grams = 0;
    std::uint32_t anchor_begin = 0, anchor_registered = 0;  // byte of the text and letter of the document, in its longest clean run
    std::uint64_t first = 0, last = 0;  // hashes of its grams at either end
    std::uint32_t score = 0;    // letters that agree less what errors cost: estimated from the grams until aligned
};

// Takes all votes out of `votes` (any order) and appends the chains that are no chance. Time: votes, sorted.
void join_votes(std::vector<Vote>& votes, Thresholds const& thresholds, std::vector<Chain>& out);

// Letters of a document that chains touch, each counted once. The chains are of one document and one layer.
std::uint64_t count_letters(std::vector<Chain const*> chains);

// What of them tells something: of each chain the score beyond `cost`, and of a phrase that is repeated, here or there, once.
std::uint64_t count_telling(std::vector<Chain const*> chains, std::uint32_t cost);

}  // namespace keepmum
