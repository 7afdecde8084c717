// Slices: how much of each protected document went to one destination over many checks, a little at a time.
//
// Ten mails with two per cent each are a fifth of the document. Counted for a document and the label of a destination that the
// user gave, never for a person; a letter that went twice counts once. Kept of each is a map of 8,000 bits over the
// document's letters (1 KB), Latin ones from its front, Chinese ones from its back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bitset>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "index/ask.h"

namespace keepmum {

inline constexpr std::size_t slice_bits = 8000;
inline constexpr double least_sliced = 0.1;  // of a document, to be told

// What several checks together repeat of one document.
struct Sliced {
    std::string to;
    DocumentFacts document;
    double share = 0;              // of the document's letters, rounded to what one bit stands for
    std::vector<std::string> ids;  // of the checks that added to it, each once, in their order
};

// "14%", rounded down; and the ids one behind the other, of many the last ones.
std::string print_share(Sliced const& sliced);
std::string print_ids(Sliced const& sliced);

class Slices final {
  public:
    void add(std::string_view to, std::string_view id, std::vector<Overlap> const& overlaps);

    // What answer() would say of the documents of `overlaps` after add(), and only where that check is one of those that added to it.
    std::vector<Sliced> foresee(std::string_view to, std::string_view id, std::vector<Overlap> const& overlaps) const;

    // Those of two checks and more that repeat `least_sliced` of a document, by destination and document.
    std::vector<Sliced> answer() const;

    // Thresholds under which every passage counts, also one that alone would not be told.
    static Thresholds thresholds(Thresholds usual);

  private:
    struct Covered {
        DocumentFacts document;
        std::bitset<slice_bits> letters;
        std::vector<std::string> ids;
    };
    std::map<std::pair<std::string, std::uint64_t>, Covered> covered_;  // by destination and document
};

}  // namespace keepmum
