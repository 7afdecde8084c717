// Recall: remembered checks judged once more, under the register and the directive of today.
//
// What a sketch allows: excerpts of all documents that are registered now, and every clause about what was found or
// could not be read then. What it does not: words of the house and rules that came since, as they need the text; tables
// and pictures that were registered since, as they need its cells and pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/verdict.h"
#include "engine/setup.h"
#include "index/store.h"
#include "index/threshold.h"
#include "register/remembered.h"
#include "register/slices.h"

namespace keepmum {

// What a check shares with the documents of today, however little of each; for Slices.
std::vector<Overlap> slice_of(Sketch const& sketch, Store const& store, std::string const& today);

class Recaller final {
  public:
    // All outlive it. `excerpt`: the rule of excerpts, for its labels.
    Recaller(Directive const& directive, Store const& store, Rule const& excerpt, RegisterKey const& key, std::string today);

    // What would be said of it today. Findings have no place but the source, and facts only where they were made anew.
    Verdict judge_again(RememberedCheck const& check);

    // Whether a clause goes by the names of sources, which are not remembered unless asked for.
    bool goes_by_name() const { return goes_by_name_; }
    std::vector<Damage> const& damage() const { return damage_; }  // of the register, met so far

  private:
    Verdict repeat(RememberedCheck const& check) const;
    void add_excerpts(RememberedCheck const& check, Verdict& verdict);

    Directive const& directive_;
    Store const& store_;
    Rule const& excerpt_;
    std::string today_;
    std::map<std::uint64_t, Fact> facts_;  // those that a clause goes by, by tag
    bool goes_by_name_ = false;
    std::vector<Damage> damage_;
};

}  // namespace keepmum
