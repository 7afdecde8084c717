// From candidates of a pattern trigger to the exact places: what a search of the whole text with
// the same expression would find, one after the other, at the cost of the windows alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/detector.h"
#include "match/pattern/beginnings.h"
#include "match/regex.h"

namespace keepmum {

// An expression that is compiled when first needed: hundreds of rules cost nothing at start, and
// most are never nominated. Serves all threads.
class Confirmer {
  public:
    // `pattern` as given in the trigger. It must compile: Matcher::build() has checked it, or the
    // caller did with check(); a later failure stops the process.
    explicit Confirmer(std::string_view pattern);
    Confirmer(Confirmer&&) noexcept;
    Confirmer& operator=(Confirmer&&) noexcept;
    ~Confirmer();

    // Fault::invalid with the reason where `pattern` does not compile.
    static Result<void> check(std::string_view pattern);

    int group_count() const;

    // What is known of a text in which one goes from one occurrence to the next.
    struct Walk {
        std::uint64_t read = 0, gained = 0;  // bytes: what was read in vain, and how far that brought us
        Beginnings::Walk beginnings;
    };

    // The leftmost occurrence in `within`, as Regex::find gives it; `walk` is new for each text, which is searched from left to
    // right. `body` is where it begins but for what it may begin
    // with and takes no more of than it must.
    struct Found {
        Span whole;
        std::uint64_t body = 0;
    };
    std::optional<Found> find(std::string_view text, Span within, Walk& walk) const;

    // Fills in the groups of what find() has found last with this `walk`, all but the first.
    void find_groups(std::string_view text, Found const& found, Walk const& walk, std::span<Span> groups) const;

    // Most bytes that an occurrence can have; Regex::npos where there is no bound.
    std::uint64_t width() const;
    // Most line feeds in an occurrence where there is no bound to its width; likewise.
    std::uint64_t line_feeds() const;

  private:
    struct Inside;
    Inside& compiled() const;
    std::unique_ptr<Inside> inside_;
};

// Walks the occurrences of one trigger's expression:
//
//   Occurrences each(confirmer, reading, trigger);
//   while (each.next(groups)) …  // groups[0] is the whole
//
// They are the same, one after the other without overlap, as Regex::find would give on the whole
// text; empty ones are left out.
class Occurrences {
  public:
    // `confirmer` and what `reading` points to must outlive the walk. `trigger` is the index among
    // the detector's triggers.
    Occurrences(Confirmer const& confirmer, Reading const& reading, std::uint16_t trigger);

    // The next occurrence; `groups` as for Regex::find, at least one. False at the end.
    bool next(std::span<Span> groups);
    // What next() has not searched yet, sorted and apart from one another. Ends the walk.
    std::vector<Span> rest();

  private:
    bool open_window();
    void find_groups(std::uint64_t body, std::span<Span> groups);
    Span window_around(Candidate const& candidate);
    std::uint64_t lines_before(std::uint64_t at) const;
    std::uint64_t lines_after(std::uint64_t at);

    Confirmer const& confirmer_;
    std::string_view text_;
    std::span<Candidate const> candidates_;  // not yet looked at
    std::uint16_t trigger_;
    Span window_;  // still to be searched
    Confirmer::Walk walk_;
    std::vector<Span> last_;  // the groups of the occurrence before, [0] from its body on
    // What lines_after() told last: for places up to and with the line feed at `first_feed_`.
    std::uint64_t asked_ = 1, first_feed_ = 0, lines_end_ = 0;
};

}  // namespace keepmum
