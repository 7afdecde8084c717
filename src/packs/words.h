// Does any of these words stand somewhere in a text? For stop words and allowed words: up to a few
// thousand words, texts of a few hundred bytes. ASCII letters are compared without case.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

class WordSet {
  public:
    WordSet() = default;
    explicit WordSet(std::vector<std::string> words);  // empty words are dropped

    bool empty() const { return words_.empty(); }
    // The first word found, as a view into this set; empty where none occurs.
    std::string_view find_in(std::string_view text) const;
    bool any_in(std::string_view text) const { return !find_in(text).empty(); }

  private:
    std::vector<std::string> words_;     // lower-case, sorted
    std::vector<std::uint32_t> starts_;  // of each bucket of words_, by first two bytes' slot
    std::vector<char> thirds_;           // the third byte of each word; of shorter ones 0: few words need more than a look at it
    std::array<std::uint64_t, 16> filled_{};  // a bit a bucket: nearly all places of a text are told by it alone
    bool has_single_ = false;            // some word is one byte long
};

// Whether `word` (lower-case) occurs in `text` as a whole word: ASCII words end where no letter or
// digit goes on, or where a capital follows a small letter; words of other scripts need no border.
bool has_word(std::string_view text, std::string_view word);

}  // namespace keepmum
