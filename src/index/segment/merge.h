// Many segments made into one, without any text and in little memory: their grams come sorted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "index/segment/segment.h"

namespace keepmum {

enum class OnDamage : std::uint8_t { refuse, leave_out };

struct Merged {
    std::uint64_t documents = 0;
    std::vector<std::string> damaged;  // paths of segments of which something was left out
};

// Writes all documents of `segments` but those in `dropped` to a segment at `path`; of documents with one id, the first.
// Fault::invalid, naming the segment, where something is damaged and OnDamage says so.
Result<Merged> merge_segments(std::span<std::shared_ptr<Segment const> const> segments, std::set<std::uint64_t> dropped,
                              std::string const& path, SegmentKeys const& keys, OnDamage on_damage);

}  // namespace keepmum
