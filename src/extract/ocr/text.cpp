// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/text.h"

#include <algorithm>
#include <cmath>

#include "core/picture_text.h"
#include "extract/ocr/boxes.h"
#include "extract/ocr/by_lines.h"
#include "extract/ocr/networks.h"
#include "extract/ocr/passage.h"
#include "extract/ocr/pieces.h"
#include "extract/ocr/small_lines.h"
#include "io/beside.h"
#include "io/models.h"

namespace keepmum {

namespace {

using namespace ocr;

constexpr Sizing sizing{5u << 20, 1080, 1500};
constexpr float low_margin = 32;
constexpr std::uint64_t most_smaller = 16;   // times fewer pixels: of what was reduced further, letters 40 pixels high are lost
constexpr std::size_t most_lines = 1200;     // a picture
constexpr std::size_t most_columns = 300'000;  // pixels of all lines together, as networks read them: 25 seconds

// A line cut out, and what stands in it.
struct Strip {
    Line line;
    Grey grey;
    bool is_other_way = false;  // the one before, from its end
    std::optional<Result<std::vector<Word>>> words;  // none: it was not read
};

class ReadingStrips final : public Work {
  public:
    ReadingStrips(Networks const& networks, std::vector<Strip>& strips, Outlet& outlet)
        : networks_(networks), strips_(strips), outlet_(outlet) {}
    void do_part(std::size_t number) override { strips_[number].words = networks_.read(strips_[number].grey); }
    bool is_to_go_on() override {
        outlet_.progress();
        return !outlet_.enough();
    }

  private:
    Networks const& networks_;
    std::vector<Strip>& strips_;
    Outlet& outlet_;
};

class Reading final : public PageTaker {
  public:
    Reading(Networks const* networks, Reader* reader, Outlet& outlet) : networks_(networks), reader_(reader), outlet_(outlet) {}

    void take(Page page) override {
        if (outlet_.enough() || is_icon(page)) return;
        outlet_.progress();
        if (std::uint64_t{page.shown_width} * page.shown_height > most_smaller * page.grey.width * page.grey.height) tell_of_size(page);
        if (networks_) return take_by_networks(page);
        ReadPicture const read = read_by_lines(page.grey, *reader_, most_lines, outlet_);
        if (read.more) tell_of_more(page);
        put(page, read.lines, reader_->strip_height(), reader_->name());
    }

  private:
    // The networks find lines of any direction, and tell writing from leaves themselves.
    void take_by_networks(Page const& page) {
        float const margin = std::min(page.grey.width, page.grey.height) < low_side ? low_margin : 0;
        Grey const wider = margin > 0 ? with_margin(page.grey, static_cast<std::uint32_t>(margin)) : Grey();
        Grey const& picture = margin > 0 ? wider : page.grey;
        Result<FoundLines> found = networks_->find(picture, most_lines, outlet_);
        if (!found) return tell_of_failure(page, found.error());
        if (!found->whole) tell_of_length(page);
        std::vector<Line>& lines = found->lines;
        add_small_lines(picture, pieces_of(picture.width, picture.height).scale, Networks::least_letters, most_lines, *found);
        bool more = found->more || lines.size() > most_lines;
        if (lines.size() > most_lines) lines.resize(most_lines);
        std::vector<Strip> strips = cut_strips(picture, lines, more);
        ReadingStrips reading(*networks_, strips, outlet_);
        share_work(reading, strips.size());
        std::vector<ReadLine> all;
        for (std::size_t i = 0; i < strips.size(); ++i) {
            Strip& strip = strips[i];
            if (!strip.words) continue;
            if (!*strip.words) {
                tell_of_failure(page, strip.words->error());
                break;
            }
            ReadLine read{strip.line, std::move(**strip.words)};
            Strip const* const other = i + 1 < strips.size() && strips[i + 1].is_other_way ? &strips[++i] : nullptr;
            if (other && other->words && *other->words && confidence(**other->words) > confidence(read.words))
                read = {other->line, **other->words};
            read.line.x -= margin;
            read.line.y -= margin;
            if (is_writing(read)) all.push_back(std::move(read));
        }
        if (more) tell_of_more(page);
        put(page, all, Networks::strip_height, networks_name);
    }

    // What is cut out of the picture to be read. A line that runs against the others stands in it both ways. `more`: beyond the most
    // columns nothing is.
    std::vector<Strip> cut_strips(Grey const& picture, std::vector<Line> const& lines, bool& more) const {
        Direction const usual = usual_direction(lines);
        std::vector<Strip> strips;
        std::size_t columns = 0;
        for (Line const& line : part_long(lines)) {
            if (outlet_.enough()) break;
            bool const opposed = line.along * usual.along + line.down * usual.down < 0;
            Grey grey = cut_raw(picture, line, Networks::strip_height);
            if (grey.empty()) continue;
            columns += (opposed ? 2 : 1) * std::max(grey.width, Networks::least_width);
            if (columns > most_columns) {
                more = true;
                break;
            }
            strips.push_back({line, std::move(grey), false, {}});
            if (opposed) strips.push_back({reversed(line), cut_raw(picture, reversed(line), Networks::strip_height), true, {}});
        }
        return strips;
    }

    // The way in which most of the writing runs. Of a bad copy some lines are thought to stand on their heads among others that do not:
    // those are read both ways.
    struct Direction {
        float along = 0, down = 0;
    };
    static Direction usual_direction(std::vector<Line> const& lines) {
        Direction sum;
        for (Line const& line : lines) {
            sum.along += line.along * line.length;
            sum.down += line.down * line.length;
        }
        return sum;
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

    static Place place_of(Page const& page) {
        Place place;
        if (page.number > 1) place = place.with(How::page, std::to_string(page.number));
        return place.with(How::part, "text");
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
