// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/photo.h"

#include <algorithm>
#include <string>

#include "base/utf8.h"
#include "core/photo.h"
#include "extract/photo/compare.h"
#include "extract/photo/exiv.h"
#include "extract/photo/facts.h"
#include "extract/photo/leftover.h"
#include "extract/photo/read_notes.h"
#include "extract/photo/read_text.h"
#include "extract/registry.h"
#include "format/photo/byte_map.h"
#include "format/photo/walkers.h"
#include "format/pixels/decode.h"

namespace keepmum {

namespace {

// Of a piece that had to be unpacked.
constexpr std::uint64_t most_unpacked = 64u << 20;
constexpr std::size_t most_hidden = 200;  // hidden pictures that are put out one by one

std::string size_text(std::uint64_t width, std::uint64_t height) {
    return std::to_string(width) + "x" + std::to_string(height);
}

class Reading final {
  public:
    Reading(std::string_view file, Outlet& outlet)
        : file_(file),
          outlet_(outlet),
          walk_(walk_picture(file, std::min(outlet.allowance(), most_unpacked))) {}

    Done run() {
        bool const mapped = !walk_.media.empty();
        if (!mapped) walk_.media = media_of(file_);
        // Where nobody can label the bytes, the tags are read all the same.
        if (!mapped)
            say_gap(Cause::unsupported, Stage::identify, file_.size(), "no walker for this kind of picture");
        std::string const media(walk_.media);
        for (Trouble const& trouble : walk_.troubles)
            say_gap(trouble.cause, Stage::extract, walk_.size_of(Owner::unknown), trouble.detail);
        facts_.add(photo_fact::kind, media, {0, 0});
        read_containers(file_, walk_, tags_);
        if (tags_.left_out() > 0)
            say_gap(Cause::too_big, Stage::extract, walk_.size_of(Owner::metadata), "more is said about it than is read");
        for (Piece const& piece : walk_.pieces) read_piece(piece);
        if (!saw_exif_ && is_picture(media)) {
            say(read_file(file_, tags_));
            read_notes(file_, {0, file_.size()}, tags_);
            if (is_tiff(file_)) put_fields();
        }
        add_facts(tags_, facts_);
        if (mapped) look(media);
        for (Piece const& piece : walk_.pieces) hide_piece(piece);
        add_sizes();
        put_facts();
        put_tags();
        return {mapped ? file_.size() : 0, media};
    }

  private:
    void say_gap(Cause cause, Stage stage, std::uint64_t bytes, std::string detail) {
        outlet_.gap({{},
                     cause,
                     stage,
                     std::min<std::uint64_t>(std::max<std::uint64_t>(bytes, 1), file_.size()),
                     std::string(walk_.media),
                     std::move(detail)});
    }

    // Tags that cannot be read are a gap only where nothing of the structure could be.
    void say(Complaint const& complaint) {
        if (complaint && tags_.all().empty())
            say_gap(Cause::malformed, Stage::extract, walk_.size_of(Owner::metadata), *complaint);
    }

    static bool is_picture(std::string_view media) {
        return media.starts_with("image/") && media != "image/svg+xml";
    }

