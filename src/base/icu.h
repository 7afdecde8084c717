// What keepmum takes from ICU: converters with offsets, compatibility normalisation, character properties.
//
// Wrapped here so that no other folder sees ICU's types, and so that every call says where a
// character came from: a finding must point at the bytes of the file, not at decoded text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/offset_map.h"

namespace keepmum {

// Text made of bytes in another character set. `map` leads from `text` to the bytes.
struct DecodedText {
    std::string text;  // valid UTF-8
    OffsetMap map;
    std::uint64_t invalid = 0;  // sequences that the character set does not know: U+FFFD in `text`
};

// Decodes with the converter that ICU knows as `charset` ("gb18030", "windows-1252", …); offsets in
// the map count from `base`. Nothing where ICU knows no such converter. Linear.
std::optional<DecodedText> decode_with_icu(std::string_view bytes, char const* charset, std::uint64_t base = 0);

// The same as code points without the way back: for judging what a text would be, at a third of the cost.
struct DecodedPoints {
    std::u32string points;      // U+FFFD for each invalid sequence
    std::uint64_t invalid = 0;
};
std::optional<DecodedPoints> decode_points_with_icu(std::string_view bytes, char const* charset);

// What ICU's own detector takes the bytes for, by which letters follow one another in 20 languages: its best guess, "" where it has
// none, and 0 to 100 of confidence. Knows no Thai, and Cyrillic of Windows, KOI8-R and ISO 8859-5 alone.
struct CharsetOpinion {
    std::string name;
    int confidence = 0;
};
CharsetOpinion detect_with_icu(std::string_view bytes);

// `text` in that character set, unknown characters as the set's own substitute. For tests and tools.
std::string encode_with_icu(std::string_view text, char const* charset);

// Unicode normalisation form KC (UAX 15). `text` is valid UTF-8.
std::string normalize_nfkc(std::string_view text);

// A character that NFKC leaves as it is, whatever stands around it.
bool is_nfkc_inert(char32_t code_point);
// A character that NFKC leaves as it is where nothing joins it (NFKC_Quick_Check is yes or maybe).
bool is_nfkc_plain(char32_t code_point);
// NFKC of a text is the joined NFKC of its pieces when it is cut before such characters.
bool is_nfkc_boundary(char32_t code_point);

// Not meant to be seen: zero-width, bidi controls, variation selectors, tags, soft hyphen
// (Default_Ignorable_Code_Point, plus the other format characters of category Cf).
bool is_ignorable(char32_t code_point);
// Any space that is not a line end: property Zs and tab.
bool is_blank(char32_t code_point);
bool is_letter(char32_t code_point);
bool is_lowercase(char32_t code_point);
bool is_uppercase(char32_t code_point);
// Simple case folding: one character for one (Unicode CaseFolding.txt, statuses C and S).
char32_t fold_case(char32_t code_point);
// Assigned, and neither private use nor surrogate nor a control other than tab and line ends.
bool is_printable(char32_t code_point);
// The digit that the character stands for (category Nd), or -1.
int decimal_value(char32_t code_point);

// The letter below accents and other marks: the first character of its canonical decomposition, else itself.
char32_t base_letter(char32_t code_point);

enum class Script : std::uint8_t { common, latin, greek, cyrillic, han, kana, hangul, other };
Script script_of(char32_t code_point);

}  // namespace keepmum
