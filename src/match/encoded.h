// Finds runs in a text that may be an encoding of something else. Only where they are and what they
// look like: undoing them, and judging whether it makes sense, is format/text/decode.h's work.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace keepmum {

enum class Encoding : std::uint8_t {
    base64,            // RFC 4648, either alphabet, 20 characters or more, = where it stands; may be wrapped:
                       // lines of one length, the last one not longer, blanks at their ends or starts
    hex,               // 24 digits or more, an even number; may be wrapped likewise
    hex_escapes,       // \x41\x42 (3 or more in a row), or 0x41, 0x42 (8 or more)
    percent,           // %41%42: 3 or more in a run without blanks or quotes
    unicode_escapes,   // \u4f60, \u{4f60}, \U00004f60: 2 or more, at most 32 bytes apart
    entities,          // &#x41; &#65; &amp;: 2 or more, at most 32 bytes apart
    quoted_printable,  // =E4=BD=A0, =3D and = at a line's end: 3 or more, at most 80 bytes apart
};

// Offsets count bytes of the text. What is between two escapes of one run stands for itself.
struct EncodedRun {
    std::uint32_t begin = 0, end = 0;
    Encoding encoding = Encoding::base64;
    friend bool operator==(EncodedRun const&, EncodedRun const&) = default;
};

// All of them in `text` (less than 4 GiB), sorted by begin; runs of different kinds may overlap.
// Ordinary words, identifiers and paths are left out by how they change between capitals, small
// letters and digits. Linear; several GB/s where there are none.
std::vector<EncodedRun> find_encoded(std::string_view text);

}  // namespace keepmum
