// Films, recordings and pictures in ISO boxes: MP4, MOV, M4A, 3GP; HEIF (HEIC, AVIF); Canon's CR3.
//
// Structure is what says where the media are and how to decode them. Who made them, when and where
// stands in boxes of its own ("udta", "meta", "uuid") and in a few fields of those that are needed:
// dates, names of handlers. Media data that no item and no sample table points at is unknown; so is
// anything left in "free".
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/photo/bmff_tracks.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

constexpr int deepest = 12;
constexpr double cut_off_seconds = 0.5;  // decoders need a few samples before the first one that plays

constexpr std::array<std::string_view, 17> parents = {"moov", "trak", "mdia", "minf", "stbl", "dinf",
                                                      "edts", "iprp", "ipco", "moof", "traf", "mfra",
                                                      "mvex", "gmhd", "sinf", "schi", "grpl"};
constexpr std::array<std::string_view, 52> needed = {
    "ftyp", "styp", "mvhd", "tkhd", "mdhd", "vmhd", "smhd", "nmhd", "sthd", "hmhd", "gmin", "dref", "stsd",
    "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "stsh", "sdtp", "sbgp", "sgpd",
    "subs", "saiz", "saio", "elst", "mehd", "trex", "mfhd", "tfhd", "tfdt", "trun", "tfra", "mfro", "sidx",
    "ssix", "pitm", "iinf", "iloc", "iref", "ipma", "ipro", "pdin", "iods", "vttC", "tapt", "tref", "altr"};

bool is_in(auto const& list, std::string_view type) {
    return std::find(list.begin(), list.end(), type) != list.end();
}

constexpr std::string_view xmp_uuid = "\xBE\x7A\xCF\xCB\x97\xA9\x42\xE8\x9C\x71\x99\x94\x91\xE3\xAF\xAC"sv;
constexpr std::string_view c2pa_uuid = "\xD8\xFE\xC3\xD6\x1B\x0E\x48\x3C\x92\x97\x58\x28\x87\x7E\xC4\x81"sv;
constexpr std::string_view canon_uuid = "\x85\xC0\xB6\x87\x82\x0F\x11\xE0\x81\x11\xF4\xCE\x46\x2B\x6A\x48"sv;
constexpr std::string_view canon_preview_uuid = "\xEA\xF4\x2B\x5E\x1C\x98\x4B\x88\xB9\xFB\xB7\xDC\x40\x6E\x4D\x16"sv;

class BmffWalk {
  public:
    explicit BmffWalk(Mapper& mapper)
        : mapper_(mapper), brand_(part_of(mapper.file(), 8, 4)), chunks_left_(mapper.size() / 4) {}

    void walk() {
        std::uint64_t behind = 0;
        std::vector<IsoBox> const boxes = read_boxes(file(), 0, mapper_.size(), behind);
        mapper_.walk.media = media();
        for (IsoBox const& box : boxes) {
            fragmented_ = fragmented_ || box.type == "moof";
            // What points into the media data comes first, wherever it stands.
            if (box.type == "meta") MediaItems(file(), box).claim(mapper_);
            if (box.type == "moov") claim_tracks(box);
        }
        for (IsoBox const& box : boxes) take(box, 0);
        if (mapper_.walk.pictures == 0)
            mapper_.trouble(Cause::malformed, "no picture, film or sound in it that can be told");
        if (behind < mapper_.size()) {
            std::string_view const type = part_of(file(), behind + 4, 4);
            bool const cut = !type.empty() && (is_in(needed, type) || is_in(parents, type) || type == "mdat" ||
                                               type == "free" || type == "meta");
            if (cut) mapper_.trouble(Cause::malformed, "box " + printable(type) + " is cut short");
            walk_trailer(mapper_, behind, mapper_.size());
        }
    }

  private:
    std::string_view file() const { return mapper_.file(); }

