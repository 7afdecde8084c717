// Recordings written anew: what is heard and seen, in the least container that plays it, and nothing else of the
// file.
//
// Sound and film are not coded again, which would cost quality each time: their coded pieces are taken over, and what
// stands in these pieces beside what is played is taken out, where the coding has a place for such things. Everything
// around them is made here, from what the pieces themselves say. So the copy is a function of what is played.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "format/pixels/canvas.h"

namespace keepmum {

struct Recording {
    std::string bytes;
    std::string_view media, extension;    // static storage
    std::uint64_t seconds = 0;            // of what is played, rounded
    std::uint32_t width = 0, height = 0;  // of films, as they are shown
    std::vector<std::string> left_out;    // what a player may have played or used, one plain English clause each
};
using Rewritten = std::variant<Recording, Trouble>;

// The file written anew. Trouble is a refusal: what is cut short, or stands in a form that is not known to the last
// bit.
Rewritten rewrite_mp3(std::string_view file);   // layer III of MPEG 1, 2 and 2.5 (ISO 11172-3, ISO 13818-3)
Rewritten rewrite_flac(std::string_view file);  // RFC 9639
Rewritten rewrite_wav(std::string_view file);   // WAVE of whole samples: PCM, floating point, A-law, µ-law
Rewritten rewrite_film(std::string_view file);  // MP4, MOV, M4A (ISO 14496-12, 14496-14, 14496-15)

// The one for a file, by its first bytes; null where it is none of these.
using Rewriter = Rewritten (*)(std::string_view file);
Rewriter rewriter_of(std::string_view file);

// Recordings longer than this are refused: input, copy and proof must fit the memory of a worker.
inline constexpr std::uint64_t most_recorded = 240u << 20;  // bytes

}  // namespace keepmum
