// Undoes encodings met inside a text: base64, hex, percent, \u and \x escapes, character references,
// quoted-printable. match/encoded.h says where such a run may be; here it is decoded, and thrown
// away where the result makes no sense, so that noise does not multiply.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/offset_map.h"
#include "match/encoded.h"

namespace keepmum {

struct DecodedRun {
    enum class What : std::uint8_t {
        text,   // `content` is valid UTF-8, nearly all of it printable
        bytes,  // `content` begins as a known kind of file does
    };
    What what = What::text;
    std::string content;
    OffsetMap map;  // from `content` to offsets in the text that the run stands in
    Span span;      // of the text: the run, and for escapes the word around it
};

// The word for Place steps and reasons: "base64", "hex", "percent", …
std::string_view word(Encoding encoding);

// Nothing where the run decodes to neither text nor a known file. Linear in the run.
std::optional<DecodedRun> decode_run(std::string_view text, EncodedRun const& run);

// The bytes that a data: URI (RFC 2397) carries; "" where it has none. Blanks inside are left out.
std::string decode_data_uri(std::string_view uri);

// Whether `bytes` begin as files of a common binary kind do (zip, PDF, pictures, packers, …).
bool has_file_head(std::string_view bytes);

}  // namespace keepmum