    std::string_view media() const {
        std::string_view const brands = part_of(file(), 8, std::min<std::uint64_t>(big_endian(file(), 0, 4), 256));
        if (brand_ == "crx ") return "image/x-canon-cr3";
        if (brand_ == "avif" || brand_ == "avis" || (brand_ == "mif1" && brands.find("avif") != std::string_view::npos))
            return "image/avif";
        if (brand_ == "heic" || brand_ == "heix" || brand_ == "hevc" || brand_ == "hevx") return "image/heic";
        if (brand_ == "mif1" || brand_ == "msf1" || brand_ == "heim" || brand_ == "heis") return "image/heif";
        return "video/mp4";
    }

    // --- tracks ---

    void claim_tracks(IsoBox const& movie) {
        std::uint64_t behind = 0, scale = 0;
        std::vector<IsoBox> const boxes = read_boxes(file(), movie.body, movie.end(), behind);
        for (IsoBox const& box : boxes) {
            if (box.type == "mvhd")
                scale = big_endian(file(), box.body + (big_endian(file(), box.body, 1) == 1 ? 20 : 12), 4);
        }
        bool cut_off = false;
        for (IsoBox const& box : boxes) {
            if (box.type != "trak") continue;
            MediaTrack const track = read_track(file(), box, scale, chunks_left_);
            chunks_left_ -= std::min<std::uint64_t>(chunks_left_, track.chunks.size());
            claim_track(track);
            cut_off = cut_off || (track.shown_seconds >= 0 && track.seconds - track.shown_seconds > cut_off_seconds &&
                                  (track.handler == "vide" || track.handler == "soun"));
        }
        if (cut_off) show_without_edits(boxes, movie);
    }

    void claim_track(MediaTrack const& track) {
        bool const film = track.handler == "vide" || track.handler == "pict" || track.handler == "auxv",
                   sound = track.handler == "soun";
        if (film || sound) mapper_.walk.pictures += mapper_.walk.pictures == 0 || film;
        // Length, unit's head, kind, size, 16 bytes that say whose, then mostly text. Most frames repeat the first one's.
        std::size_t said = 0;
        for (MediaItem::Extent const& unit : find_user_data(file(), track)) {
            mapper_.claim(unit.offset, unit.size, Owner::metadata, "settings of the encoder");
            std::uint64_t const front = track.length_size + (track.is_hevc ? 2 : 1) + 2 + 16;
            if (unit.size <= front || ++said > 16) continue;
            std::string_view const text = part_of(file(), unit.offset + front, unit.size - front);
            mapper_.made_piece(What::text, "settings of the encoder", unit.offset, unit.size, to_utf8(text));
        }
        for (MediaItem::Extent const& chunk : track.chunks) {
            bool const jpeg = brand_ == "crx " && part_of(file(), chunk.offset, 3) == "\xFF\xD8\xFF";
            if (jpeg) mapper_.keep(Owner::hidden_picture, What::picture, "preview", chunk.offset, chunk.size);
            else if (film || sound) mapper_.claim(chunk.offset, chunk.size, Owner::picture, film ? "film" : "sound");
            else
                mapper_.keep(Owner::metadata, What::other, "track of " + printable(track.handler), chunk.offset,
                             chunk.size);
        }
    }

    // The same file, its edit lists made into free boxes: what they leave out plays again.
    void show_without_edits(std::vector<IsoBox> const& boxes, IsoBox const& movie) {
        std::string whole(file());
        for (IsoBox const& track : boxes) {
            std::uint64_t behind = 0;
            if (track.type != "trak") continue;
            for (IsoBox const& box : read_boxes(file(), track.body, track.end(), behind)) {
                if (box.type != "edts") continue;
                whole.replace(box.at + 4, 4, "free");
                std::fill_n(whole.begin() + static_cast<std::ptrdiff_t>(box.body), box.body_size(), '\0');
            }
        }
        mapper_.made_piece(What::picture, "what its edit list leaves out", movie.at, movie.size, std::move(whole));
    }

    // --- boxes ---

    void own(IsoBox const& box, Owner owner) { mapper_.claim(box.at, box.size, owner, printable(box.type)); }

