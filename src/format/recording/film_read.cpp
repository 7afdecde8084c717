// What a track says of its samples: how long each lasts, when it is shown, where it lies; and what its edit list
// shows of them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/recording/film.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;

Trouble damaged() { return {Cause::malformed, "damaged or cut short: a track cannot be read"}; }

// Sound that is decoded before the first that is heard: a few frames, which no decoder does without.
constexpr std::uint64_t most_unheard = 4;  // parts of a second

class TrackOfFilm {
  public:
    TrackOfFilm(std::string_view file, std::uint64_t movie_scale) : file_(file), movie_scale_(movie_scale) {}

    std::variant<FilmTrack, Trouble> read(IsoBox const& track) {
        gather(track, 0);
        if (std::optional<Trouble> trouble = read_heads()) return *trouble;
        for (auto const step : {&TrackOfFilm::place_samples, &TrackOfFilm::time_samples, &TrackOfFilm::apply_edits}) {
            if (std::optional<Trouble> trouble = (this->*step)()) return *trouble;
        }
        return std::move(track_);
    }

  private:
    std::uint64_t number(std::uint64_t at, std::size_t size) const { return big_endian(file_, at, size); }

    void gather(IsoBox const& parent, int depth) {
        std::uint64_t behind = 0;
        for (IsoBox const& box : read_boxes(file_, parent.body, parent.end(), behind)) {
            if (boxes_.size() < 200) boxes_.push_back(box);
            constexpr std::array<std::string_view, 4> inside = {"mdia", "minf", "stbl", "edts"};
            if (depth < 4 && std::find(inside.begin(), inside.end(), box.type) != inside.end())
                gather(box, depth + 1);
        }
    }
    IsoBox const* find(std::string_view type) const {
        auto const found =
            std::find_if(boxes_.begin(), boxes_.end(), [&](IsoBox const& box) { return box.type == type; });
        return found == boxes_.end() ? nullptr : &*found;
    }

    std::optional<Trouble> read_heads() {
        IsoBox const *const media = find("mdhd"), *const head = find("tkhd"), *const kind = find("hdlr"),
                            *const entries = find("stsd");
        if (!media || !head || !kind || !entries || head->body_size() < 84 || entries->body_size() < 16)
            return damaged();
        track_.is_sound = part_of(file_, kind->body + 8, 4) == "soun";
        track_.scale = static_cast<std::uint32_t>(number(media->body + (number(media->body, 1) == 1 ? 20 : 12), 4));
        if (track_.scale == 0 || number(entries->body + 4, 4) != 1) return damaged();
        std::uint64_t behind = 0;
        std::vector<IsoBox> const all = read_boxes(file_, entries->body + 8, entries->end(), behind);
        if (all.empty()) return damaged();
        if (std::optional<Trouble> trouble = read_sample_entry(file_, all.front(), track_)) return trouble;
        if (track_.is_sound) return {};
        std::uint64_t const matrix = head->end() - 44;
        track_.width = static_cast<std::uint32_t>(number(head->end() - 8, 2));
        track_.height = static_cast<std::uint32_t>(number(head->end() - 4, 2));
        return read_matrix(matrix);
    }

    // Nine numbers of 4 bytes; of them the first, second, fourth and fifth turn.
    std::optional<Trouble> read_matrix(std::uint64_t at) {
        constexpr std::uint32_t one = 0x10000, minus = 0xFFFF0000;
        constexpr std::array<std::array<std::uint32_t, 4>, 4> turns = {
            {{one, 0, 0, one}, {0, one, minus, 0}, {minus, 0, 0, minus}, {0, minus, one, 0}}};
        std::array<std::uint32_t, 4> const said = {
            static_cast<std::uint32_t>(number(at, 4)), static_cast<std::uint32_t>(number(at + 4, 4)),
            static_cast<std::uint32_t>(number(at + 12, 4)), static_cast<std::uint32_t>(number(at + 16, 4))};
        auto const found = std::find(turns.begin(), turns.end(), said);
        if (found == turns.end())
            return Trouble{Cause::unsupported, "a rare kind of film: its picture is slanted or mirrored"};
        track_.quarters = static_cast<std::uint32_t>(found - turns.begin());
        return {};
    }

    // Rows of a table: count (4) at 4, then rows of `size` bytes; never more than the box holds.
    struct Table {
        std::uint64_t at = 0, rows = 0;
    };
    Table table(std::string_view type, std::size_t size) const {
        IsoBox const* const box = find(type);
        if (!box || box->body_size() < 8) return {};
        return {box->body + 8, std::min(number(box->body + 4, 4), (box->body_size() - 8) / size)};
    }

