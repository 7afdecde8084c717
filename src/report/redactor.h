// The last look before anything is written: no string that goes out may hold a secret.
//
// Findings are masked where they stand, but the same value may stand again in a file name, a
// neighbour's excerpt or a member's path, there perhaps with other separators, as %XX or as an
// entity. So every string of a report passes through here, as it is before any escaping by the
// format. What is forbidden is every run of six bytes of any secret: a cut-off half is masked too.
//
// Strings are compared in folded views (ASCII lower case, full-width forms narrowed, zero-width
// characters out, %XX, &#…; and \u with four digits undone) with and without punctuation. Rejected: masking the
// written report, because by then each format has its own spelling of a value.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace keepmum {

class Redactor final {
  public:
    static constexpr std::size_t window = 6;  // bytes

    // A value that must not appear, in any of its forms; those under three bytes are ignored, for
    // they would blot out half of every text. Values shorter than the window are masked only where
    // they stand as a word of their own.
    void add(std::string_view secret);

    bool empty() const { return windows_.empty() && words_.empty(); }

    // `text` with everything forbidden masked. Linear in the size of `text`.
    std::string redact(std::string_view text) const;

    // The same for parts that will be shown one behind the other: nothing forbidden may stand across
    // their borders either. As many parts as were given.
    std::vector<std::string> redact_parts(std::vector<std::string_view> const& parts) const;

  private:
    struct View;
    void learn(std::string_view folded);
    void mark(View const& view, std::vector<bool>& hidden) const;
    std::vector<bool> find(std::string_view text) const;  // empty: nothing; else true for each byte to hide
    std::string cover(std::string_view text, std::vector<bool> const& hidden, std::size_t from) const;

    std::unordered_set<std::uint64_t> windows_;  // six folded bytes, packed
    std::unordered_set<std::string> words_;      // folded values shorter than the window
    std::unordered_set<std::string> whole_;      // values as given: these keep their ends (see mask())
};

}  // namespace keepmum