    void inside(IsoBox const& box, std::uint64_t from, int depth) {
        mapper_.claim(box.at, from - box.at, Owner::structure, printable(box.type));
        std::uint64_t behind = 0;
        for (IsoBox const& each : read_boxes(file(), from, box.end(), behind)) take(each, depth + 1);
        // QuickTime ends some lists with four zero bytes; they fall to padding.
        mapper_.claim(behind, box.end() - behind, Owner::unknown, "left in " + printable(box.type));
    }

    void take(IsoBox const& box, int depth) {
        if (depth > deepest) return mapper_.trouble(Cause::too_deep, "boxes inside boxes");
        if (box.type == "mdat" || box.type == "idat") return take_data(box);
        if (box.type == "free" || box.type == "skip" || box.type == "wide") return take_free(box);
        if (box.type == "uuid") return take_uuid(box);
        if (box.type == "meta" && depth == 0) return inside(box, std::min(box.body + 4, box.end()), depth);
        if (box.type == "udta" || box.type == "meta" || box.type == "ilst" || box.type == "keys")
            return take_about(box);
        if (box.type == "hdlr") return take_handler(box);
        if (box.type == "mvhd" || box.type == "tkhd" || box.type == "mdhd") claim_dates(box);
        if (is_in(parents, box.type)) return inside(box, box.body, depth);
        if (in_properties(box)) return own(box, Owner::structure);
        if (box.type == "colr") return own(box, Owner::structure);
        if (is_in(needed, box.type) || box.type.ends_with("hd")) return own(box, Owner::structure);
        own(box, Owner::unknown);
    }

    // Properties of pictures are open to everyone; these are what decoders need.
    bool in_properties(IsoBox const& box) const {
        constexpr std::array<std::string_view, 26> known = {
            "hvcC", "av1C", "avcC", "jpgC", "vvcC", "lhvC", "ispe", "pixi", "pasp", "irot", "imir", "clap", "auxC",
            "colr", "clli", "mdcv", "cclv", "a1op", "a1lx", "lsel", "rloc", "tols", "oinf", "cmin", "uncC", "cmpC"};
        return is_in(known, box.type);
    }

    void take_data(IsoBox const& box) {
        mapper_.claim(box.at, box.body - box.at, Owner::structure, printable(box.type));
        // Fragments say piecemeal what is whose; all of it is taken for the film.
        if (fragmented_) return mapper_.claim(box.body, box.body_size(), Owner::picture, "film");
        mapper_.claim(box.body, box.body_size(), Owner::unknown,
                      "in " + printable(box.type) + ", pointed at by nothing");
    }

    void take_free(IsoBox const& box) {
        mapper_.claim(box.at, box.body - box.at, Owner::structure, printable(box.type));
        mapper_.claim(box.body, box.body_size(), Owner::unknown, "left in " + printable(box.type));
        // Zeros among them are padding: see Mapper::finish().
    }

    void take_handler(IsoBox const& box) {
        std::uint64_t const name = box.body + 24;
        mapper_.claim(box.at, std::min<std::uint64_t>(name - box.at, box.size), Owner::structure, "hdlr");
        std::string_view const text = name < box.end() ? part_of(file(), name, box.end() - name) : ""sv;
        if (text.find_first_not_of('\0') == std::string_view::npos) return own(box, Owner::structure);
        mapper_.keep_text("handler name", name, text.size());
    }

    // Made and changed, seconds since 1904: 4 bytes each, 8 in version 1.
    void claim_dates(IsoBox const& box) {
        std::uint64_t const size = big_endian(file(), box.body, 1) == 1 ? 16 : 8;
        if (box.body_size() < 4 + size) return;
        std::string_view const dates = part_of(file(), box.body + 4, size);
        if (dates.find_first_not_of('\0') == std::string_view::npos) return;
        mapper_.claim(box.body + 4, size, Owner::metadata, "dates in " + printable(box.type));
        mapper_.piece(What::other, printable(box.type), box.at, box.size);
    }

