// Walks the ASCII digits of a text from left to right and tells those of which it can be seen at once that they are
// too few to be a code.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "match/byte_set.h"

namespace keepmum {

class DigitFinder {
  public:
    explicit DigitFinder(std::string_view text) : text_(text), digits_(digits, text), parting_(parting, text) {}

    // The next digit at or after `from`, or text.size().
    std::size_t next(std::size_t from) {
        std::uint64_t mask = ~std::uint64_t{0} << from % 64;
        for (std::size_t number = from / 64; 64 * number < text_.size(); ++number) {
            std::uint64_t const bits = digits_.word(number) & mask;
            if (bits) return 64 * number + static_cast<std::size_t>(std::countr_zero(bits));
            mask = ~std::uint64_t{0};
        }
        return text_.size();
    }

    // The end of the run of letters, digits, bytes of separators and bytes beyond ASCII that begins at `at`, if it
    // ends within 64 bytes and holds less than `fewest` digits. Else `at`.
    std::size_t skip_poor_run(std::size_t at, std::size_t fewest) {
        std::size_t const left = text_.size() - at;
        std::size_t const size = std::min(left, static_cast<std::size_t>(std::countr_zero(read(parting_, at))));
        if (size == 64) return at;
        std::uint64_t const inside = (std::uint64_t{1} << size) - 1;
        return static_cast<std::size_t>(std::popcount(read(digits_, at) & inside)) < fewest ? at + size : at;
    }

  private:
    static constexpr ByteSet digits{"0-9"};
    // ASCII that may not stand in a row of groups; see codes.h.
    static constexpr ByteSet parting{{"\0-\x08\x0E-\x1F!-,:-@[-^`{-\x7F", 19}};

    // The 64 bytes from `at` on.
    std::uint64_t read(ByteSetWords& words, std::size_t at) const {
        std::uint64_t const word = words.word(at / 64) >> at % 64;
        if (at % 64 == 0 || 64 * (at / 64 + 1) >= text_.size()) return word;
        return word | words.word(at / 64 + 1) << (64 - at % 64);
    }

    std::string_view text_;
    ByteSetWords digits_, parting_;
};

}  // namespace keepmum
