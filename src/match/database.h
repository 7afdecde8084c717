// The compiled form of literals, words, patterns and gates, and the file that keeps it from one run to the next: a
// Hyperscan block-mode database for all of a text, and another for what is found around long runs of letters and
// digits alone (match/long_run.h).
//
// A text full of "key" or "token" would keep those patterns busy that begin with such words (flood_words()). Where more
// of them occur than in any ordinary text, the search is begun again without these patterns, which then may end anywhere:
// RE2 reads such a text faster. The database for that is made when first needed.
//
// No SOM, no UTF8: with either, a third of the usual secret rules is "too large", and their
// bounded repeats explode. So an end is all that is known of a pattern, and the start of a literal
// follows from its length.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "core/detector.h"

namespace keepmum {

// One thing to look for; its index in the list is its number.
struct Sought {
    Trigger::What what = Trigger::What::literal;  // literal, word, pattern or gate
    std::string text;
    bool gated = false;  // a pattern: every detector of it has gates, so that it may stay out
    bool eager = false;  // a gate: some detector of it takes whole texts anyhow, so that it is always needed
    std::vector<std::uint32_t> gates = {};  // a pattern: the numbers of its detectors' gates
};

// What is to be done with each, decided once and kept in the cache.
enum class Treatment : std::uint8_t {
    search,     // it is in the database
    unbounded,  // a pattern in the database with no bound to its width: true only where a text is searched in one go
    whole,      // a pattern that is not in it: too slow there, or beyond Hyperscan. All of a text is its candidate
    aside,      // a gate that is not in it: few texts ask for it, and it can be looked for then
};

enum class Scanned : std::uint8_t { all, stopped };

// Takes where things end. Not in order.
class EndSink {
  public:
    // Number `sought` ends at `end`, of the text given to scan(). False stops the scan.
    virtual bool ends(std::uint32_t sought, std::uint32_t end) = 0;
    // Pattern `sought` may end anywhere in (from, to]: it was not searched for there.
    virtual void anywhere(std::uint32_t sought, std::uint32_t from, std::uint32_t to) = 0;
    // What this scan() has told so far will be told again.
    virtual void begin_again() = 0;

  protected:
    ~EndSink() = default;
};

class Database {
  public:
    class Scratch {
      public:
        Scratch() = default;
        Scratch(Scratch&& other) noexcept : inside_(other.inside_), knows_calm_(other.knows_calm_) { other.inside_ = nullptr; }
        Scratch& operator=(Scratch&& other) noexcept {
            std::swap(inside_, other.inside_);
            std::swap(knows_calm_, other.knows_calm_);
            return *this;
        }
        ~Scratch();

      private:
        friend class Database;
        void* inside_ = nullptr;  // hs_scratch_t
        bool knows_calm_ = false;  // whether it is large enough for what is used in a flood
    };

    // `cache_folder` as for Matcher::build. An error's `where` is the text of what does not compile.
    static Result<Database> make(std::span<Sought const> sought, std::string const& cache_folder);

    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    std::span<Treatment const> treatments() const;  // by number
    bool was_cached() const;

    Result<Scratch> make_scratch() const;

    // Tells every end in (from, to] of `text`, no matter how a text is cut into such stretches
    // (but see Treatment::unbounded): what stands around them is looked at as well. A gate may be
    // told for any end, or many times, and so may any end where patterns may end anywhere.
    Result<Scanned> scan(std::string_view text, std::uint64_t from, std::uint64_t to, Scratch& scratch,
                      EndSink& sink) const;

  private:
    struct Inside;
    // What is used in a flood, as hs_database_t; null where there is none.
    Result<void const*> calm_for(Scratch& scratch) const;
    explicit Database(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> inside_;
};

}  // namespace keepmum