    // Boxes of metadata go out whole; a cover is a picture.
    void take_about(IsoBox const& box) {
        std::string_view const body = part_of(file(), box.at, box.size);
        std::size_t const cover = body.find("covr");
        if (cover != std::string_view::npos && body.substr(std::min(cover + 8, body.size())).starts_with("data")) {
            std::uint64_t const data = big_endian(body, cover + 4, 4);
            if (data > 16 && data <= body.size() - cover - 4) {
                mapper_.keep(Owner::hidden_picture, What::picture, "cover", box.at + cover + 20, data - 16);
            }
        }
        own(box, Owner::metadata);
        mapper_.piece(What::other, printable(box.type), box.at, box.size);
    }

    void take_uuid(IsoBox const& box) {
        std::string_view const uuid = part_of(file(), box.body - 16, 16),
                               body = part_of(file(), box.body, box.body_size());
        if (uuid == xmp_uuid) {
            find_xmp_pictures(mapper_, body, box.body, body.size());
            mapper_.piece(What::xmp, "XMP", box.body, body.size());
            return mapper_.claim(box.at, box.size, Owner::metadata, "XMP");
        }
        if (uuid == c2pa_uuid) {
            // FullBox, purpose ending in 0, for a manifest 8 bytes of offset, then the store.
            std::size_t const purpose = std::min(part_of(body, 4).find('\0'), body.size());
            map_c2pa(mapper_, part_of(body, 4 + purpose + 1 + 8), box.body, body.size());
            return mapper_.claim(box.at, box.size, Owner::metadata, "C2PA");
        }
        if (uuid == canon_uuid) return take_canon(box);
        if (uuid == canon_preview_uuid) {
            std::size_t const at = body.find("\xFF\xD8\xFF"sv);
            if (at != std::string_view::npos)
                mapper_.keep(Owner::hidden_picture, What::picture, "preview", box.body + at, body.size() - at);
            return mapper_.claim(box.at, box.size, Owner::structure, "Canon preview");
        }
        own(box, Owner::unknown);
    }

    // CMT1 to CMT4 are TIFF structures: camera, exposure, maker's notes, GPS. THMB holds a JPEG.
    void take_canon(IsoBox const& box) {
        mapper_.claim(box.at, box.body - box.at, Owner::metadata, "Canon");
        std::uint64_t behind = 0;
        for (IsoBox const& each : read_boxes(file(), box.body, box.end(), behind)) {
            if (each.type.starts_with("CMT")) {
                map_exif(mapper_, each.body, each.body_size());
                mapper_.piece(What::exif, "Exif " + printable(each.type), each.body, each.body_size());
            }
            std::string_view const body = part_of(file(), each.body, each.body_size());
            std::size_t const at = each.type == "THMB" ? body.find("\xFF\xD8\xFF"sv) : std::string_view::npos;
            if (at != std::string_view::npos)
                mapper_.keep(Owner::hidden_picture, What::picture, "thumbnail", each.body + at, body.size() - at);
            own(each,
                each.type == "CCTP" || each.type == "CNCV" || each.type == "CTBO" ? Owner::structure : Owner::metadata);
        }
    }

    Mapper& mapper_;
    std::string_view brand_;
    std::uint64_t chunks_left_;
    bool fragmented_ = false;
};

}  // namespace

bool is_bmff(std::string_view bytes) {
    if (bytes.size() < 16) return false;
    std::string_view const type = bytes.substr(4, 4);
    std::uint64_t const size = big_endian(bytes, 0, 4);
    if (type == "ftyp" || type == "styp") return size >= 8;
    // Old QuickTime begins with any of these.
    return (type == "moov" || type == "mdat" || type == "wide" || type == "free" || type == "skip" || type == "pnot") &&
           (size == 1 || size >= 8) &&
           (bytes.find("moov") != std::string_view::npos || bytes.find("mdat") != std::string_view::npos);
}

void walk_bmff(Mapper& mapper) {
    BmffWalk(mapper).walk();
}

}  // namespace keepmum
