// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/text.h"

#include <algorithm>
#include <cmath>

#include "core/picture_text.h"
#include "extract/ocr/boxes.h"
#include "extract/ocr/networks.h"
#include "extract/ocr/passage.h"
#include "extract/ocr/pieces.h"
#include "io/models.h"

namespace keepmum {

namespace {

using namespace ocr;

constexpr Sizing sizing{5u << 20, 1080, 1500};
// Pixels: smaller ones are icons and ornaments. A line of writing that was cut out of a screen is hardly higher than its letters.
constexpr std::uint32_t least_side = 10, least_longer_side = 40;
constexpr std::uint32_t low_side = 80;       // pixels: a picture so low is one line of writing
constexpr float low_margin = 32;
constexpr std::uint64_t most_smaller = 16;   // times fewer pixels: of what was reduced further, letters 40 pixels high are lost
constexpr std::size_t most_lines = 1200;     // a picture
constexpr std::size_t most_columns = 300'000;  // pixels of all lines together, as networks read them: 25 seconds
constexpr std::size_t most_weak_lines = 24;  // of few letters, for which other things are easily taken
constexpr std::uint32_t few_spots = 5;
constexpr std::size_t enough_lines = 8;  // to see whether a page stands upright
constexpr float least_apart = 0.74F, least_apart_weak = 0.80F;

class Reading final : public PageTaker {
  public:
    Reading(Networks const* networks, Reader* reader, Outlet& outlet) : networks_(networks), reader_(reader), outlet_(outlet) {}

    void take(Page page) override {
        if (outlet_.enough() || std::min(page.shown_width, page.shown_height) < least_side ||
            std::max(page.shown_width, page.shown_height) < least_longer_side)
            return;
        outlet_.progress();
        if (std::uint64_t{page.shown_width} * page.shown_height > most_smaller * page.grey.width * page.grey.height) tell_of_size(page);
        if (networks_) return take_by_networks(page);
        std::vector<Line> const found = find_lines(page.grey, most_lines + 1);
        std::vector<ReadLine> read = read_all(page.grey, found);
        if (std::optional<std::uint32_t> const turned = better_turn(page.grey, found, read)) {
            Grey const upright = turn(page.grey, *turned);
            read = read_all(upright, find_lines(upright, most_lines));
            for (ReadLine& one : read) one.line = turned_back(one.line, *turned, page.grey);
        }
        std::size_t const looked_at = read.size();
        std::erase_if(read, [](ReadLine& one) { return !is_writing(one); });
        if (found.size() > most_lines && read.size() * 2 > looked_at) tell_of_more(page);
        put(page, read, reader_->strip_height(), reader_->name());
    }

  private:
    // The networks find lines of any direction, and tell writing from leaves themselves.
    void take_by_networks(Page const& page) {
        float const margin = std::min(page.grey.width, page.grey.height) < low_side ? low_margin : 0;
        Grey const wider = margin > 0 ? with_margin(page.grey, static_cast<std::uint32_t>(margin)) : Grey();
        Grey const& picture = margin > 0 ? wider : page.grey;
        Result<FoundLines> found = networks_->find(picture, most_lines + 1, outlet_);
        if (!found) return tell_of_failure(page, found.error());
        if (!found->whole) tell_of_length(page);
        std::vector<Line>& lines = found->lines;
        add_small_lines(picture, lines);
        bool more = lines.size() > most_lines;
        if (more) lines.resize(most_lines);
        std::vector<ReadLine> all;
        std::size_t columns = 0;
        for (Line const& line : parted(lines)) {
            if (outlet_.enough()) break;
            outlet_.progress();
            Grey const strip = cut_raw(picture, line, Networks::strip_height);
            if (strip.empty()) continue;
            columns += std::max(strip.width, Networks::least_width);
            if (columns > most_columns) {
                more = true;
                break;
            }
            Result<std::vector<Word>> words = networks_->read(strip);
            if (!words) return tell_of_failure(page, words.error());
            ReadLine read{line, std::move(*words)};
            read.line.x -= margin;
            read.line.y -= margin;
            if (is_writing(read)) all.push_back(std::move(read));
        }
        if (more) tell_of_more(page);
        put(page, all, Networks::strip_height, networks_name);
    }

    static std::vector<Line> parted(std::vector<Line> const& lines) {
        std::vector<Line> all;
        for (Line const& line : lines) {
            std::vector<Line> const parts = part_long(line);
            all.insert(all.end(), parts.begin(), parts.end());
        }
        return all;
    }

