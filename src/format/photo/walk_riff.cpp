// RIFF: "RIFF", size (4), form (4), then chunks of type (4), size (4), data, padded to even. LIST and
// RIFF hold a type and chunks.
//
// Forms: WEBP (RFC 9649), WAVE, AVI. Numbers are little-endian.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

constexpr std::size_t deepest = 8;

struct Row {
    std::string_view type;
    Owner owner;
};
constexpr std::array<Row, 9> webp = {{{"XMP\0"sv, Owner::metadata},
                                      {"VP8 ", Owner::picture},
                                      {"VP8L", Owner::picture},
                                      {"ALPH", Owner::picture},
                                      {"VP8X", Owner::structure},
                                      {"ANIM", Owner::structure},
                                      {"ICCP", Owner::structure},
                                      {"EXIF", Owner::metadata},
                                      {"XMP ", Owner::metadata}}};
constexpr std::array<Row, 22> wave = {
    {{"fmt ", Owner::structure}, {"fact", Owner::structure}, {"data", Owner::picture},  {"slnt", Owner::picture},
     {"wavl", Owner::structure}, {"ds64", Owner::structure}, {"PEAK", Owner::metadata}, {"bext", Owner::metadata},
     {"iXML", Owner::metadata},  {"aXML", Owner::metadata},  {"_PMX", Owner::metadata}, {"id3 ", Owner::metadata},
     {"ID3 ", Owner::metadata},  {"cue ", Owner::metadata},  {"plst", Owner::metadata}, {"smpl", Owner::metadata},
     {"inst", Owner::metadata},  {"acid", Owner::metadata},  {"cart", Owner::metadata}, {"afsp", Owner::metadata},
     {"DISP", Owner::metadata},  {"LGWV", Owner::metadata}}};
constexpr std::array<Row, 13> film = {{{"avih", Owner::structure},
                                       {"strh", Owner::structure},
                                       {"strf", Owner::structure},
                                       {"idx1", Owner::structure},
                                       {"indx", Owner::structure},
                                       {"dmlh", Owner::structure},
                                       {"vprp", Owner::structure},
                                       {"strd", Owner::metadata},
                                       {"strn", Owner::metadata},
                                       {"IDIT", Owner::metadata},
                                       {"ISMP", Owner::metadata},
                                       {"_PMX", Owner::metadata},
                                       {"CSET", Owner::metadata}}};

class RiffWalk {
  public:
    explicit RiffWalk(Mapper& mapper) : mapper_(mapper), form_(part_of(mapper.file(), 8, 4)) {}

    void walk() {
        mapper_.walk.media = form_ == "WEBP" ? "image/webp"sv : form_ == "WAVE" ? "audio/wav"sv : "video/x-msvideo"sv;
        std::uint64_t end = little_endian(mapper_.file(), 4, 4) + 8;
        if (mapper_.file().starts_with("RF64")) end = mapper_.size();
        if (end > mapper_.size()) mapper_.trouble(Cause::malformed, "the file is cut short");
        end = std::min(end, mapper_.size());
        mapper_.claim(0, 12, Owner::structure, "RIFF");
        walk_chunks(12, end, 0);
        // Long films go on in further RIFF blocks.
        while (form_ == "AVI " && part_of(mapper_.file(), end, 4) == "RIFF" &&
               part_of(mapper_.file(), end + 8, 4) == "AVIX") {
            std::uint64_t const next = std::min(end + 8 + little_endian(mapper_.file(), end + 4, 4), mapper_.size());
            mapper_.claim(end, 12, Owner::structure, "RIFF");
            walk_chunks(std::min(end + 12, next), next, 0);
            end = next;
        }
        if (mapper_.walk.pictures == 0) mapper_.walk.pictures = has_picture_;
        walk_trailer(mapper_, end, mapper_.size());
    }

  private:
    void walk_chunks(std::uint64_t at, std::uint64_t end, std::size_t depth) {
        while (end > at && end - at >= 8) {
            std::string_view const type = part_of(mapper_.file(), at, 4);
            std::uint64_t size = little_endian(mapper_.file(), at + 4, 4);
            if (size > end - at - 8) {
                mapper_.trouble(Cause::malformed, "chunk " + printable(type) + " reaches past the end");
                size = end - at - 8;
            }
            take(type, at, size, depth);
            at += 8 + size;
            // The byte that pads; one that is not 0 is left to be unknown.
            if (size % 2 != 0 && at < end && mapper_.file()[at] == '\0')
                mapper_.claim(at, 1, Owner::structure, "padding");
            at += size % 2;
        }
    }

