// Chinese fonts that name no encoding: poppler takes their bytes for Latin letters, one glyph a byte,
// where the page shows one character for two bytes of GB 18030.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

namespace keepmum::pdf {

// What one font's text looks like, byte by byte. Latin text has single letters above A0 among many
// below; Cyrillic and Greek pairs fall on rare characters; Chinese text is pairs of common ones.
class ByteSample final {
  public:
    void add(unsigned code) {
        if (code < 0xA1 || code > 0xFE) {
            if (lead_ != 0) ++single_;
            lead_ = 0;
        } else if (lead_ == 0) {
            lead_ = static_cast<std::uint8_t>(code);
        } else {
            note_pair(lead_, static_cast<std::uint8_t>(code));
            lead_ = 0;
        }
    }
    bool is_chinese() const;

  private:
    void note_pair(std::uint8_t lead, std::uint8_t trail);
    std::uint8_t lead_ = 0;
    std::uint32_t common_ = 0, rare_ = 0, punctuation_ = 0, invalid_ = 0, single_ = 0;
};

// The character of two such codes, 0 where they are none.
char32_t pair(unsigned lead, unsigned trail);

// Spaces of any width.
bool is_blank(char32_t code_point);

// Both read the same once spaces, hyphens and the forms of ligatures are left out.
bool is_same_reading(std::u32string_view drawn, std::u32string_view given);

}  // namespace keepmum::pdf
