// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/bmff_tracks.h"

#include <algorithm>

namespace keepmum {

namespace {

class TrackReader {
  public:
    TrackReader(std::string_view file, std::uint64_t movie_scale, std::uint64_t most_chunks)
        : file_(file), movie_scale_(movie_scale), most_chunks_(most_chunks) {}

    MediaTrack read(IsoBox const& track) {
        visit(track, 0);
        if (media_scale_ > 0) track_.seconds = static_cast<double>(duration_) / static_cast<double>(media_scale_);
        if (chunk_offsets_.size > 0 && track_.chunks.empty()) place_samples();
        return std::move(track_);
    }

  private:
    void visit(IsoBox const& parent, int depth) {
        std::uint64_t behind = 0;
        for (IsoBox const& box : read_boxes(file_, parent.body, parent.end(), behind)) {
            std::uint64_t const at = box.body;
            bool const long_form = number(at, 1) == 1;
            if (box.type == "mdhd")
                media_scale_ = number(at + (long_form ? 20 : 12), 4),
                duration_ = number(at + (long_form ? 24 : 16), long_form ? 8 : 4);
            else if (box.type == "hdlr" && track_.handler.empty()) track_.handler = part_of(file_, at + 8, 4);
            else if (box.type == "stsd") read_coding(box);
            else if (box.type == "elst") read_edits(box);
            else if (box.type == "stsc") runs_ = box;
            else if (box.type == "stsz" || box.type == "stz2") sizes_ = box;
            else if (box.type == "stco" || box.type == "co64") chunk_offsets_ = box;
            else if (depth < 4 &&
                     (box.type == "mdia" || box.type == "minf" || box.type == "stbl" || box.type == "edts"))
                visit(box, depth + 1);
        }
    }

    std::uint64_t number(std::uint64_t at, std::size_t size) const { return big_endian(file_, at, size); }

    // How long a unit is stands in its coding's own box, somewhere in the sample entry.
    void read_coding(IsoBox const& box) {
        track_.coding = part_of(file_, box.body + 12, 4);
        std::string_view const entry = part_of(file_, box.body, box.body_size());
        std::size_t const avc = entry.find("avcC"), hevc = entry.find("hvcC");
        track_.is_hevc = avc == std::string_view::npos && hevc != std::string_view::npos;
        if (avc != std::string_view::npos) track_.length_size = (big_endian(entry, avc + 8, 1) & 3) + 1;
        if (track_.is_hevc) track_.length_size = (big_endian(entry, hevc + 25, 1) & 3) + 1;
    }

    // Rows: how long (in the movie's units), from where (in the track's; -1: a pause), rate.
    void read_edits(IsoBox const& box) {
        bool const long_form = number(box.body, 1) == 1;
        std::size_t const field = long_form ? 8 : 4;
        std::uint64_t const count = std::min<std::uint64_t>(number(box.body + 4, 4), box.body_size() / (2 * field + 4));
        std::uint64_t played = 0;
        for (std::uint64_t i = 0; i < count; ++i) {
            std::uint64_t const at = box.body + 8 + i * (2 * field + 4);
            bool const pause = (number(at + field, 1) & 0x80) != 0;
            if (!pause) played += std::min<std::uint64_t>(number(at, field), 1ull << 40);
        }
        if (movie_scale_ > 0 && count > 0)
            track_.shown_seconds = static_cast<double>(played) / static_cast<double>(movie_scale_);
    }

    // Samples lie in chunks; "stsc" says from which chunk on there are how many, "stsz" how large each is.
    void place_samples() {
        std::size_t const field = chunk_offsets_.type == "co64" ? 8 : 4;
        std::uint64_t const chunks =
            std::min({number(chunk_offsets_.body + 4, 4), chunk_offsets_.body_size() / field, most_chunks_});
        std::uint64_t const rows = std::min<std::uint64_t>(number(runs_.body + 4, 4), runs_.body_size() / 12);
        std::uint64_t const same = sizes_.type == "stsz" ? number(sizes_.body + 4, 4) : 0,
                            samples = number(sizes_.body + 8, 4);
        std::uint64_t const bits = sizes_.type == "stsz" ? 32 : std::max<std::uint64_t>(number(sizes_.body + 7, 1), 4);
        std::uint64_t const known = same != 0 ? samples : std::min(samples, sizes_.body_size() * 8 / bits);
        std::uint64_t row = 0, sample = 0;
        for (std::uint64_t chunk = 0; chunk < chunks && sample < known; ++chunk) {
            while (row + 1 < rows && number(runs_.body + 8 + (row + 1) * 12, 4) <= chunk + 1) ++row;
            std::uint64_t const count =
                std::min(rows == 0 ? 1 : number(runs_.body + 8 + row * 12 + 4, 4), known - sample);
            std::uint64_t size = same * count;
            for (std::uint64_t i = 0; same == 0 && i < count; ++i) size += size_of(sample + i, bits);
            sample += count;
            std::uint64_t const at = number(chunk_offsets_.body + 8 + chunk * field, field);
            if (at < file_.size() && size > 0) track_.chunks.push_back({at, std::min(size, file_.size() - at)});
        }
    }
    std::uint64_t size_of(std::uint64_t sample, std::uint64_t bits) const {
        if (bits >= 8) return number(sizes_.body + 12 + sample * (bits / 8), bits / 8);
        return number(sizes_.body + 12 + sample / 2, 1) >> (sample % 2 == 0 ? 4 : 0) & 15;
    }

    std::string_view file_;
    std::uint64_t movie_scale_, most_chunks_;
    std::uint64_t media_scale_ = 0, duration_ = 0;
    IsoBox runs_, sizes_, chunk_offsets_;
    MediaTrack track_;
};

}  // namespace

std::vector<MediaItem::Extent> find_user_data(std::string_view file, MediaTrack const& track) {
    constexpr unsigned user_data = 5;
    std::vector<MediaItem::Extent> all;
    if (track.length_size == 0) return all;
    for (MediaItem::Extent const& chunk : track.chunks) {
        for (std::uint64_t at = chunk.offset, end = chunk.offset + chunk.size; end - at > track.length_size;) {
            std::uint64_t const size = big_endian(file, at, track.length_size);
            std::uint64_t const unit = at + track.length_size;
            if (size == 0 || size > end - unit) break;
            auto const head = static_cast<unsigned>(big_endian(file, unit, 1));
            bool const information =
                track.is_hevc ? (head >> 1 & 63) == 39 || (head >> 1 & 63) == 40 : (head & 31) == 6;
            if (information && big_endian(file, unit + (track.is_hevc ? 2 : 1), 1) == user_data)
                all.push_back({at, size + track.length_size});
            at = unit + size;
        }
    }
    return all;
}

MediaTrack read_track(std::string_view file, IsoBox const& track, std::uint64_t movie_scale, std::uint64_t most_chunks) {
    return TrackReader(file, movie_scale, most_chunks).read(track);
}

}  // namespace keepmum
