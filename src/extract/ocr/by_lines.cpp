// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/by_lines.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/utf8.h"
#include "extract/ocr/page.h"

namespace keepmum::ocr {

namespace {

constexpr float least_apart_weak = 0.80F;
constexpr std::size_t sample_of_weak = 24;  // lines of few spots, to see whether they are writing
constexpr std::size_t some_writing = 4;      // of that sample: what else is in the picture may be writing too
constexpr std::size_t enough_lines = 8;     // to see whether a page stands upright

// A line of a picture that was turned (3, 6 or 8, as Exif has it), as it lies in the picture itself.
Line turned_back(Line const& turned, std::uint32_t orientation, Grey const& picture) {
    Line line = quarter_turned(turned, orientation == 6 ? 1 : orientation == 3 ? 2 : 3);
    if (orientation != 6) line.x += static_cast<float>(picture.width);
    if (orientation != 8) line.y += static_cast<float>(picture.height);
    return line;
}

bool is_weak(Line const& line) { return line.spots < few_spots; }

bool is_latin(ReadLine const& read) {
    return std::all_of(read.words.begin(), read.words.end(), [](Word const& word) { return is_ascii(word.text); });
}

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

// How much of a line, from its beginning to its end, another covers that lies at the same height. 0 to 1.
float covered_by(Line const& line, Line const& other) {
    float const left = std::max(line.x, other.x), right = std::min(line.x + line.length * line.along, other.x + other.length * other.along);
    if (right <= left || line.length <= 0) return 0;
    auto const level = [x = (left + right) / 2](Line const& one) { return one.y + (x - one.x) * one.down / one.along; };
    bool const same = std::abs(level(line) - level(other)) < 0.5F * std::max(line.height, other.height);
    return same ? (right - left) / (line.length * line.along) : 0;
}

// Whether a line stands below another or, at its height, to the right of it.
bool follows(Line const& line, Line const& other) {
    float const down = line.y - other.y;
    if (std::abs(down) <= other.height / 2) return line.x > other.x;
    return down > 0 && line.x < other.x + other.length && other.x < line.x + line.length;
}

// What was found and read of a picture that is thought to stand upright.
struct Looked {
    FoundLines found;
    std::vector<ReadLine> lines;  // of what is no page with things that were taken for lines
    bool is_page = false;
    bool more = false;  // some of the lines that were found were not read, and may be writing
};

class LineReading final {
  public:
    LineReading(Reader& reader, Outlet& outlet) : reader_(reader), outlet_(outlet) {}

    Looked look(Grey const& picture, std::size_t most) {
        Looked looked{find_lines(picture, most), {}, false, false};
        looked.lines = read_whole(picture, looked.found.lines);
        looked.is_page = !looked.lines.empty();
        looked.lines = looked.is_page ? complete(std::move(looked.lines), picture, looked.found.lines)
                                      : read_all(picture, looked.found.lines);
        looked.more = std::exchange(more_, false);
        return looked;
    }

    // A page that lies on its side or head gives lines that read badly, or none. The way to turn it (Exif's number) so that they
    // read well.
    std::optional<std::uint32_t> better_turn(Grey const& picture, Looked const& looked) {
        constexpr float bad = 0.4F;
        if (looked.is_page || legible(looked.lines) > bad) return {};
        if (has_many(looked.found.lines) && reads_well(turn(picture, 3))) return 3;
        // On its side or on the other: lines lie the same way.
        Grey sideways = turn(picture, 6);
        if (!has_many(find_lines(sideways, enough_lines).lines)) return {};
        if (reads_well(sideways)) return 6;
        if (reads_well(turn(std::move(sideways), 3))) return 8;
        return {};
    }

  private:
    // A page as a whole; nothing where it is none, or cannot be read.
    std::vector<ReadLine> read_whole(Grey const& picture, std::vector<Line> const& lines) {
        constexpr std::size_t few = 3;
        constexpr float bad = 0.25F, half = 0.5F;
        std::optional<PagePart> const part = find_page(picture, lines);
        if (!part) return {};
        std::vector<Line> some = lines;
        some.resize(std::min(some.size(), few));
        std::vector<ReadLine> const sample = read_these(picture, some);
        bool const latin = count_writing(sample) > 0 && std::all_of(sample.begin(), sample.end(), is_latin);
        std::vector<ReadLine> page = reader_.read_page(part->grey, latin ? Script::latin : Script::any, part->dots, outlet_);
        if (latin && legible(page) < half) {
            std::vector<ReadLine> again = reader_.read_page(part->grey, Script::any, part->dots, outlet_);
            if (legible(again) > legible(page)) page = std::move(again);
        }
        for (ReadLine& one : page) {
            one.line.x += static_cast<float>(part->left);
            one.line.y += static_cast<float>(part->top);
        }
        if (legible(page) < bad) return {};
        std::erase_if(page, [](ReadLine& one) { return !is_writing(one, Found::on_a_page); });
        return page;
    }

