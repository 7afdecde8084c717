// What is remembered of checks: for each a sketch, the verdict and what it rested on; never content.
//
// docs/formats/remembered.md has the layout: a folder with one file a day, STATE/remembered/YYYY-MM-DD, to which
// checks are appended under a lock, each encrypted under the register's key and checked by itself. A day older than
// `remembered_days` is deleted as a whole. Rejected: one file (forgetting a day would rewrite all of it, and
// damage at its head would endanger every day), SQLite (a journal, pages that keep what was deleted).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/verdict.h"
#include "index/key.h"
#include "index/store.h"
#include "io/append_file.h"
#include "register/sketch.h"

namespace keepmum {

struct SourceReport;  // report/writer.h

inline constexpr int remembered_days = 365;
inline constexpr std::size_t most_remembered = 1024;  // of one check, likewise gaps; of more the first are kept

// One check of one source. Fields that could hold a word of the content, or tell of a person, are not there.
struct RememberedCheck {
    // A finding without its place, excerpt and facts. `facts` and `fingerprint` are keyed hashes of "key=value" and of
    // the fingerprint, enough to be asked "was it this?".
    struct Seen {
        std::string rule;
        Certainty certainty = Certainty::hint;
        std::vector<std::string> labels;
        bool embedded = false;  // inside another file
        std::uint64_t fingerprint = 0;
        std::vector<std::uint64_t> facts;
    };
    struct Unseen {
        Cause cause = Cause::unreadable;
        std::string media;
        bool embedded = false;
    };
    std::string day;  // YYYY-MM-DD
    std::string to;   // label of the destination, as the user gave it, or ""
    std::string name;  // of the source, only where the user asked for it
    Outcome outcome = Outcome::pass;
    bool permitted = false;  // a permit answered a hold
    bool cut = false;        // had more findings or gaps than are kept
    Coverage coverage;
    std::vector<Seen> findings;
    std::vector<Unseen> gaps;
    Sketch sketch;

    // "C-" and twelve hex digits of the keyed hash of the content: the same content has the same id.
    std::string id() const { return "C-" + sketch.content.substr(0, 12); }
};

std::string print_check(RememberedCheck const& check);
std::optional<RememberedCheck> read_check(std::string_view bytes);  // takes any bytes

// Keyed short hashes of what is only to be compared.
class CheckTags {
  public:
    explicit CheckTags(RegisterKey const& key);
    std::uint64_t of(std::string_view purpose, std::string_view text) const;

  private:
    Key key_;
};

// The check that a report tells of. `sketch` is taken over.
RememberedCheck describe_check(SourceReport const& report, Sketch sketch, CheckTags const& tags);

// Appends to the folder; several processes may at once.
class Rememberer {
  public:
    // Makes the folder where it is new and deletes the days that are over. Errors: denied where the folder was begun under
    // another key (nothing is touched), io, full.
    static Result<Rememberer> open(std::string const& folder, RegisterKey const& key, std::string const& today);

    Result<> add(RememberedCheck const& check);
    // What was added outlives a loss of power.
    Result<> sync();
    std::uint64_t count() const { return count_; }  // added

  private:
    Rememberer(std::string folder, RegisterKey const& key, AppendFile file);
    std::string folder_;
    RegisterKey key_;
    AppendFile file_;
    std::uint64_t count_ = 0;
};

// Reads checks one after another, those of damaged stretches left out.
class RememberedReader {
  public:
    // The days from `since` on ("" for all), in order. Errors: denied for another key's folder.
    static Result<RememberedReader> open(std::string const& folder, RegisterKey const& key, std::string const& since);

    // The next check; nothing at the end. A file that cannot be read at all counts as damaged.
    std::optional<RememberedCheck> next();
    std::vector<Damage> const& damage() const { return damage_; }  // so far: each a stretch that was skipped

  private:
    RememberedReader(std::string folder, RegisterKey const& key) : folder_(std::move(folder)), key_(key) {}
    bool begin_file();
    void skip(std::size_t to);
    std::string folder_;
    RegisterKey key_;
    std::vector<std::string> days_;  // last first
    std::string path_;
    Blob bytes_;
    std::size_t at_ = 0;
    std::vector<Damage> damage_;
};

// Deletes the days before `day`. How many files.
Result<std::uint64_t> forget_before(std::string const& folder, std::string const& day);

}  // namespace keepmum
