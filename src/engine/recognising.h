// Recognitions of one source: shown its evidence one by one, and what they state put into its report.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/recogniser.h"
#include "engine/setup.h"
#include "report/exhibit.h"
#include "report/writer.h"

namespace keepmum {

// Costs nothing where the set-up has no recognisers.
class Recognising final {
  public:
    explicit Recognising(Setup const& setup);

    bool wants(Kind kind) const;
    bool keeps_likenesses() const;

    // Shows `evidence` to all recognitions. The number under which it was kept, or `not_kept`.
    static constexpr std::uint32_t not_kept = UINT32_MAX;
    std::uint32_t look(Evidence const& evidence, std::uint32_t file);

    // What is to be marked in the kept evidence besides, once exhibits are made; findings index the verdict's.
    void mark(std::uint32_t kept, std::vector<Highlight> highlights, std::uint32_t first_finding);

    // What lies under `from` stands again under `to`: findings [begin, end) of the verdict were repeated `shift` further on.
    struct Repeat {
        Place from, to;
        std::size_t begin = 0, end = 0, shift = 0;
    };
    void again(Repeat repeat) {
        if (!watchers_.empty()) repeats_.push_back(std::move(repeat));
    }

    // Adds findings, and where `exhibits` are wanted those of all kept evidence. Called once, last.
    void finish(SourceReport& report, bool exhibits);

  private:
    struct Kept {
        Evidence evidence;  // of kind bytes: without its content
        std::vector<Highlight> highlights;
    };
    struct Watcher {
        Recogniser const* recogniser;
        std::unique_ptr<Recognition> recognition;
        std::vector<std::uint32_t> kept;  // by look
    };

    Kept* kept_of(Watcher const& watcher, std::uint32_t look);
    void state(Watcher const& watcher, Statement statement, SourceReport& report);
    void repeat(Repeat const& repeat, std::size_t first_finding, std::size_t first_exhibit, SourceReport& report) const;
    std::string fingerprint_of(Watcher const& watcher, Statement const& statement);

    Setup const& setup_;
    std::vector<Watcher> watchers_;
    std::vector<Kept> kept_;
    std::vector<Repeat> repeats_;
};

// The place of something under `from` as it is seen under `to`.
Place moved(Place place, Place const& from, Place const& to);

}  // namespace keepmum