    void take(std::string_view type, std::uint64_t at, std::uint64_t size, std::size_t depth) {
        std::uint64_t const data = at + 8;
        bool const list = type == "LIST" && size >= 4;
        if (list && part_of(mapper_.file(), data, 4) == "movi") return take_movie(at, size);
        if ((list || (type == "ANMF" && size >= 16)) && depth < deepest) {
            std::uint64_t const head = list ? 4 : 16;
            if (!list) ++mapper_.walk.pictures;
            std::string_view const kind = part_of(mapper_.file(), data, 4);
            bool const about = list && kind != "hdrl" && kind != "strl" && kind != "odml";
            mapper_.claim(at, 8 + head, about ? Owner::metadata : Owner::structure, std::string(type));
            std::string_view const before = list_;
            if (list) list_ = kind;
            walk_chunks(data + head, data + size, depth + 1);
            list_ = before;
            return;
        }
        if (type == "JUNK" || type == "PAD " || type == "FLLR") return take_junk(type, at, size);
        if (list_ == "INFO" || list_ == "adtl" || list_ == "exif" || list_ == "hydt" || list_ == "pntx") {
            mapper_.claim(at, 8, Owner::metadata, printable(type));
            return mapper_.keep_text(printable(type), data, size);
        }
        auto const find = [&](auto const& rows) {
            for (Row const& row : rows) {
                if (row.type == type) return take_known(row, at, size), true;
            }
            return false;
        };
        if (form_ == "WEBP" ? find(webp) : form_ == "WAVE" ? find(wave) : find(film)) return;
        mapper_.claim(at, 8 + size, Owner::unknown, "chunk " + printable(type));
    }

    void take_known(Row const& row, std::uint64_t at, std::uint64_t size) {
        std::uint64_t const data = at + 8;
        std::string_view const body = part_of(mapper_.file(), data, size);
        if (row.owner == Owner::picture) has_picture_ = 1;
        if (row.type == "VP8 " || row.type == "VP8L" || row.type == "VP8X") read_size(row.type, body);
        if (row.type == "EXIF") {
            std::uint64_t const front = body.starts_with("Exif\0\0"sv) ? 6 : 0;
            map_exif(mapper_, data + front, size - front);
            mapper_.piece(What::exif, "Exif", data + front, size - front);
        } else if (row.type.starts_with("XMP") || row.type == "_PMX") {
            mapper_.piece(What::xmp, "XMP", data, size);
            find_xmp_pictures(mapper_, body, data, size);
        } else if (row.type == "ICCP") {
            mapper_.piece(What::icc, "ICC profile", data, size);
        } else if (row.type == "iXML" || row.type == "aXML" || row.type == "strn" || row.type == "IDIT") {
            mapper_.made_piece(What::text, printable(row.type), data, size, to_utf8(body));
        } else if (row.owner == Owner::metadata) {
            mapper_.piece(What::other, printable(row.type), data, size);
        }
        mapper_.claim(at, 8 + size, row.owner, printable(row.type));
    }

    void take_movie(std::uint64_t at, std::uint64_t size) {
        has_picture_ = 1;
        mapper_.claim(at, 12, Owner::structure, "LIST movi");
        std::uint64_t const end = at + 8 + size;
        for (at += 12; end - at >= 8;) {
            std::string_view const type = part_of(mapper_.file(), at, 4);
            std::uint64_t const bytes = std::min(little_endian(mapper_.file(), at + 4, 4), end - at - 8);
            if (type == "LIST") {
                mapper_.claim(at, 12, Owner::structure, "LIST rec");
                at += std::min<std::uint64_t>(12, end - at);
                continue;
            }
            if (type == "JUNK") take_junk(type, at, bytes);
            else if (type.starts_with("ix") || type.substr(2) == "pc")
                mapper_.claim(at, 8 + bytes, Owner::structure, "index");
            else if (type.substr(2) == "dc" || type.substr(2) == "db" || type.substr(2) == "wb")
                mapper_.claim(at, 8 + bytes, Owner::picture, "stream data");
            else if (type.substr(2) == "tx") mapper_.keep(Owner::metadata, What::other, "text stream", at, 8 + bytes);
            else mapper_.claim(at, 8 + bytes, Owner::unknown, "chunk " + printable(type));
            at += std::min(8 + bytes + bytes % 2, end - at);
        }
    }

    // Room kept free. What is left in it is nobody's.
    void take_junk(std::string_view type, std::uint64_t at, std::uint64_t size) {
        mapper_.claim(at, 8, Owner::structure, printable(type));
        bool const empty = part_of(mapper_.file(), at + 8, size).find_first_not_of('\0') == std::string_view::npos;
        mapper_.claim(at + 8, size, empty ? Owner::structure : Owner::unknown,
                      empty ? "zero padding" : "left in " + printable(type));
    }

    void read_size(std::string_view type, std::string_view body) {
        std::uint32_t width = 0, height = 0;
        if (type == "VP8X") {
            width = static_cast<std::uint32_t>(little_endian(body, 4, 3)) + 1;
            height = static_cast<std::uint32_t>(little_endian(body, 7, 3)) + 1;
        } else if (type == "VP8L") {
            auto const bits = static_cast<std::uint32_t>(little_endian(body, 1, 4));
            width = (bits & 0x3FFF) + 1;
            height = (bits >> 14 & 0x3FFF) + 1;
        } else {
            width = static_cast<std::uint32_t>(little_endian(body, 6, 2) & 0x3FFF);
            height = static_cast<std::uint32_t>(little_endian(body, 8, 2) & 0x3FFF);
        }
        if (mapper_.walk.width != 0) return;
        mapper_.walk.width = width;
        mapper_.walk.height = height;
    }

    Mapper& mapper_;
    std::string_view form_, list_;
    std::uint32_t has_picture_ = 0;
};

}  // namespace

void walk_riff(Mapper& mapper) {
    RiffWalk(mapper).walk();
}

}  // namespace keepmum
