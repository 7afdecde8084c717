// When what a text shares with a document is said: every number that decides it, in one place.
//
// Chosen on Debian's manuals by bench/excerpt.cpp; what they reach, and what they do not, stands in bench/README.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

#include "index/gram.h"

namespace keepmum {

// Which grams in step make a chain, by the layer.
struct LayerThreshold {
    std::uint32_t chain_grams;      // a chain of fewer grams is chance
    std::uint32_t chain_letters;    // so is one that touches fewer letters of the document
    std::uint32_t unaligned_cost;   // taken off the score of a chain whose letters could not be aligned
    std::uint32_t gap;    // letters between two grams of one chain, at most
    std::uint32_t drift;  // change of distance between two grams of one chain, plus an eighth of the gap
};

// What the scores of a document's chains (letters that agree, less what errors cost) must come to, by the stream. A phrase of the
// language is shared by chance, and strangers may share many: of each chain the letters that a phrase may have do not count
// (chain_cost), so that ten phrases are nothing and one sentence is something.
struct StreamThreshold {
    std::uint32_t chain_cost;
    std::uint32_t likely_letters;   // what counts of all chains of a document: told from here on
    std::uint32_t certain_letters;
    // Of a gram that stands more often in one document so many places are kept. With 4, Chinese quotes were lost whose parts all
    // stand elsewhere in the document too; with more than 4 of Latin ones, of which a quote has more, log files take twice as long.
    std::uint32_t places;

    // The shortest quote that is told.
    constexpr std::uint32_t least_letters() const { return chain_cost + likely_letters; }
};

// Whether a text was typed, or read from a picture by a machine, with errors.
enum class Legibility : std::uint8_t { typed, noisy };

// How the letters of two texts are compared where they were found to share grams: the better of two scores counts.
struct Comparison {
    int error_cost;  // of each letter changed, lost or gained; one that agrees is worth 1
    int read_error_cost;  // the same in what a machine read
    // Taken off that other score, by Stream: phrases that are only like each other come further by it.
    std::array<std::uint32_t, 2> read_slack;
};

struct Thresholds {
    // In the order of Layer.
    std::array<LayerThreshold, layer_count> layers = {{
        {2, 26, 20, 200, 8},
        {2, 20, 10, 120, 8},
        {2, 9, 2, 80, 4},
        {3, 9, 2, 60, 4},
    }};
    // In the order of Stream.
    std::array<StreamThreshold, 2> streams = {{{42, 10, 60, 4}, {14, 3, 24, 16}}};
    Comparison comparison = {4, 2, {14, 6}};
    std::uint32_t documents = 30;  // a gram that more documents have is boilerplate and votes for none

    StreamThreshold const& of(Stream stream) const { return streams[static_cast<std::size_t>(stream)]; }
};

}  // namespace keepmum
