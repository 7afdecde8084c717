// What the numbers and codes that are looked for look like, as tables of bits: a look at the first two
// characters, the last one and the groups of a window tells for which triggers it may be worth a call.
// A page of numbers has a hundred times as many windows as it has codes that anybody wants.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "core/detector.h"

namespace keepmum {

class CodeTable {
  public:
    CodeTable();

    // Takes in a trigger with What::code. For a code of each length that it wants, it is told by a bit:
    // that of the number of triggers that want this length too and were added before it. False, with
    // nothing added, where 64 of one length or 500 layouts are there already.
    bool add(Trigger const& trigger, CodeForm const& form);

    std::uint32_t longest() const { return longest_; }        // 0: nothing is wanted
    std::uint32_t shortest() const { return shortest_; }
    std::uint32_t fewest_digits() const { return fewest_digits_; }

    // A row of groups in a text.
    struct Window {
        std::size_t length = 0;  // of the compact form, at most longest()
        std::size_t digits = 0;
        char first = 0, second = 0, last = 0;  // of the compact form; letters of either case
        char before = 0;                       // what stands before it in the text, or NUL
        std::uint64_t sizes = 0;               // of its groups, see add_size(); 0 where there is one alone
    };

    // The triggers of this length that may want it.
    std::uint64_t triggers_for(Window const& window) const;

    // The sizes of groups as one number: `sizes` of those before, then one of `size`.
    static std::uint64_t add_size(std::uint64_t sizes, std::size_t size) { return sizes << 4 | (size < 15 ? size : 15); }

    // Lengths that windows of several groups may have, 1 << length; the last bit stands for all beyond.
    struct Lengths {
        std::uint64_t of_digits = 0;  // with digits alone, or an X at the end
        std::uint64_t of_any = 0;
        static std::uint64_t bit(std::size_t length) { return std::uint64_t{1} << (length < 63 ? length : 63); }
    };

    // Those of windows whose first group has `size` characters and that begin so.
    Lengths lengths_from(char first, char second, std::size_t size, char before) const {
        Lengths lengths = starts_[is_after_[static_cast<unsigned char>(before)]][index_of(first)][size < 15 ? size : 15];
        lengths.of_digits &= by_second_[index_of(second)];
        lengths.of_any &= by_second_[index_of(second)];
        return lengths;
    }

  private:
    static constexpr std::size_t alphabet = 36;  // digits and letters
    using Places = std::array<std::uint64_t, alphabet>;
    struct Length {
        std::array<std::uint64_t, 3> by_shape{};
        std::uint64_t any_way = 0;  // may be grouped anyhow
        std::vector<std::pair<std::uint64_t, char>> after;  // triggers that want a character before them
        Places first{}, second{}, last{};
        std::size_t count = 0;
    };
    struct Layout {
        std::uint64_t sizes = 0, triggers = 0;
    };
    using Starts = std::array<std::array<Lengths, 16>, alphabet>;

    static std::size_t index_of(char c);
    static Places places_of(std::string_view ranges, std::uint64_t bit);
    static std::size_t slot_of(std::uint64_t sizes) { return sizes * 0x9E3779B97F4A7C15ull >> 55; }
    std::uint64_t grouped(Length const& length, std::uint64_t sizes) const;
    void add_layout(std::uint64_t sizes, std::uint64_t triggers);
    void add_start(Trigger const& trigger, CodeForm const& form, std::size_t length, std::size_t first_size);

    std::vector<Length> lengths_;
    std::vector<Layout> layouts_;  // an open hash table
    std::size_t layout_count_ = 0;
    Places by_second_{};           // lengths as in Lengths
    std::array<Starts, 2> starts_;  // [1]: after a character that some trigger wants before it
    std::array<std::uint8_t, 256> is_after_{};
    std::uint32_t longest_ = 0, shortest_ = 256, fewest_digits_ = 256;
};

}  // namespace keepmum
