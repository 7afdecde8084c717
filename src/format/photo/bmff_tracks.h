// Tracks of films and recordings in ISO boxes (ISO 14496-12, 8.3 to 8.7), and what their edit lists leave out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "format/photo/bmff.h"

namespace keepmum {

struct MediaTrack {
    std::string_view handler;   // "vide", "soun", "meta", …
    std::string_view coding;    // the first sample entry's: "avc1", "mp4a", …
    double seconds = 0;         // of the media
    double shown_seconds = -1;  // what its edit list plays; -1: no edit list
    unsigned length_size = 0;   // bytes of the length in front of each unit of H.264 and HEVC; 0: other codings
    bool is_hevc = false;
    std::vector<MediaItem::Extent> chunks;  // of the file, cut to it
};

// `track` is a "trak" box; `movie_scale` the movie's time units a second. At most `most_chunks` chunks
// are followed.
MediaTrack read_track(std::string_view file, IsoBox const& track, std::uint64_t movie_scale, std::uint64_t most_chunks);

// What encoders wrote into the film about themselves: units of supplemental information (ITU-T H.264, H.265, annex D) with
// free user data, their length in front of them included.
std::vector<MediaItem::Extent> find_user_data(std::string_view file, MediaTrack const& track);

}  // namespace keepmum