    std::optional<Trouble> place_samples() {
        IsoBox const* const sizes = find("stsz");
        if (!sizes || sizes->body_size() < 12) return damaged();
        std::uint64_t const same = number(sizes->body + 4, 4), count = number(sizes->body + 8, 4);
        std::uint64_t const most = same != 0 ? file_.size() / same : (sizes->body_size() - 12) / 4;
        if (count == 0 || count > most) return damaged();
        std::size_t const field = find("co64") ? 8 : 4;
        Table const chunks = table(field == 8 ? "co64" : "stco", field), runs = table("stsc", 12);
        std::uint64_t row = 0, sum = 0;
        track_.samples.resize(count);
        std::uint64_t next = 0;
        for (std::uint64_t chunk = 0; chunk < chunks.rows && next < count; ++chunk) {
            while (row + 1 < runs.rows && number(runs.at + (row + 1) * 12, 4) <= chunk + 1) ++row;
            if (runs.rows == 0 || number(runs.at + row * 12 + 8, 4) != 1) return damaged();
            std::uint64_t at = number(chunks.at + chunk * field, field);
            for (std::uint64_t i = number(runs.at + row * 12 + 4, 4); i > 0 && next < count; --i, ++next) {
                FilmSample& sample = track_.samples[next];
                sample.size = same != 0 ? same : number(sizes->body + 12 + next * 4, 4);
                sample.offset = at;
                if (at > file_.size() || sample.size > file_.size() - at) return damaged();
                at += sample.size;
                sum += sample.size;
            }
        }
        // Samples over each other would make more of a file than it has.
        return next == count && sum <= file_.size() ? std::nullopt : std::optional(damaged());
    }

    std::optional<Trouble> time_samples() {
        std::uint64_t next = 0;
        Table const times = table("stts", 8), shifts = table("ctts", 8), entries = table("stss", 4);
        for (std::uint64_t row = 0; row < times.rows; ++row) {
            std::uint64_t const count = number(times.at + row * 8, 4);
            if (count > track_.samples.size() - next) return damaged();
            for (std::uint64_t i = 0; i < count; ++i)
                track_.samples[next++].lasts = static_cast<std::uint32_t>(number(times.at + row * 8 + 4, 4));
        }
        if (next != track_.samples.size()) return damaged();
        next = 0;
        for (std::uint64_t row = 0; row < shifts.rows; ++row) {
            std::uint64_t const count = number(shifts.at + row * 8, 4);
            if (count > track_.samples.size() - next) return damaged();
            for (std::uint64_t i = 0; i < count; ++i)
                track_.samples[next++].later = static_cast<std::int32_t>(number(shifts.at + row * 8 + 4, 4));
        }
        if (!find("stss")) return {};
        for (FilmSample& sample : track_.samples) sample.entry = false;
        for (std::uint64_t row = 0; row < entries.rows; ++row) {
            std::uint64_t const sample = number(entries.at + row * 4, 4);
            if (sample >= 1 && sample <= track_.samples.size()) track_.samples[sample - 1].entry = true;
        }
        return {};
    }

    // A pause, or none, and then one stretch. What lies behind it is left out; what lies before it must be nothing
    // that is seen.
    std::optional<Trouble> apply_edits() {
        IsoBox const* const list = find("elst");
        if (!list) return {};
        Trouble const hides{Cause::unsupported,
                            "a part of it is hidden by its edit list and can be played again; export it anew first"};
        bool const wide = number(list->body, 1) == 1;
        std::size_t const field = wide ? 8 : 4, row = 2 * field + 4;
        std::uint64_t const count = number(list->body + 4, 4);
        if (count == 0) return {};
        if (list->body_size() < 8 + count * row || count > 2 || movie_scale_ == 0) return hides;
        std::uint64_t at = list->body + 8;
        auto const is_pause = [&] { return (number(at + field, 1) & 0x80) != 0; };
        if (is_pause()) {
            track_.pause = number(at, field) * 1000 / movie_scale_;
            at += row;
            if (count == 1 || track_.pause > 86'400'000) return hides;
        }
        if (is_pause() || at + row != list->body + 8 + count * row || number(at + 2 * field, 4) != 0x10000)
            return hides;
        track_.has_edit = true;
        track_.from = number(at + field, field);
        std::uint64_t const shown = number(at, field);
        if (track_.from > 1ull << 40 || shown > 1ull << 40) return hides;
        // An end of 0 plays to the end.
        if (shown > 0) leave_out_end(track_.from + (shown * track_.scale + movie_scale_ - 1) / movie_scale_);
        return begins_rightly() ? std::nullopt : std::optional(hides);
    }

    void leave_out_end(std::uint64_t end) {
        std::uint64_t decoded = track_.lasts();
        while (track_.samples.size() > 1) {
            FilmSample const& last = track_.samples.back();
            decoded -= last.lasts;
            if (static_cast<std::int64_t>(decoded) + last.later < static_cast<std::int64_t>(end)) return;
            track_.samples.pop_back();
        }
    }

    bool begins_rightly() const {
        if (track_.is_sound) return track_.from <= track_.scale / most_unheard;
        std::uint64_t decoded = 0;
        for (FilmSample const& sample : track_.samples) {
            std::int64_t const end = static_cast<std::int64_t>(decoded) + sample.later + sample.lasts;
            if (end <= static_cast<std::int64_t>(track_.from)) return false;
            decoded += sample.lasts;
        }
        return true;
    }

    std::string_view file_;
    std::uint64_t movie_scale_;
    std::vector<IsoBox> boxes_;
    FilmTrack track_;
};

}  // namespace

std::variant<FilmTrack, Trouble> read_film_track(std::string_view file, IsoBox const& track,
                                                 std::uint64_t movie_scale) {
    return TrackOfFilm(file, movie_scale).read(track);
}

}  // namespace keepmum
