// The one pass over a text that nominates for all detectors.
//
// Literals, words and patterns of all detectors go into Hyperscan (match/database.h); numbers and codes
// are found by a scanner of our own (match/codes.h), since a class like \d{15,19} in the database
// would slow everything else to a third. What comes out are candidates, cheap and generous; the
// detectors decide.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/detector.h"

namespace keepmum {

// Takes the candidates of one text.
class Visitor {
  public:
    virtual ~Visitor() = default;
    // `detector` counts from 0 in build()'s list. Candidates are sorted by begin, end, trigger and
    // have no duplicates; they, and what they point to, are valid during the call.
    virtual void visit(std::size_t detector, std::span<Candidate const> candidates) = 0;
};

// Immutable and shared by all threads once built.
class Matcher {
  public:
    // Working memory of one thread, for one matcher. Grows with the largest text seen.
    class Scratch {
      public:
        Scratch(Scratch&&) noexcept;
        Scratch& operator=(Scratch&&) noexcept;
        ~Scratch();

      private:
        friend class Matcher;
        struct Inside;
        explicit Scratch(std::unique_ptr<Inside> inside);
        std::unique_ptr<Inside> inside_;
    };

    // Compiles the triggers of all detectors, or loads what an earlier run compiled from them.
    // `cache_folder` must exist or be empty (no cache); a cache file that is damaged, or from
    // another library version or processor, is quietly rebuilt. The detectors must outlive the
    // matcher. Fault::invalid, `where` = the rule's id, for a trigger that does not compile.
    static Result<Matcher> build(std::span<Detector const* const> detectors,
                                 std::string const& cache_folder = {});

    Matcher(Matcher&&) noexcept;
    Matcher& operator=(Matcher&&) noexcept;
    ~Matcher();

    Result<Scratch> make_scratch() const;

    // Visits each detector that has candidates in `text` (less than 4 GiB), in order of build()'s
    // list: once, and again only in texts with millions of candidates, so that memory stays
    // bounded; then each call brings others. Time is linear in the text.
    Result<void> scan(std::string_view text, Scratch& scratch, Visitor& visitor) const;

    // Whether build() found the compiled form in the cache.
    bool was_cached() const;

  private:
    struct Inside;
    explicit Matcher(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