    // Words with the same distance between them in each line are taken for columns. Where letters stand as near to one another as in a
    // line, they are one.
    std::vector<ReadLine> join_parts(std::vector<ReadLine> page, std::vector<Line> const& lines) const {
        constexpr float inside = 0.9F;
        auto const tall = static_cast<float>(reader_.strip_height());
        for (Line const& line : lines) {
            ReadLine* first = nullptr;
            for (ReadLine& one : page) {
                if (one.words.empty() || covered_by(one.line, line) < inside) continue;
                if (!first) {
                    first = &one;
                    continue;
                }
                ReadLine &left = one.line.x < first->line.x ? one : *first, &right = &left == &one ? *first : one;
                float const scale = right.line.height / left.line.height, offset = (right.line.x - left.line.x) * tall / left.line.height;
                for (Word& word : right.words) {
                    word.left = word.left * scale + offset;
                    word.right = word.right * scale + offset;
                }
                std::move(right.words.begin(), right.words.end(), std::back_inserter(left.words));
                left.line.length = std::max(left.line.length, right.line.x + right.line.length - left.line.x);
                if (&left != first) std::swap(*first, left);
                one.words.clear();
            }
        }
        std::erase_if(page, [](ReadLine const& one) { return one.words.empty(); });
        return page;
    }

    // The stretches of a line in which no word of others stands.
    std::vector<Line> left_out(Line const& line, std::vector<ReadLine> const& read) const {
        constexpr float least = 1.5F;  // heights: two or three letters; words stand closer
        auto const tall = static_cast<float>(reader_.strip_height());
        std::vector<std::pair<float, float>> words;
        for (ReadLine const& one : read) {
            if (covered_by(line, one.line) <= 0) continue;
            float const pixel = one.line.height * one.line.along / tall;
            for (Word const& word : one.words) words.emplace_back(one.line.x + word.left * pixel, one.line.x + word.right * pixel);
        }
        if (words.empty()) return {line};
        std::sort(words.begin(), words.end());
        float const end = line.x + line.length * line.along;
        words.emplace_back(end, end);
        std::vector<Line> parts;
        float from = line.x;
        for (auto const& [left, right] : words) {
            Line part = line;
            part.x = from;
            part.y += (from - line.x) * line.down / line.along;
            part.length = (std::min(left, end) - from) / line.along;
            part.spots = static_cast<std::uint32_t>(static_cast<float>(line.spots) * part.length / line.length);
            part.aside = 0;
            if (part.length > least * line.height) parts.push_back(part);
            from = std::max(from, right);
        }
        return parts;
    }

    // A page with the writing that it left out, or read badly: what is found at its place is read by itself.
    std::vector<ReadLine> complete(std::vector<ReadLine> page, Grey const& picture, std::vector<Line> const& lines) {
        constexpr float half = 0.5F;
        page = join_parts(std::move(page), lines);
        std::vector<ReadLine> sure = page;
        std::erase_if(sure, [](ReadLine& one) { return !is_writing(one); });
        std::vector<Line> left;
        for (Line const& line : lines) {
            std::vector<Line> const parts = left_out(line, sure);
            left.insert(left.end(), parts.begin(), parts.end());
        }
        for (ReadLine& one : read_all(picture, left)) {
            if (!is_writing(one)) continue;
            std::erase_if(page, [&one](ReadLine const& other) {
                ReadLine copy = other;
                return covered_by(other.line, one.line) > half && !is_writing(copy);
            });
            page.insert(std::find_if(page.begin(), page.end(), [&one](ReadLine const& other) { return follows(other.line, one.line); }),
                        std::move(one));
        }
        return page;
    }

    // Strong lines, and of those of few spots, for which other things are easily taken, as many as are writing.
    std::vector<ReadLine> read_all(Grey const& picture, std::vector<Line> const& lines) {
        std::vector<Line> first, later;
        std::size_t weak = 0;
        for (Line const& line : lines) (is_weak(line) && ++weak > sample_of_weak ? later : first).push_back(line);
        std::vector<ReadLine> all = read_these(picture, first);
        if (later.empty()) return all;
        std::vector<ReadLine> sample = all;
        std::erase_if(sample, [](ReadLine const& one) { return !is_weak(one.line); });
        std::size_t const writing = count_writing(sample);
        if (writing * 2 < sample_of_weak) {
            more_ |= writing >= some_writing;
            return all;
        }
        std::vector<ReadLine> rest = read_these(picture, later);
        std::move(rest.begin(), rest.end(), std::back_inserter(all));
        return in_order(std::move(all));
    }

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
    bool more_ = false;  // lines of few spots were left out
};

}  // namespace

ReadPicture read_by_lines(Grey const& picture, Reader& reader, std::size_t most, Outlet& outlet) {
    LineReading reading(reader, outlet);
    Looked looked = reading.look(picture, most);
    if (std::optional<std::uint32_t> const turned = reading.better_turn(picture, looked)) {
        looked = reading.look(turn(picture, *turned), most);
        for (ReadLine& one : looked.lines) one.line = turned_back(one.line, *turned, picture);
    }
    std::size_t const all = looked.lines.size();
    if (!looked.is_page) std::erase_if(looked.lines, [](ReadLine& one) { return !is_writing(one); });
    bool const more = looked.more || (looked.found.more && looked.lines.size() * 2 > all);
    return {std::move(looked.lines), more};
}

}  // namespace keepmum::ocr
