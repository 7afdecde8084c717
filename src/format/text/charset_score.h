// How much a decoded text looks like writing: tells apart the charsets whose bytes overlap.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "base/icu.h"
#include "format/text/charset.h"

namespace keepmum {

constexpr std::size_t sample_limit = 16 * 1024;
constexpr double firm_score = 0.8;   // per character that is not ASCII; running text reaches 1.2 to 2.6
constexpr double wide_score = 0.25;

// UTF-16 and UTF-32 of either order; `bytes` a whole number of units.
DecodedPoints decode_wide(std::string_view bytes, Charset charset);

// What the bytes are in that charset, without the way back.
DecodedPoints decode_points(std::string_view bytes, Charset charset);

// Points per character that is not ASCII, of a text decoded from `charset`; 0 where there is none.
double score_writing(std::u32string_view text, Charset charset);

// The same over all characters, for UTF-16 and UTF-32, where ASCII counts as evidence too.
double score_wide(std::u32string_view text);

// Letters and spaces of EBCDIC code page 500 in the proportions of writing.
bool looks_ebcdic(std::string_view bytes);

// The best of the eight-bit and double-byte candidates; nothing where none gives writing. False of
// may_be_firm_by_writing() says that it would not be firm about a charset that knows all of `sample`: by the
// candidates' grammar, which costs a fiftieth of decoding in each.
std::optional<CharsetGuess> choose_by_writing(std::string_view sample, std::optional<Charset> declared);
bool may_be_firm_by_writing(std::string_view sample);

// Whether score_wide() of the bytes, a whole number of UTF-16 units, may exceed `least`; no decoding where it
// cannot, nor where a surrogate stands alone.
bool may_be_wide(std::string_view bytes, Charset charset, double least);

}  // namespace keepmum
