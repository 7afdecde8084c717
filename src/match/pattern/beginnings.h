// Where occurrences of an expression may begin, told by reading a text backwards.
//
// Read forwards, an expression that counts, as (?:key|token)[\w.-]{0,20}=[^\s]{16,256}, has as many counts open as words that
// it may begin with have come by, and a text of such words can be made in which they are never twice the same ones: a machine
// that keeps their sets as states makes a state a byte. Read backwards, each byte may be the last one of an occurrence, so the
// counts that are open are all those up to how long a run of bytes is that fit, and a thousand states do for any text. One
// look-up a byte tells for each place whether something begins there, and the states on the way what: from a begin on they say
// at each byte which positions lead to an end, and the preferred of these is what a search would take.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/offset_map.h"
#include "match/pattern/positions.h"

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
        std::vector<std::uint32_t> marks;         // by word: the state in which its first byte is read
        std::uint64_t column_word = ~std::uint64_t{0};  // the word that `column` tells of: by byte, likewise
        std::array<std::uint32_t, 64> column;
        std::vector<Span> groups;  // of what trace() has found last; empty where it has found nothing
        std::vector<std::uint64_t> open, counts;
    };

    // The first place in `within` at which an occurrence may begin that ends in `within`, or within.end. An occurrence begins at
    // none that is passed over. `walk` is that of an earlier call for the same text, or new. One look-up for each byte up to
    // within.end, and in longer stretches two, for all calls that go on from left to right with the same end.
    std::uint64_t find(std::string_view text, Span within, Walk& walk) const;

    // The occurrence that Regex::find finds at `begin`, which find() has told with the same `walk`, with as many groups: in walk.groups,
    // which is left empty where it is not known.
    void trace(std::string_view text, std::uint64_t begin, int groups, Walk& walk) const;

    // Whether an occurrence may begin at `begin` that ends by `end`: more closely told than by find(). And how far the bytes from there
    // on were read, one at least: to know of one occurrence, or of each.
    struct Reach {
        std::uint64_t end;
        bool occurs;
    };
    enum class Know : std::uint8_t { of_one, of_each };
    Reach reach(std::string_view text, std::uint64_t begin, std::uint64_t end, Know know) const;

  private:
    // By state, then by kind: where the row of the state then begins; the lowest bit, which that is shifted past, says whether
    // what was read makes an occurrence. State 0 is that in which nothing is open. Behind each row that is read backwards stands
    // the set of the positions that are open, a bit each.
    using Table = std::vector<std::uint32_t>;

    bool pass(std::string_view text, std::uint64_t at, BytePositions::Edge const& edge, Walk& walk) const;
    void fill_column(std::string_view text, std::uint64_t word, Walk& walk) const;
    std::uint32_t read(std::string_view text, Span block, std::uint32_t state, std::uint64_t* words, std::uint32_t* marks) const;
    void start(std::string_view text, Span within, Walk& walk) const;

    std::array<std::uint8_t, 256> kinds_{};  // bytes that no part tells apart are of one kind
    Table backwards_, forwards_;  // the latter for one occurrence, whose begin is state 1
    std::uint32_t kind_count_ = 0;
    BytePositions positions_;  // those of backwards_
};

}  // namespace keepmum
