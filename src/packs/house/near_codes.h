// Codes that are one character away from a listed one: changed, added, left out, or two swapped.
// Each listed code is kept under itself and under all its forms with one character left out, and so is
// what is asked for: two strings that near always share one of these.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace keepmum {

class NearCodes {
  public:
    // At least six folded letters or digits, ASCII, and at most 60; see is_near_code().
    void add(std::u32string_view letters, std::uint32_t word);
    bool empty() const { return codes_.empty(); }
    std::uint8_t shortest() const;  // of what may be near
    std::uint8_t longest() const;

    // The word whose code is one character away from `compact` (upper case). Nothing where it is itself
    // a code of the list.
    std::optional<std::uint32_t> find(std::string_view compact) const;

  private:
    struct Code {
        std::string text;
        std::uint32_t word = 0;
    };
    std::vector<Code> codes_;
    std::unordered_multimap<std::string, std::uint32_t> keys_;  // to indices of codes_
    std::size_t shortest_ = 64, longest_ = 0;
};

// Whether one character away from it means anything: six to 60 ASCII letters and digits, four digits
// of them.
bool is_near_code(std::u32string_view letters);

}  // namespace keepmum
