// Where the words of many lists stand in a text: one walk over the text, whatever the number of words.
//
// A trie over folded letters. At each place where some word may begin (a table of first letters and
// one of pairs say so) the trie is followed, over what may stand between letters too; each end that is
// met says how it may be written (packs/spelling.h). Not a matter for the one search over all rules:
// a list that changes would have thousands of rules compiled anew at the next start, and the ways to
// write a Chinese word, traditional characters and line breaks included, are too many to list.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/offset_map.h"
#include "packs/house/spelling.h"

namespace keepmum {

enum class Form : std::uint8_t {
    exact,
    inflected,
    bare,    // without its accents
    shield,  // a longer expression in which the word is none
};

// Something listed, as it stands in a text.
struct WordOccurrence {
    std::uint32_t word = 0;  // as given to add()
    Form form = Form::exact;
    bool runs_on = false;    // into a digit, or from a code into one letter
    Span span;
};

// What a line end or a tab may mean in a text.
enum class Layout : std::uint8_t { running, table };

class HouseWordIndex {
  public:
    void add(Spelling const& spelling, std::uint32_t word, Form form);
    // Makes the tables; once, after the last add().
    void finish();

    // Everything listed that stands in `text`, sorted by begin; of what begins at one place, the
    // shorter first. Time is linear in the text, times the length of words that begin alike.
    std::vector<WordOccurrence> find_in(std::string_view text, Layout layout) const;

  private:
    struct End {
        std::uint32_t word = 0;
        std::uint32_t next = 0;  // index into ends_, 0 = none
        Form form = Form::exact;
        std::vector<Joint> joints;
    };
    struct Walk;
    std::uint32_t child(std::uint32_t node, char32_t letter) const;
    bool may_begin(std::string_view text, std::size_t at) const;

    std::unordered_map<std::uint64_t, std::uint32_t> edges_;  // node << 32 | letter
    std::vector<std::uint32_t> first_end_{0};                 // by node; index into ends_, 0 = none
    std::vector<End> ends_{End{}};
    std::array<bool, 128> first_ascii_{};   // as they stand in texts, not folded
    std::bitset<128 * 128> second_ascii_;   // first letter * 128 + second, likewise
    std::vector<bool> first_wide_;          // by code point up to U+FFFF; empty: none begins so
    bool first_beyond_ = false;             // some word begins beyond U+FFFF
};

}  // namespace keepmum
