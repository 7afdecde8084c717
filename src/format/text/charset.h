// Which character set a text is in, and its decoding to UTF-8 with the way back.
//
// A byte order mark decides. Without one the bytes do: valid UTF-8 is UTF-8, NUL bytes in step are
// UTF-16 or UTF-32, and everything else is decoded in each candidate set and scored by how much the
// result looks like writing (common Chinese characters, kana, hangul, Cyrillic and Latin letters
// among their like). A declared charset (HTML, XML, mail) is one vote, which the bytes may overrule:
// declarations lie. ICU's detector has a say on alphabets that are not modelled (docs/decisions/scan/0195).
// Rejected: uchardet, which is weak below 200 bytes and on GB18030 against Big5.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/icu.h"

namespace keepmum {

enum class Charset : std::uint8_t {
    utf8, utf16le, utf16be, utf32le, utf32be, gb18030, big5, shift_jis, euc_jp, euc_kr,
    windows_1252, windows_1251, koi8_r, ibm866, iso_2022_jp, hz, utf7, ebcdic,
    // Of these, how they are written is not modelled here: a declaration or ICU's detector names them.
    windows_1250, iso_8859_2, iso_8859_5, iso_8859_6, windows_1253, windows_1254, windows_1255, windows_1256, windows_874, mac_cyrillic,
};

// The name people know it by: "UTF-16LE", "GB18030".
std::string_view name_of(Charset charset);

// Bytes of the smallest unit of its characters: 1, 2 or 4.
std::size_t unit_of(Charset charset);

// The charset that a declaration names ("gb2312", "Shift_JIS", "iso-8859-1"), if it is one of ours.
std::optional<Charset> charset_named(std::string_view label);

struct CharsetGuess {
    Charset charset = Charset::utf8;
    std::uint8_t mark = 0;   // bytes of byte order mark in front
    bool firm = true;        // false: the best candidate, without much to tell it from others
    bool known = true;       // false: nothing here reads like writing; only its ASCII can be relied on
    std::optional<Charset> other = std::nullopt;  // the next best, where it is close: worth reading as well
};

// Whether `bytes` may go on after their end: a sequence cut there is then no fault.
enum class Ending : std::uint8_t { whole, cut };

// Nothing where no charset makes text of it: a binary file. Looks at 64 KiB at most besides one
// linear pass for validity. Empty bytes are UTF-8.
std::optional<CharsetGuess> guess_charset(std::string_view bytes, Ending ending = Ending::whole,
                                          std::optional<Charset> declared = std::nullopt);

// False: guess_charset() of these bytes, up to 1 KiB that are not UTF-8, is not firm and known, or decoding them in
// what it guesses finds invalid sequences. True tells nothing. For the many short runs of text that happen to be made
// of the letters of base64; most are answered without any decoding.
bool may_be_firm(std::string_view bytes);

// Decodes; what the charset does not know becomes U+FFFD and is counted. Offsets count from `base`.
// A byte order mark is to be cut off before.
DecodedText decode_charset(std::string_view bytes, Charset charset, std::uint64_t base = 0);

}  // namespace keepmum
