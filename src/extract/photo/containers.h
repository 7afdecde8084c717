// Readers of films and recordings, one a family of containers; each takes the whole file and trusts nothing in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "extract/photo/tags.h"

namespace keepmum {

void read_iso(std::string_view file, Tags& tags);   // MP4, MOV, M4A, 3GP, and what HEIC and CR3 have in moov
void read_id3(std::string_view file, Tags& tags);   // MP3: ID3v2, ID3v1
void read_flac(std::string_view file, Tags& tags);  // FLAC: Vorbis comments
void read_riff(std::string_view file, Tags& tags);  // WAV, AVI: LIST INFO, bext
void read_matroska(std::string_view file, Tags& tags);  // MKV, WebM: Info, Tags

// Seconds since the beginning of 1904 as ISO 8601 with "Z"; "" for times before 1970, which clocks never set give.
std::string say_mac_time(std::uint64_t seconds);

}  // namespace keepmum
