// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/chinese_bytes.h"

#include <string>

#include "base/chinese.h"

namespace keepmum::pdf {

namespace {

// GB 2312: rows 1 to 9 hold signs and punctuation, 16 to 55 the common characters by sound.
constexpr std::uint8_t first_common = 0xB0, last_common = 0xD7, last_sign = 0xA9;

std::u32string fold(std::u32string_view text) {
    static constexpr std::u32string_view ligatures[] = {U"ff", U"fi", U"fl", U"ffi", U"ffl", U"st", U"st"};
    std::u32string out;
    for (char32_t c : text) {
        if (is_blank(c) || c == U'-' || c == 0xAD || c == 0x2010 || c == 0x2011 || c == 0xFFFD ||
            c == 0x200B || c == 0xFEFF || c < 0x20) {
            continue;
        }
        if (c >= 0xFB00 && c <= 0xFB06) {
            out += ligatures[c - 0xFB00];
        } else {
            out.push_back(c);
        }
    }
    return out;
}

}  // namespace

void ByteSample::note_pair(std::uint8_t lead, std::uint8_t trail) {
    if (decode_gb_pair(lead, trail) == 0) {
        ++invalid_;
    } else if (lead >= first_common && lead <= last_common) {
        ++common_;
    } else if (lead <= last_sign) {
        ++punctuation_;
    } else {
        ++rare_;
    }
}

bool ByteSample::is_chinese() const {
    std::uint32_t const characters = common_ + rare_;
    std::uint32_t const pairs = characters + punctuation_;
    std::uint32_t const faults = 4 * (invalid_ + single_);
    return common_ >= 4 && common_ * 10 >= characters * 7 && faults <= pairs;
}

char32_t pair(unsigned lead, unsigned trail) {
    if (lead > 0xFF || trail > 0xFF) return 0;
    return decode_gb_pair(static_cast<std::uint8_t>(lead), static_cast<std::uint8_t>(trail));
}

bool is_blank(char32_t code_point) {
    return code_point == U' ' || code_point == U'\t' || code_point == U'\n' || code_point == 0xA0 ||
           (code_point >= 0x2000 && code_point <= 0x200A) || code_point == 0x202F ||
           code_point == 0x3000;
}

bool is_same_reading(std::u32string_view drawn, std::u32string_view given) {
    return fold(drawn) == fold(given);
}

}  // namespace keepmum::pdf