    void read_piece(Piece const& piece) {
        outlet_.progress();
        TagSource const source{piece.offset, piece.stored};
        std::size_t const before = tags_.all().size(), left_out = tags_.left_out();
        Complaint complaint;
        switch (piece.what) {
            case Piece::What::exif:
                saw_exif_ = true;
                complaint = read_structure(piece, source);
                break;
            case Piece::What::xmp: complaint = read_xmp(piece.bytes, source, tags_); break;
            case Piece::What::iptc: complaint = read_iptc(piece.bytes, source, tags_); break;
            case Piece::What::photoshop: read_photoshop(piece.bytes, source, tags_); break;
            case Piece::What::c2pa:
                facts_.add(photo_fact::provenance, describe_c2pa(piece.bytes), source);
                put_text(strings_in(piece.bytes), piece, Role::metadata);
                read_anything(piece.bytes, "C2PA", source, tags_);
                break;
            case Piece::What::text: read_text(piece, tags_); break;
            case Piece::What::icc: read_profile(piece.bytes, source, tags_); break;
            case Piece::What::other:
                // Pixels of an older picture that cannot be brought back as a picture: no reader of tags has business there.
                if (piece.name == "trailing picture data") return leave_unknown(piece);
                if (read_other(piece, tags_)) break;
                put_text(strings_in(piece.bytes), piece, Role::metadata);
                break;
            case Piece::What::unknown: read_anything(piece.bytes, piece.name, source, tags_); break;
            case Piece::What::picture:
            case Piece::What::rows: break;
        }
        // What cannot be parsed is at least searched.
        if (complaint && tags_.all().size() == before) {
            say_gap(Cause::malformed, Stage::extract, piece.stored, *complaint);
            put_text(strings_in(piece.bytes), piece, Role::metadata);
            return;
        }
        switch (piece.what) {
            case Piece::What::exif:
            case Piece::What::iptc:
            case Piece::What::photoshop:
            case Piece::What::icc:
            case Piece::What::text: return put_beside(piece, before);
            case Piece::What::xmp:  // its strings are markup, of which the reader leaves out nothing
                if (tags_.left_out() > left_out) put_beside(piece, before);
                return;
            default: return;
        }
    }

    // A TIFF's fields are those of the file, whose readers take the whole.
    void put_fields() {
        for (Owned const& part : walk_.map) {
            if (part.owner != Owner::metadata || part.what == "XMP") continue;
            Piece field;
            field.name = part.what;
            field.offset = part.offset;
            field.stored = part.size;
            field.bytes = file_.substr(part.offset, part.size);
            put_beside(field, 0);
        }
    }

    // What a piece says beside its tags, which are those from number `first` on.
    void put_beside(Piece const& piece, std::size_t first) {
        put_text(strings_beside(piece.bytes, tags_.all(), first), piece, Role::metadata);
    }

    Complaint read_structure(Piece const& piece, TagSource source) {
        bool const notes = piece.name.ends_with("CMT3"), gps = piece.name.ends_with("CMT4");
        Tags apart;
        Complaint const complaint = read_exif(piece.bytes, source, notes || gps ? apart : tags_);
        if (notes || gps)
            name_canon(notes ? CanonPart::notes : CanonPart::gps, apart, tags_);
        else
            read_notes(piece.bytes, source, tags_);
        return complaint;
    }

    bool hides_pictures() const {
        return std::any_of(walk_.pieces.begin(), walk_.pieces.end(), [](Piece const& piece) {
            return piece.what == Piece::What::picture || piece.what == Piece::What::rows;
        });
    }

    // Every picture is decoded once, from afar: what cannot be decoded cannot be judged by anybody. Of one that the walk followed
    // to its last code that is known; where there is something to compare with it, a small one is decoded all the same.
    void look(std::string_view media) {
        if (!media.starts_with("image/")) return leave_to_people(media);
        if (media == "image/svg+xml") return;  // drawn, and looked at, by another reader
        Glancing const look = hides_pictures() ? Glancing::compare : Glancing::decode_only;
        bool const followed = !walk_.far.grey.empty();
        if (followed && look == Glancing::decode_only) return;
        bool const far = followed && std::min(walk_.width, walk_.height) >= least_far_side;
        visible_ = far ? glance_at(walk_, outlet_) : glance_at(file_, outlet_, look);
        if (visible_.trouble)
            say_gap(visible_.trouble->cause, Stage::decode, walk_.size_of(Owner::picture),
                    visible_.trouble->detail);
    }

