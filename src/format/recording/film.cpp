// MP4 and MOV: the film and the sound that play, sample by sample, in a container of our own.
//
// Of each kind the first track that is switched on is taken. Others (subtitles, chapters, places along the way, timed
// notes of the telephone) are left out, and named. What an edit list or an aperture hides is refused, unless it can
// simply be left out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/recording/film.h"

#include <algorithm>

#include "format/recording/recording.h"

namespace keepmum {

namespace {

constexpr std::uint64_t most_samples = 4'000'000;

class Film {
  public:
    explicit Film(std::string_view file) : file_(file) {}

    Rewritten run() {
        std::uint64_t behind = 0;
        for (IsoBox const& box : read_boxes(file_, 0, file_.size(), behind)) {
            if (box.type == "moof") return Trouble{Cause::unsupported, "a rare kind of film: in fragments"};
            if (box.type != "moov") continue;
            if (std::optional<Trouble> trouble = read_movie(box)) return *trouble;
        }
        if (tracks_.empty()) return Trouble{Cause::malformed, "damaged or cut short: no film and no sound in it"};
        std::vector<std::vector<std::string>> samples(tracks_.size());
        for (std::size_t i = 0; i < tracks_.size(); ++i) {
            if (std::optional<Trouble> trouble = take_samples(tracks_[i], samples[i])) return *trouble;
        }
        return finish(write_film(tracks_, samples));
    }

  private:
    std::optional<Trouble> read_movie(IsoBox const& movie) {
        std::uint64_t behind = 0, scale = 0;
        std::vector<IsoBox> const boxes = read_boxes(file_, movie.body, movie.end(), behind);
        for (IsoBox const& box : boxes) {
            if (box.type == "mvhd")
                scale = big_endian(file_, box.body + (big_endian(file_, box.body, 1) == 1 ? 20 : 12), 4);
            if (box.type == "mvex") return Trouble{Cause::unsupported, "a rare kind of film: in fragments"};
        }
        for (IsoBox const& box : boxes) {
            if (box.type != "trak") continue;
            if (std::optional<Trouble> trouble = take_track(box, scale)) return trouble;
        }
        // The picture first, whatever the file's order.
        std::stable_sort(tracks_.begin(), tracks_.end(), [](FilmTrack const& left, FilmTrack const& right) {
            return left.is_sound < right.is_sound;
        });
        return {};
    }

    std::optional<Trouble> take_track(IsoBox const& track, std::uint64_t scale) {
        Wanted const wanted = look_at(track);
        bool const sound = wanted == Wanted::sound;
        bool const have = std::any_of(tracks_.begin(), tracks_.end(),
                                      [&](FilmTrack const& other) { return other.is_sound == sound; });
        if (wanted == Wanted::none || have) {
            further_ = true;
            return {};
        }
        std::variant<FilmTrack, Trouble> read = read_film_track(file_, track, scale);
        if (Trouble* const trouble = std::get_if<Trouble>(&read)) return std::move(*trouble);
        tracks_.push_back(std::get<FilmTrack>(std::move(read)));
        return {};
    }

    enum class Wanted : std::uint8_t { none, film, sound };
    Wanted look_at(IsoBox const& track) const {
        std::uint64_t behind = 0;
        bool on = false;
        Wanted wanted = Wanted::none;
        for (IsoBox const& box : read_boxes(file_, track.body, track.end(), behind)) {
            if (box.type == "tkhd") on = (big_endian(file_, box.body + 3, 1) & 1) != 0;
            if (box.type != "mdia") continue;
            for (IsoBox const& each : read_boxes(file_, box.body, box.end(), behind)) {
                if (each.type != "hdlr") continue;
                std::string_view const kind = part_of(file_, each.body + 8, 4);
                wanted = kind == "vide" ? Wanted::film : kind == "soun" ? Wanted::sound : Wanted::none;
            }
        }
        return on ? wanted : Wanted::none;
    }

    std::optional<Trouble> take_samples(FilmTrack const& track, std::vector<std::string>& samples) const {
        if (track.samples.size() > most_samples) return Trouble{Cause::too_big, "more pixels than are decoded"};
        samples.reserve(track.samples.size());
        for (FilmSample const& sample : track.samples) {
            samples.push_back(shown_units(part_of(file_, sample.offset, sample.size), track));
            if (samples.back().empty()) return Trouble{Cause::malformed, "damaged or cut short: a frame of it"};
        }
        return {};
    }

    Rewritten finish(std::string bytes) const {
        Recording out;
        out.bytes = std::move(bytes);
        FilmTrack const& first = tracks_.front();
        out.media = first.is_sound ? "audio/mp4" : "video/mp4";
        out.extension = first.is_sound ? "m4a" : "mp4";
        bool const across = first.quarters % 2 == 1;
        out.width = across ? first.height : first.width;
        out.height = across ? first.width : first.height;
        for (FilmTrack const& track : tracks_)
            out.seconds = std::max(out.seconds, (track.lasts() + track.scale / 2) / track.scale);
        if (further_) out.left_out.push_back("further tracks: subtitles, chapters, other sound, notes of the camera");
        return out;
    }

    std::string_view file_;
    std::vector<FilmTrack> tracks_;
    bool further_ = false;
};

}  // namespace

Rewritten rewrite_film(std::string_view file) { return Film(file).run(); }

}  // namespace keepmum
