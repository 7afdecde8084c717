// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/by_lines.h"

#include <algorithm>
#include <optional>

namespace keepmum::ocr {

namespace {

constexpr float least_apart_weak = 0.80F;
constexpr std::size_t sample_of_weak = 24;  // lines of few spots, to see whether they are writing
constexpr std::size_t enough_lines = 8;     // to see whether a page stands upright

// A line of a picture that was turned, as it lies in the picture itself.
Line turned_back(Line line, std::uint32_t orientation, Grey const& picture) {
    auto const width = static_cast<float>(picture.width), height = static_cast<float>(picture.height);
    Line const from = line;
    if (orientation == 3) {
        line.x = width - from.x;
        line.y = height - from.y;
        line.along = -from.along;
        line.down = -from.down;
    } else if (orientation == 6) {
        line.x = from.y;
        line.y = height - from.x;
        line.along = from.down;
        line.down = -from.along;
    } else if (orientation == 8) {
        line.x = width - from.y;
        line.y = from.x;
        line.along = -from.down;
        line.down = from.along;
    }
    return line;
}

bool is_weak(Line const& line) { return line.spots < few_spots; }

// How many of them are writing.
std::size_t count_writing(std::vector<ReadLine> const& read) {
    return static_cast<std::size_t>(std::count_if(read.begin(), read.end(), [](ReadLine one) { return is_writing(one); }));
}

// The share of what was read, by length, that is writing.
float legible(std::vector<ReadLine> const& read) {
    float writing = 0, all = 0;
    for (ReadLine one : read) {
        all += one.line.length;
        if (is_writing(one)) writing += one.line.length;
    }
    return all > 0 ? writing / all : 0;
}

bool has_many(std::vector<Line> const& lines) {
    constexpr std::size_t least = 4;
    return lines.size() - static_cast<std::size_t>(std::count_if(lines.begin(), lines.end(), is_weak)) >= least;
}

std::vector<ReadLine> in_order(std::vector<ReadLine> read) {
    std::vector<Line> lines;
    for (ReadLine const& one : read) lines.push_back(one.line);
    std::vector<ReadLine> out;
    for (std::uint32_t i : order_of(lines)) out.push_back(std::move(read[i]));
    return out;
}

class LineReading final {
  public:
    LineReading(Reader& reader, Outlet& outlet) : reader_(reader), outlet_(outlet) {}

    // Strong lines, and of those of few spots, for which other things are easily taken, as many as are writing.
    std::vector<ReadLine> read_all(Grey const& picture, std::vector<Line> const& lines) {
        std::vector<Line> first, later;
        std::size_t weak = 0;
        for (Line const& line : lines) (is_weak(line) && ++weak > sample_of_weak ? later : first).push_back(line);
        std::vector<ReadLine> all = read_these(picture, first);
        if (later.empty()) return all;
        std::vector<ReadLine> sample = all;
        std::erase_if(sample, [](ReadLine const& one) { return !is_weak(one.line); });
        if (count_writing(sample) * 2 < sample_of_weak) return all;
        std::vector<ReadLine> rest = read_these(picture, later);
        std::move(rest.begin(), rest.end(), std::back_inserter(all));
        return in_order(std::move(all));
    }

    // A page that lies on its side or head gives lines that read badly, or none. The way to turn it (Exif's number) so that they
    // read well.
    std::optional<std::uint32_t> better_turn(Grey const& picture, std::vector<Line> const& lines, std::vector<ReadLine> const& read) {
        constexpr float bad = 0.4F;
        if (legible(read) > bad) return {};
        if (has_many(lines) && reads_well(turn(picture, 3))) return 3;
        // On its side or on the other: lines lie the same way.
        Grey sideways = turn(picture, 6);
        if (!has_many(find_lines(sideways, enough_lines).lines)) return {};
        if (reads_well(sideways)) return 6;
        if (reads_well(turn(std::move(sideways), 3))) return 8;
        return {};
    }

  private:
    // Nothing where it is no writing.
    std::optional<ReadLine> read_line(Grey const& picture, Line const& line) {
        Grey const strip = cut_line(picture, line, reader_.strip_height());
        if (strip.empty() || ink_apart(strip) < (is_weak(line) ? least_apart_weak : least_apart)) return {};
        outlet_.progress();
        return ReadLine{line, reader_.read(strip)};
    }

    std::vector<ReadLine> read_these(Grey const& picture, std::vector<Line> const& lines) {
        std::vector<ReadLine> all;
        for (Line const& line : part_long(reading_order(lines))) {
            if (outlet_.enough()) break;
            if (std::optional<ReadLine> read = read_line(picture, line)) all.push_back(std::move(*read));
        }
        return all;
    }

    bool reads_well(Grey const& picture) {
        constexpr float good = 0.7F;
        outlet_.progress();
        return legible(read_these(picture, find_lines(picture, enough_lines).lines)) > good;
    }

    Reader& reader_;
    Outlet& outlet_;
};

}  // namespace

ReadPicture read_by_lines(Grey const& picture, Reader& reader, std::size_t most, Outlet& outlet) {
    LineReading reading(reader, outlet);
    FoundLines found = find_lines(picture, most);
    std::vector<ReadLine> read = reading.read_all(picture, found.lines);
    if (std::optional<std::uint32_t> const turned = reading.better_turn(picture, found.lines, read)) {
        Grey const upright = turn(picture, *turned);
        found = find_lines(upright, most);
        read = reading.read_all(upright, found.lines);
        for (ReadLine& one : read) one.line = turned_back(one.line, *turned, picture);
    }
    std::size_t const looked_at = read.size();
    std::erase_if(read, [](ReadLine& one) { return !is_writing(one); });
    bool const more = found.more && read.size() * 2 > looked_at;
    return {std::move(read), more};
}

}  // namespace keepmum::ocr
