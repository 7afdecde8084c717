// The least MP4 that plays: one movie, its tracks, their tables, the samples by seconds. No date, no name, no
// language.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/recording/film.h"

namespace keepmum {

namespace {

using namespace std::string_literals;

constexpr std::uint64_t movie_scale = 1000;

// A stretch of samples that lie behind each other.
struct Chunk {
    std::size_t track = 0, first = 0, count = 0;
    std::uint64_t offset = 0;  // behind the beginning of all samples
};

std::uint64_t in_movie(std::uint64_t units, std::uint32_t scale) { return (units * movie_scale + scale / 2) / scale; }

std::uint64_t played(FilmTrack const& track) {
    std::uint64_t const all = track.ends();
    return track.pause + in_movie(all - std::min(all, track.from), track.scale);
}

std::string matrix_of(FilmTrack const& track) {
    constexpr std::uint64_t one = 0x10000, minus = 0xFFFF0000, last = 0x40000000;
    std::uint64_t const turns[4][4] = {
        {one, 0, 0, one}, {0, one, minus, 0}, {minus, 0, 0, minus}, {0, minus, one, 0}};
    std::uint64_t const right[4] = {0, track.height, track.width, 0}, down[4] = {0, 0, track.height, track.width};
    std::uint64_t const* const turn = turns[track.quarters];
    return number_of(turn[0], 4) + number_of(turn[1], 4) + number_of(0, 4) + number_of(turn[2], 4) +
           number_of(turn[3], 4) + number_of(0, 4) + number_of(right[track.quarters] << 16, 4) +
           number_of(down[track.quarters] << 16, 4) + number_of(last, 4);
}

// Values, each behind how often it comes in a row.
template <class Of>
std::string rows_of(FilmTrack const& track, Of const& of) {
    std::string rows;
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < track.samples.size();) {
        std::size_t same = i;
        while (same < track.samples.size() && of(track.samples[same]) == of(track.samples[i])) ++same;
        rows += number_of(same - i, 4) + number_of(static_cast<std::uint32_t>(of(track.samples[i])), 4);
        ++count;
        i = same;
    }
    return number_of(count, 4) + rows;
}

std::string tables_of(FilmTrack const& track, std::vector<std::string> const& samples,
                      std::vector<Chunk> const& chunks, std::uint64_t base) {
    std::string out = full_box_of("stsd", 0, number_of(1, 4) + box_of(track.coding, track.entry));
    out += full_box_of("stts", 0, rows_of(track, [](FilmSample const& sample) { return sample.lasts; }));
    auto const shifted = [](FilmSample const& sample) { return sample.later != 0; };
    if (std::any_of(track.samples.begin(), track.samples.end(), shifted)) {
        out += full_box_of("ctts", 0, rows_of(track, [](FilmSample const& sample) { return sample.later; }));
        // Shifts below 0 are for version 1.
        bool const below = std::any_of(track.samples.begin(), track.samples.end(),
                                       [](FilmSample const& sample) { return sample.later < 0; });
        std::size_t const at = out.rfind("ctts");
        if (below) out[at + 4] = '\1';
    }
    std::string entries, sizes, offsets, runs;
    std::uint64_t count = 0, rows = 0, before = 0;
    for (std::size_t i = 0; i < track.samples.size(); ++i) {
        if (track.samples[i].entry) entries += number_of(i + 1, 4), ++count;
        sizes += number_of(samples[i].size(), 4);
    }
    if (count < track.samples.size()) out += full_box_of("stss", 0, number_of(count, 4) + entries);
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        offsets += number_of(base + chunks[i].offset, 4);
        if (chunks[i].count != before)
            runs += number_of(i + 1, 4) + number_of(chunks[i].count, 4) + number_of(1, 4), ++rows;
        before = chunks[i].count;
    }
    return out + full_box_of("stsc", 0, number_of(rows, 4) + runs) +
           full_box_of("stsz", 0, number_of(0, 4) + number_of(samples.size(), 4) + sizes) +
           full_box_of("stco", 0, number_of(chunks.size(), 4) + offsets);
}

