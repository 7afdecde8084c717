// What is said about one file that holds conversations.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "approach/given.h"
#include "approach/who_is_me.h"
#include "core/verdict.h"
#include "report/writer.h"

namespace keepmum {

// A conversation that is worth telling, and what was made of it.
struct Approached {
    Conversation conversation;
    Place place;  // of the file that holds it
    Judged judged;
    GivenAway given;
};

struct ApproachReport {
    std::string source;
    std::vector<Approached> told;  // the gravest first: all that are amber or red, else the one with most signs
    std::uint64_t conversations = 0, messages = 0, green = 0;
    MeBy me = MeBy::nobody;
    std::vector<Gap> gaps;
    Coverage coverage;

    Light light() const { return told.empty() ? Light::green : told.front().judged.ladder.light; }
};

// The findings (signs, and what the ladder states), the gaps and the verdict, for the writers that all commands share.
// What we gave away is stated too, and fires no clause: this verdict is about the other side.
SourceReport report_of(Setup const& setup, SignBook const& book, ApproachReport const& report);

}  // namespace keepmum
