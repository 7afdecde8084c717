// The permits of this machine: kept in one file, changed whole, applied to verdicts.
//
// data/permits.json (docs/formats/permit.md) is rewritten beside itself and renamed, under a lock file,
// so that two runs that use the same permit both count. data/officers.json holds the public keys to
// which the name of who allowed it is sealed.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/content.h"
#include "base/hash.h"
#include "base/result.h"
#include "core/permit.h"
#include "core/verdict.h"

namespace keepmum {

// The keyed hash that binds a permit to `content`.
std::string content_binding(Key const& key, std::string_view content);
Result<std::string> content_binding(Key const& key, Content const& content);

class Permits {
  public:
    // `folder` is where permits.json lies or will lie; none there means no permits. A damaged file is
    // an error that names the line: permits are never quietly forgotten.
    static Result<Permits> load(std::string const& folder);

    std::vector<Permit> const& all() const { return permits_; }
    Permit const* find(std::string_view id) const;
    bool empty() const { return permits_.empty(); }

    // Each of these locks, reads the file anew, changes it and writes it back.
    Result<> add(Permit permit);
    Result<> revoke(std::string_view id);
    Result<> count_uses(std::map<std::string, std::uint64_t> const& uses);

  private:
    template <class Change>
    Result<> change(Change change);
    std::string folder_;
    std::vector<Permit> permits_;
};

// Applies the valid permits to a judged verdict that holds: a permit for the whole content turns hold
// into warn; one for a rule takes its findings out and the rest is judged again. Ids of what was
// used land in verdict.permits. `binding` is the content's, or "" where it was not taken.
void apply_permits(std::span<Permit const> permits, std::string_view binding, std::string_view today,
                   Directive const& directive, Verdict& verdict);

// The public keys of the two who can open what is sealed; made on first use, together with two key
// files in `folder` that are to be handed to two different people.
struct Officers {
    std::string first, second;
    bool fresh = false;  // made just now
};
Result<Officers> officers(std::string const& folder);

}  // namespace keepmum
