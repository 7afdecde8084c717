// Which segments make up a register, and which documents were removed since they were written.
//
//   keepmum register 1
//   key 0f…                     RegisterKey::check
//   generation 12
//   segment 5d21c0ffee000001    a file segment-5d21c0ffee000001, oldest first
//   removed 90ab12cd34ef5678    a document's id
//   check 77…                   of all lines above, under the key
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "index/key.h"

namespace keepmum {

struct Manifest {
    std::uint64_t generation = 0;
    std::vector<std::string> segments;  // names of files
    std::set<std::uint64_t> removed;
};

inline constexpr std::string_view manifest_name = "manifest", segment_prefix = "segment-", lock_name = "lock";

std::string print_manifest(Manifest const& manifest, RegisterKey const& key);
// Errors: denied (made under another key), invalid. `file` is what errors call it.
Result<Manifest> read_manifest(std::string_view text, RegisterKey const& key, std::string const& file);
// An empty one where the folder holds none and no segments either.
Result<Manifest> load_manifest(std::string const& folder, RegisterKey const& key);

}  // namespace keepmum
