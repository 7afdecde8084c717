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
    std::vector<MediaItem::Extent> chunks;  // of the file, cut to it
};

// `track` is a "trak" box; `movie_scale` the movie's time units a second. At most `most_chunks` chunks
// are followed.
MediaTrack read_track(std::string_view file, Box const& track, std::uint64_t movie_scale, std::uint64_t most_chunks);

}  // namespace keepmum
