// Tracks of films as they are read and written again (ISO 14496-12; boxes as ISO 14496-12 and 14496-15 have them).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "format/photo/bmff.h"
#include "format/pixels/canvas.h"

namespace keepmum {

struct FilmSample {
    std::uint64_t offset = 0, size = 0;  // bytes of the file
    std::uint32_t lasts = 0;             // in the track's units
    std::int32_t later = 0;              // shown so much later than decoded
    bool entry = true;                   // can be decoded without those before it
};

struct FilmTrack {
    bool is_sound = false;
    std::uint32_t scale = 0;              // units a second
    std::uint32_t width = 0, height = 0;  // as the track says, before it is turned
    std::uint32_t quarters = 0;           // turned clockwise
    std::string entry;                    // the sample entry, written anew, without its size and name
    std::string coding;                   // "avc1", "hvc1", "hev1", "mp4a"
    unsigned length_size = 0;             // bytes in front of each unit; 0 for sound
    bool has_elements = false;            // sound in the elements of ISO 14496-3, 4.4.2.1
    std::vector<FilmSample> samples;
    bool has_edit = false;
    std::uint64_t pause = 0;  // before it begins, thousandths of a second
    std::uint64_t from = 0;   // where it begins, in the track's units

    std::uint64_t lasts() const {
        std::uint64_t sum = 0;
        for (FilmSample const& sample : samples) sum += sample.lasts;
        return sum;
    }
    // When the last of it has been shown.
    std::uint64_t ends() const {
        std::int64_t decoded = 0, end = 0;
        for (FilmSample const& sample : samples) {
            end = std::max(end, decoded + sample.later + sample.lasts);
            decoded += sample.lasts;
        }
        return static_cast<std::uint64_t>(end);
    }
};

// `track` is a "trak" box. Trouble where it is of a kind that is not written, or damaged.
std::variant<FilmTrack, Trouble> read_film_track(std::string_view file, IsoBox const& track,
                                                 std::uint64_t movie_scale);

// A sample entry of "stsd" (the box with its name) into FilmTrack::entry, coding and length_size.
std::optional<Trouble> read_sample_entry(std::string_view file, IsoBox const& entry, FilmTrack& track);

// A sample without what is not shown: units of supplemental information, filling and further layers. Lengths become 4
// bytes. Of sound, what fills a frame before its first element of sound becomes 0: encoders write their names there.
// Empty where it is damaged or nothing is left.
std::string shown_units(std::string_view sample, FilmTrack const& track);

// The whole file. `samples` are those of each track, in its order.
std::string write_film(std::vector<FilmTrack> const& tracks, std::vector<std::vector<std::string>> const& samples);

std::string number_of(std::uint64_t value, std::size_t size);  // big-endian
std::string box_of(std::string_view type, std::string const& body);
std::string full_box_of(std::string_view type, std::uint32_t flags, std::string const& body);  // version 0

}  // namespace keepmum