    // Films and recordings: nobody has listened or watched, which is a gap and never silence.
    void leave_to_people(std::string_view media) {
        bool const sound = media.starts_with("audio/");
        std::string seconds;
        for (Tag const& tag : tags_.all()) {
            if (tag.name == "Film.Seconds") seconds = ": " + tag.value + " s";
        }
        facts_.add(photo_fact::not_judged, (sound ? "speech" : "film") + seconds, {0, 0});
        std::string detail =
            sound ? "what is heard in it was not judged" : "what is seen and heard in it was not judged";
        say_gap(Cause::unsupported, Stage::decode, walk_.size_of(Owner::picture), std::move(detail));
    }

    void hide_piece(Piece const& piece) {
        if (piece.what == Piece::What::picture || piece.what == Piece::What::rows) hide_picture(piece);
        if (piece.what == Piece::What::unknown) leave_unknown(piece);
    }

    void hide_picture(Piece const& piece) {
        TagSource const source{piece.offset, piece.stored};
        Glanced const hidden = glance_at(piece.bytes, outlet_, Glancing::compare);
        std::string size = "?";
        std::string_view is = hidden_is::not_compared;
        if (hidden.glance) size = size_text(hidden.glance->width, hidden.glance->height);
        if (hidden.glance && visible_.glance)
            is = look_alike(*hidden.glance, *visible_.glance) ? hidden_is::same : hidden_is::differs;
        if (piece.what == Piece::What::rows) is = hidden_is::differs;
        facts_.add(photo_fact::hidden_picture, piece.name + ": " + size + ": " + std::string(is), source);
        if (is_read_as_page(piece)) return;
        if (++hidden_ > most_hidden) {
            if (hidden_ > most_hidden + 1) return;
            return say_gap(Cause::too_big, Stage::extract, walk_.size_of(Owner::hidden_picture), "more hidden pictures than are looked at");
        }
        Evidence child;
        child.kind = Kind::bytes;
        child.role = Role::hidden;
        child.reason = piece.name;
        child.place.steps.push_back({How::part, piece.name});
        child.content = Blob::copy(piece.bytes);
        child.stored = piece.stored;
        outlet_.put(std::move(child));
    }

    // A page of a TIFF is read with the whole by whoever reads pictures: put out too, all that stands on it would be told twice.
    bool is_read_as_page(Piece const& piece) const {
        bool const page = piece.what == Piece::What::picture && piece.name.starts_with("page ") && is_tiff(piece.bytes);
        return page && visible_.pictures > 1 && !visible_.trouble && picture_format(file_).media == "image/tiff";
    }

    void leave_unknown(Piece const& piece) {
        unknown_ += piece.stored;
        if (unknown_names_.find(piece.name) == std::string::npos && unknown_names_.size() < 200) {
            unknown_names_ += (unknown_names_.empty() ? "" : ", ") + piece.name;
        }
        if (unknown_first_.stored == 0) unknown_first_ = {piece.offset, piece.stored};
        if (is_known_file(piece.bytes)) {
            Evidence child;
            child.kind = Kind::bytes;
            child.role = Role::residue;
            child.place.steps.push_back({How::tail, std::to_string(piece.offset)});
            child.content = Blob::copy(piece.bytes);
            child.stored = piece.stored;
            outlet_.put(std::move(child));
            return;
        }
        put_text(strings_in(piece.bytes), piece, Role::residue);
    }

    void add_sizes() {
        TagSource const whole{0, file_.size()};
        if (walk_.width > 0) facts_.add(photo_fact::size, size_text(walk_.width, walk_.height), {0, 0});
        if (!walk_.tables.empty()) facts_.add(photo_fact::tables, walk_.tables, {0, 0});
        if (unknown_ > 0)
            facts_.add(photo_fact::unknown_bytes, std::to_string(unknown_) + " " + unknown_names_,
                       unknown_first_);
        std::size_t const tags = static_cast<std::size_t>(std::count_if(
            tags_.all().begin(), tags_.all().end(), [](Tag const& tag) { return !is_harmless(tag.name); }));
        if (tags > 0) facts_.add(photo_fact::tags, std::to_string(tags), whole);
        if (walk_.media.starts_with("image/")) facts_.add(photo_fact::not_judged, "picture", {0, 0});
    }

