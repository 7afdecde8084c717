// What makes a file known again: as it is, or much of its bytes.
//
// A quick tag (size, first and last bytes) tells in no time that a file is none of those registered; where it
// is, the tag of its whole content decides. For near copies, a sketch: of all windows of 64 bytes the
// 64 whose keyed hashes are least (Broder, 1997: two such sets overlap as the files do). So a drawing that was
// saved again with one more line, a photograph whose metadata was taken off, a file with something in front, are
// near copies, whatever their format. Text is left to excerpts, which see more.
// Rejected: libtlsh (docs/decisions/0095): a histogram of a file is no secret under a key, and too many
// strangers have the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/evidence.h"
#include "index/key.h"
#include "index/siphash.h"

namespace keepmum {

inline constexpr std::size_t sketch_size = 64;      // tags of a file, at most
inline constexpr std::uint64_t least_sketched = 1024;        // bytes: in less there is too little to compare
inline constexpr std::uint64_t most_sketched = 256ull << 20;  // bytes of a file that are looked at

// One object serves all threads.
class Digester {
  public:
    explicit Digester(RegisterKey const& key);

    // Reads the first and last 64 bytes of evidence of kind bytes, its content in memory or not. Errors: those
    // of reading it.
    Result<std::uint64_t> quick_tag(Evidence const& file) const;

    // Of the whole content: two files with one are the same. Under the key; linear.
    Result<std::uint64_t> whole_tag(Evidence const& file) const;

    // The sketch of a file, sorted; empty where it is text (by its first bytes), or too small. Linear, some 500 MB a second.
    Result<std::vector<std::uint64_t>> sketch(Evidence const& file) const;

  private:
    SipKey quick_, whole_, window_;
    std::array<std::uint64_t, 256> gear_;  // what each byte adds to the rolling hash; drawn from the key
};

}  // namespace keepmum
