// Where occurrences of an expression may begin, told by reading a text backwards.
//
// Read forwards, an expression that counts, as (?:key|token)[\w.-]{0,20}=[^\s]{16,256}, has as many counts open as words that
// it may begin with have come by, and a text of such words can be made in which they are never twice the same ones: a machine
// that keeps their sets as states makes a state a byte. Read backwards, each byte may be the last one of an occurrence, so the
// counts that are open are all those up to how long a run of bytes is that fit, and a thousand states do for any text. One
// look-up a byte tells for each place whether something begins there; what, others ask there alone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/offset_map.h"

namespace keepmum {

class Beginnings {
  public:
    // For an expression that compiles. Nothing where it holds what is not understood here, may be empty, or has too many states.
    static std::optional<Beginnings> make(std::string_view pattern);

    // What is known of one stretch of a text.
    struct Walk {
        Span stretch;                             // what is left of it
        std::uint64_t first_block = 0;            // number of the block to which states[0] belongs
        std::vector<std::uint32_t> states;        // by block: that in which its last byte is read
        std::uint64_t block = ~std::uint64_t{0};  // the block that `words` tells of
        std::vector<std::uint64_t> words;         // a bit a byte
    };

    // The first place in `within` at which an occurrence may begin that ends in `within`, or within.end. An occurrence begins at
    // none that is passed over. `walk` is that of an earlier call for the same text, or new. One look-up for each byte up to
    // within.end, and in longer stretches two, for all calls that go on from left to right with the same end.
    std::uint64_t find(std::string_view text, Span within, Walk& walk) const;

    // How far the bytes from `begin` on must be read to know of each occurrence that begins there: no further than `end`, and one
    // byte at least.
    std::uint64_t reach(std::string_view text, std::uint64_t begin, std::uint64_t end) const;

  private:
    // By state, then by kind: the state then, times the number of kinds; the lowest bit, which that is shifted past, says whether
    // what was read makes an occurrence. State 0 is that in which nothing is open.
    using Table = std::vector<std::uint32_t>;

    std::uint32_t read(std::string_view text, Span block, std::uint32_t state, std::uint64_t* words) const;
    void start(std::string_view text, Span within, Walk& walk) const;

    std::array<std::uint8_t, 256> kinds_{};  // bytes that no part tells apart are of one kind
    Table backwards_, forwards_;  // the latter for one occurrence, whose begin is state 1
    std::uint32_t kind_count_ = 0;
};

}  // namespace keepmum