    // The networks were taught on lines with something around them: of a line cut out of a screen, its edges drawn on.
    static Grey with_margin(Grey const& picture, std::uint32_t margin) {
        Grey out{picture.width + 2 * margin, picture.height + 2 * margin, {}};
        out.values.resize(std::size_t{out.width} * out.height);
        for (std::uint32_t y = 0; y < out.height; ++y) {
            std::uint8_t const* const from = picture.row(std::clamp(y, margin, margin + picture.height - 1) - margin);
            for (std::uint32_t x = 0; x < out.width; ++x)
                out.row(y)[x] = from[std::clamp(x, margin, margin + picture.width - 1) - margin];
        }
        return out;
    }

    // The networks see a large picture smaller than it is, and small letters not at all, or as a blur that is higher than they are:
    // a screen of today is full of them.
    static void add_small_lines(Grey const& picture, std::vector<Line>& found) {
        float const scale = pieces_of(picture.width, picture.height).scale;
        if (scale >= 1) return;
        std::vector<Line> small;
        for (Line const& line : find_lines(picture, most_lines)) {
            if (line.spots < few_spots || line.height * scale >= Networks::least_letters) continue;
            auto const has = [&](Line const& box) { return is_within(line, box) && !is_blur(box, line); };
            if (std::any_of(found.begin(), found.end(), has)) continue;
            if (ink_apart(cut_raw(picture, line, Networks::strip_height)) >= least_apart) small.push_back(line);
        }
        if (small.empty()) return;
        std::erase_if(found, [&](Line const& box) {
            return std::any_of(small.begin(), small.end(), [&](Line const& line) {
                return is_within(line, box) && is_blur(box, line) && line.length > 0.6F * box.length;
            });
        });
        found.insert(found.end(), small.begin(), small.end());
        found = reading_order_any_way(std::move(found));
    }
    static bool is_blur(Line const& box, Line const& line) { return box.height >= 3 * line.height; }
    static bool is_within(Line const& line, Line const& box) {
        float const x = line.x + line.along * line.length / 2 - box.x, y = line.y + line.down * line.length / 2 - box.y;
        float const along = x * box.along + y * box.down, across = y * box.along - x * box.down;
        return along > 0 && along < box.length && std::abs(across) < box.height / 2;
    }

    void tell_of_failure(Page const& page, Error const& error) {
        outlet_.gap({place_of(page), Cause::unsupported, Stage::decode, 1, "", "text in the picture was not read: " + error.what});
    }

    void tell_of_length(Page const& page) {
        outlet_.gap({place_of(page), Cause::too_big, Stage::decode, 1, "",
                     "writing was looked for in the beginning of a very long picture alone"});
    }

    void tell_of_size(Page const& page) {
        outlet_.gap({place_of(page), Cause::too_big, Stage::decode, 1, "",
                     "small writing was not looked for in a picture of so many pixels"});
    }

    void tell_of_more(Page const& page) {
        outlet_.gap({place_of(page), Cause::too_big, Stage::decode, 1, "", "more lines of writing than are read"});
    }

