// Whether a destination would come to have much of a document, a little at a time: the finding excerpt.slices.
//
// Of each source of a run in turn: with what was remembered for that destination and not held, and with the sources before it.
// A source of which this is said and that is held does not go, so it does not count for those behind it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
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
    // `setup` outlives it, and holds make_sketcher() under the same key. `remembered`: the folder of what is remembered.
    SliceTally(Setup const& setup, RegisterKey const& key, std::shared_ptr<Store const> store, std::string remembered, std::string to);

    std::vector<Finding> take(SourceReport const& report) override;
    // What kept it from reading what is remembered, if anything did; then nothing was stated from there on.
    std::optional<Error> const& error() const { return error_; }

  private:
    Result<> read_remembered();
    bool would_be_held(std::vector<Finding> const& more, SourceReport const& report) const;
    Finding state(Sliced const& sliced, std::string const& source) const;

    Setup const& setup_;
    RegisterKey key_;
    std::shared_ptr<Store const> store_;
    std::string remembered_, to_;
    std::optional<Slices> slices_;  // once some source shared anything
    std::optional<Error> error_;
};

}  // namespace keepmum
