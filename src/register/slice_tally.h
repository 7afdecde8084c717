// Whether a destination would come to have much of a document, a little at a time: the finding excerpt.slices.
//
// Of each source of a run in turn: with what was remembered for that destination and not held, and with the sources before it.
// A source of which this is said and that is held does not go, so it does not count for those behind it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/setup.h"
#include "engine/tally.h"
#include "index/store.h"
#include "recognise/recognisers.h"
#include "register/slices.h"

namespace keepmum {

class SliceTally final : public Tally {
  public:
    // Reads what is remembered for the destination `to` in the folder `remembered`; of damaged stretches each source that shares
    // anything is given a gap. `setup` outlives it, and holds make_sketcher() under the same key. Errors: denied for another key's folder.
    static Result<std::unique_ptr<SliceTally>> open(Setup const& setup, RegisterKey const& key, std::shared_ptr<Store const> store,
                                                    std::string const& remembered, std::string const& to);

    void take(SourceReport& report) override;

  private:
    SliceTally(Setup const& setup, std::shared_ptr<Store const> store, std::string to)
        : setup_(setup), store_(std::move(store)), to_(std::move(to)) {}

    Finding state(Sliced const& sliced, std::string const& source) const;
    Gap unread(std::string const& source) const;

    Setup const& setup_;
    std::shared_ptr<Store const> store_;
    std::string to_;
    Slices slices_;
    std::vector<Damage> damage_;  // of what is remembered
};

}  // namespace keepmum