    // A line of a picture that was turned, as it lies in the picture itself.
    static Line turned_back(Line line, std::uint32_t orientation, Grey const& picture) {
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

    static Place place_of(Page const& page) {
        Place place;
        if (page.number > 1) place = place.with(How::page, std::to_string(page.number));
        return place.with(How::part, "text");
    }

    // Nothing where it is no writing.
    std::optional<ReadLine> read_line(Grey const& picture, Line const& line) {
        Grey const strip = cut_line(picture, line, reader_->strip_height());
        if (strip.empty() || ink_apart(strip) < (line.spots < few_spots ? least_apart_weak : least_apart)) return {};
        outlet_.progress();
        return ReadLine{line, reader_->read(strip)};
    }

    std::vector<ReadLine> read_all(Grey const& picture, std::vector<Line> const& lines) {
        std::vector<Line> wanted;
        std::size_t weak = 0;
        for (Line const& line : lines) {
            if (wanted.size() == most_lines) break;
            if (line.spots >= few_spots || ++weak <= most_weak_lines) wanted.push_back(line);
        }
        std::vector<ReadLine> all;
        for (Line const& line : parted(reading_order(std::move(wanted)))) {
            if (outlet_.enough()) break;
            if (std::optional<ReadLine> read = read_line(picture, line)) all.push_back(std::move(*read));
        }
        return all;
    }

    // A page that lies on its side or head gives lines that read badly, or none. The way to turn it (Exif's number) so that they
    // read well.
    std::optional<std::uint32_t> better_turn(Grey const& picture, std::vector<Line> const& lines,
                                             std::vector<ReadLine> const& read) {
        constexpr float bad = 0.4F;
        if (legible(read) > bad) return {};
        if (has_many(lines) && reads_well(turn(picture, 3))) return 3;
        // On its side or on the other: lines lie the same way.
        Grey sideways = turn(picture, 6);
        if (!has_many(find_lines(sideways, enough_lines))) return {};
        if (reads_well(sideways)) return 6;
        if (reads_well(turn(std::move(sideways), 3))) return 8;
        return {};
    }

    static bool has_many(std::vector<Line> const& lines) {
        constexpr std::ptrdiff_t least = 4;
        return std::count_if(lines.begin(), lines.end(), [](Line const& line) { return line.spots >= few_spots; }) >=
               least;
    }

    bool reads_well(Grey const& picture) {
        constexpr float good = 0.7F;
        outlet_.progress();
        std::vector<ReadLine> sample;
        for (Line const& line : find_lines(picture, enough_lines)) {
            if (std::optional<ReadLine> one = read_line(picture, line)) sample.push_back(std::move(*one));
        }
        return legible(sample) > good;
    }

    // The share of what was read, by length, that is writing.
    static float legible(std::vector<ReadLine> const& read) {
        float writing = 0, all = 0;
        for (ReadLine one : read) {
            all += one.line.length;
            if (is_writing(one)) writing += one.line.length;
        }
        return all > 0 ? writing / all : 0;
    }

    void put(Page const& page, std::vector<ReadLine> const& read, std::uint32_t strip_height, std::string_view reader) {
        if (read.empty()) return;
        float const scale_x = static_cast<float>(page.shown_width) / static_cast<float>(page.grey.width);
        float const scale_y = static_cast<float>(page.shown_height) / static_cast<float>(page.grey.height);
        Evidence evidence = compose(read, strip_height, scale_x, scale_y);
        evidence.place = place_of(page);
        evidence.media = picture_text_media;
        evidence.reason = reader;
        outlet_.put(std::move(evidence));
    }

    Networks const* networks_;  // or, where there are none,
    Reader* reader_;
    Outlet& outlet_;
};

// What reads here: the networks where they are there, else tesseract.
class Readers {
  public:
    Readers() {
        Result<std::unique_ptr<Networks>> loaded = Networks::load(worker_model_folders());
        if (loaded) {
            networks_ = std::move(*loaded);
            return;
        }
        if (loaded.error().fault != Fault::not_found) trouble_ = loaded.error().where + ": " + loaded.error().what;
        reader_ = make_tesseract();
    }
    static Readers const& all() {
        static Readers const readers;
        return readers;
    }

    Networks const* networks() const { return networks_.get(); }
    Reader* tesseract() const { return reader_.get(); }
    std::string const& trouble() const { return trouble_; }
    std::string name() const { return networks_ ? std::string(networks_name) : reader_ ? reader_->full_name() : std::string(); }

  private:
    std::unique_ptr<Networks> networks_;
    std::unique_ptr<Reader> reader_;
    std::string trouble_;
};

class PictureTextExtractor final : public Extractor {
  public:
    PictureTextExtractor() : readers_(Readers::all()) {}

    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        std::string_view const bytes = evidence.content.view();
        if (readers_.name().empty()) {
            outlet.gap({{},
                        Cause::unsupported,
                        Stage::decode,
                        bytes.size(),
                        evidence.media,
                        "text in the picture was not read: no reader is installed"});
            return Done{};
        }
        Reading reading(readers_.networks(), readers_.tesseract(), outlet);
        if (std::optional<Trouble> trouble = decode_grey(bytes, sizing, reading)) {
            outlet.gap({{},
                        trouble->cause,
                        Stage::decode,
                        bytes.size(),
                        evidence.media,
                        "text in the picture was not read: " + trouble->detail});
        }
        Done done;
        done.media = std::string(picture_reader_media) + readers_.name();
        return done;
    }

  private:
    Readers const& readers_;
};

class About final : public Extractor {
  public:
    Result<Done> extract(Evidence const&, Outlet& outlet) const override {
        Evidence evidence;
        evidence.kind = Kind::text;
        evidence.content = Blob::take(Readers::all().name() + "\n" + Readers::all().trouble());
        outlet.put(std::move(evidence));
        return Done{};
    }
};

}  // namespace

Extractor const* picture_text_extractor() {
    static PictureTextExtractor const extractor;
    return &extractor;
}

Extractor const* picture_reader_about() {
    static About const about;
    return &about;
}

}  // namespace keepmum
