// Detectors of what a photo tells: they read the facts that the extractor put down (core/photo.h), never a tag.
//
// Each states one finding a photo, whatever number of facts it rests on: a photo has a hundred tags, and a hundred
// findings would tell nobody anything.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/detector.h"

namespace keepmum {

struct FactLine {
    std::string_view name, value;  // of Reading::text
    Span span;                     // of the value
};

// What a detector makes of the facts that it asked for, in the order of the text; at least one of them is there.
struct FactRules {
    std::span<std::string_view const>
        wanted;  // names of facts that make a finding; in this order of importance
    std::span<std::string_view const> besides;  // names of facts that are told along with it
    // The finding's facts are these lines, joined by "; " where there are several of a name, the name's last word as key. `judge`
    // may add labels and reasons, change the certainty, and say with false that there is nothing to state; may be null.
    bool (*judge)(std::span<FactLine const> facts, Finding& finding) = nullptr;
    enum class Values : std::uint8_t { told, kept };  // kept: in the excerpt alone, masked like any secret
    Values values = Values::told;
};

std::unique_ptr<Detector> make_fact_detector(About const& about, FactRules const& rules);

// The first value of that name, or "".
std::string_view value_of(std::span<FactLine const> facts, std::string_view name);

}  // namespace keepmum