    // A line for each fact; what the whole file says is mapped to all of it.
    void put_facts() {
        Evidence evidence;
        evidence.kind = Kind::fields;
        evidence.role = Role::metadata;
        evidence.media = photo_media;
        std::string text;
        for (PhotoFact const& fact : facts_.all())
            add_line(evidence, text, fact.name, fact.value, {fact.offset, fact.stored});
        evidence.content = Blob::take(std::move(text));
        outlet_.put(std::move(evidence));
    }

    void put_tags() {
        if (tags_.all().empty()) return;
        Evidence evidence;
        evidence.kind = Kind::fields;
        evidence.role = Role::metadata;
        evidence.media = photo_tags_media;
        std::string text;
        for (Tag const& tag : tags_.all()) {
            if (tag.name != "File.Position") add_line(evidence, text, tag.name, tag.shown, {tag.offset, tag.stored});
        }
        evidence.content = Blob::take(std::move(text));
        outlet_.put(std::move(evidence));
    }

    void add_line(Evidence& evidence, std::string& text, std::string_view name, std::string const& value,
                  TagSource source) {
        std::string line = std::string(name) + ": " + value + "\n";
        std::replace(line.begin(), line.end() - 1, '\n', ' ');
        std::uint64_t const stored =
            source.stored ? std::min<std::uint64_t>(source.stored, 0xFFFFFFFF) : file_.size();
        std::uint64_t const offset = std::min<std::uint64_t>(source.offset, file_.size());
        evidence.marks.push_back({static_cast<std::uint32_t>(text.size()), Mark::What::field,
                                  static_cast<std::int32_t>(evidence.names.size())});
        evidence.names.emplace_back(name);
        evidence.map.add(text.size(), offset, static_cast<std::uint32_t>(line.size()),
                         static_cast<std::uint32_t>(std::min<std::uint64_t>(stored, file_.size() - offset)));
        text += line;
    }

    // A film's "+51.2345-001.0806/" is told as a place; as text it would be taken for a telephone number.
    void drop_position(std::string& text) const {
        for (Tag const& tag : tags_.all()) {
            if (tag.name != "File.Position") continue;
            std::size_t const at = text.find(tag.value);
            if (at != std::string::npos) text.erase(at, tag.value.size());
        }
    }

    void put_text(std::string text, Piece const& piece, Role role) {
        drop_position(text);
        if (text.empty()) return;
        Evidence evidence;
        evidence.kind = Kind::text;
        evidence.role = role;
        evidence.place.steps.push_back({How::part, piece.name});
        std::uint64_t const offset = std::min<std::uint64_t>(piece.offset, file_.size());
        evidence.map.add(0, offset, static_cast<std::uint32_t>(text.size()),
                         static_cast<std::uint32_t>(
                             std::min<std::uint64_t>({piece.stored, 0xFFFFFFFF, file_.size() - offset})));
        evidence.content = Blob::take(std::move(text));
        outlet_.put(std::move(evidence));
    }

    std::string_view file_;
    Outlet& outlet_;
    Walk walk_;
    Tags tags_;
    PhotoFacts facts_;
    Glanced visible_;
    bool saw_exif_ = false;
    std::size_t hidden_ = 0;
    std::uint64_t unknown_ = 0;
    std::string unknown_names_;
    TagSource unknown_first_;
};

class PhotoExtractor final : public Extractor {
  public:
    Result<Done> extract(Evidence const& evidence, Outlet& outlet) const override {
        return Reading(evidence.content.view(), outlet).run();
    }
};

}  // namespace

Extractor const* photo_extractor() {
    static PhotoExtractor const extractor;
    return &extractor;
}

}  // namespace keepmum