std::string track_of(FilmTrack const& track, std::size_t number, std::string const& tables) {
    std::string out = full_box_of(
        "tkhd", 3,
        number_of(0, 8) + number_of(number, 4) + number_of(0, 4) + number_of(played(track), 4) + number_of(0, 8) +
            number_of(0, 4) + number_of(track.is_sound ? 0x100 : 0, 2) + number_of(0, 2) + matrix_of(track) +
            number_of(std::uint64_t{track.width} << 16, 4) + number_of(std::uint64_t{track.height} << 16, 4));
    if (track.has_edit) {
        auto const row = [](std::uint64_t lasts, std::uint64_t from) {
            return number_of(lasts, 4) + number_of(from, 4) + number_of(0x10000, 4);
        };
        std::string const pause = track.pause > 0 ? row(track.pause, 0xFFFFFFFF) : std::string();
        out += box_of("edts", full_box_of("elst", 0,
                                          number_of(track.pause > 0 ? 2 : 1, 4) + pause +
                                              row(played(track) - track.pause, track.from)));
    }
    std::string const head =
        track.is_sound ? full_box_of("smhd", 0, number_of(0, 4)) : full_box_of("vmhd", 1, number_of(0, 8));
    constexpr std::uint64_t no_language = 0x55C4;
    return box_of(
        "trak",
        out +
            box_of(
                "mdia",
                full_box_of("mdhd", 0,
                            number_of(0, 8) + number_of(track.scale, 4) + number_of(track.lasts(), 4) +
                                number_of(no_language, 2) + number_of(0, 2)) +
                    full_box_of("hdlr", 0, number_of(0, 4) + (track.is_sound ? "soun" : "vide") + number_of(0, 13)) +
                    box_of("minf",
                           head +
                               box_of("dinf", full_box_of("dref", 0, number_of(1, 4) + full_box_of("url ", 1, ""))) +
                               box_of("stbl", tables))));
}

// A second of each track after the other, so that players need not jump about.
std::vector<Chunk> arrange(std::vector<FilmTrack> const& tracks,
                           std::vector<std::vector<std::string>> const& samples) {
    std::vector<Chunk> chunks;
    std::vector<std::size_t> next(tracks.size());
    std::vector<std::uint64_t> time(tracks.size());
    std::uint64_t offset = 0;
    for (std::uint64_t second = 1;; ++second) {
        bool more = false;
        std::uint64_t soonest = ~0ull;
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            Chunk chunk{i, next[i], 0, offset};
            for (; next[i] < samples[i].size() && time[i] < second * tracks[i].scale; ++next[i], ++chunk.count) {
                time[i] += tracks[i].samples[next[i]].lasts;
                offset += samples[i][next[i]].size();
            }
            if (chunk.count > 0) chunks.push_back(chunk);
            if (next[i] < samples[i].size()) more = true, soonest = std::min(soonest, time[i] / tracks[i].scale);
        }
        if (!more) return chunks;
        second = std::max(second, soonest);  // long pauses are skipped
    }
}

}  // namespace

std::string number_of(std::uint64_t value, std::size_t size) {
    std::string out;
    for (std::size_t i = size; i-- > 0;) out += static_cast<char>(i < 8 ? value >> 8 * i & 0xFF : 0);
    return out;
}
std::string box_of(std::string_view type, std::string const& body) {
    return number_of(body.size() + 8, 4).append(type).append(body);
}
std::string full_box_of(std::string_view type, std::uint32_t flags, std::string const& body) {
    return box_of(type, number_of(flags, 4) + body);
}

std::string write_film(std::vector<FilmTrack> const& tracks, std::vector<std::vector<std::string>> const& samples) {
    std::vector<Chunk> const chunks = arrange(tracks, samples);
    std::string const front = box_of("ftyp", "isom"s + number_of(0x200, 4) + "isomiso2mp41");
    std::uint64_t longest = 0;
    for (FilmTrack const& track : tracks) longest = std::max(longest, played(track));
    auto const movie_at = [&](std::uint64_t base) {
        std::string body = full_box_of("mvhd", 0,
                                       number_of(0, 8) + number_of(movie_scale, 4) + number_of(longest, 4) +
                                           number_of(0x10000, 4) + number_of(0x100, 2) + number_of(0, 10) +
                                           matrix_of({}) + number_of(0, 24) + number_of(tracks.size() + 1, 4));
        for (std::size_t i = 0; i < tracks.size(); ++i) {
            std::vector<Chunk> own;
            std::copy_if(chunks.begin(), chunks.end(), std::back_inserter(own),
                         [&](Chunk const& chunk) { return chunk.track == i; });
            body += track_of(tracks[i], i + 1, tables_of(tracks[i], samples[i], own, base));
        }
        return box_of("moov", body);
    };
    std::string out = front + movie_at(front.size() + movie_at(0).size() + 8);
    std::uint64_t size = 8;
    for (auto const& track : samples) {
        for (std::string const& sample : track) size += sample.size();
    }
    out += number_of(size, 4) + "mdat";
    for (Chunk const& chunk : chunks) {
        for (std::size_t i = 0; i < chunk.count; ++i) out += samples[chunk.track][chunk.first + i];
    }
    return out;
}

}  // namespace keepmum
