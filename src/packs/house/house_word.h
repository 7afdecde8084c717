// A word of the house: what an organisation calls its projects, parts, people and places, and does
// not want to be read outside. docs/formats/words.md.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/detector.h"
#include "packs/house/level.h"

namespace keepmum {

struct HouseWord {
    std::string text;   // as it was listed
    std::string list;   // name of the list
    std::string label;  // what reports say instead of the word
    Level level = Level::internal;
    std::string until;  // last day it is kept, YYYY-MM-DD, or ""
    bool inflect = true;
    bool near_misses = false;               // codes one character away count too
    std::vector<std::string> not_in;        // longer expressions in which it is none
    std::vector<std::string> allowed_near;  // expressions beside which it is fine
    std::vector<std::string> allowed_sources;  // patterns with * and ? of sources in which it is fine
};

// The detector of rule `word.house` for all of `words`; `today` is YYYY-MM-DD. A word whose last day
// has passed is still told, as a hint. The facts name list, level and label, never the word.
std::unique_ptr<Detector> make_house_words(std::vector<HouseWord> words, std::string_view today);

}  // namespace keepmum
