// Structures of metadata that several containers carry: Exif, Photoshop's resource blocks, XMP, C2PA stores.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include "base/base64.h"
#include "format/photo/tiff.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

constexpr int most_false_starts = 8;  // of pictures in makers' notes: each may cost a look through the rest
constexpr std::size_t deepest_box = 16;

// The thumbnail of a directory: a JPEG (0x0201, 0x0202), or rows of plain RGB (0x0111, 0x0117).
void map_thumbnail(Mapper& mapper, Tiff const& tiff, TiffDirectory const& directory, std::uint64_t base,
                   std::uint64_t size) {
    std::string_view const blob = part_of(mapper.file(), base, size);
    std::uint64_t const at = tiff.number(directory, 0x0201), bytes = tiff.number(directory, 0x0202);
    if (at != 0 && bytes != 0 && at < blob.size()) {
        std::uint64_t const there = std::min<std::uint64_t>(bytes, blob.size() - at);
        if (there < bytes) mapper.trouble(Cause::malformed, "the Exif thumbnail is cut short");
        return mapper.keep(Owner::hidden_picture, What::picture, "Exif thumbnail", base + at, there);
    }
    std::uint64_t const width = tiff.number(directory, 0x0100), height = tiff.number(directory, 0x0101);
    std::uint64_t const strip = tiff.number(directory, 0x0111), strip_bytes = tiff.number(directory, 0x0117);
    if (directory.number == 0 || strip == 0 || strip >= blob.size() || strip_bytes == 0) return;
    std::string_view const rows = blob.substr(strip, strip_bytes);
    mapper.claim(base + strip, rows.size(), Owner::hidden_picture, "Exif thumbnail");
    if (width == 0 || height == 0 || width > 4096 || height > 4096 || tiff.number(directory, 0x0103, 1) != 1 ||
        rows.size() < width * height * 3) {
        return;
    }
    mapper.made_piece(What::picture, "Exif thumbnail", base + strip, rows.size(),
                      to_pnm(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height), 3,
                             rows.substr(0, width * height * 3)));
}

}  // namespace

void map_exif(Mapper& mapper, std::uint64_t offset, std::uint64_t size) {
    std::string_view const blob = part_of(mapper.file(), offset, size);
    std::size_t const before = mapper.walk.pieces.size();
    if (std::optional<Tiff> const tiff = Tiff::read(blob)) {
        for (TiffDirectory const& directory : tiff->directories()) {
            if (directory.kind == TiffDirectory::Kind::main)
                map_thumbnail(mapper, *tiff, directory, offset, blob.size());
        }
        if (tiff->has_ring()) mapper.trouble(Cause::malformed, "Exif directories point at each other");
    } else {
        mapper.trouble(Cause::malformed, "Exif that does not begin as it must");
    }
    // Makers hide previews in notes of their own form; a JPEG is one wherever it stands.
    int false_starts = 0;
    std::size_t const known_end = std::min<std::size_t>(mapper.walk.pieces.size(), before + 16);
    for (std::size_t at = blob.find("\xFF\xD8\xFF"sv);
         at != std::string_view::npos && false_starts < most_false_starts;) {
        std::uint64_t bytes = 0;
        for (std::size_t i = before; i < known_end; ++i) {
            Piece const& known = mapper.walk.pieces[i];
            if (known.offset <= offset + at && offset + at < known.offset + known.stored)
                bytes = known.offset + known.stored - offset - at;
        }
        if (bytes == 0) {
            bytes = picture_size_at(blob, at);
            if (bytes == 0) ++false_starts;
            else mapper.keep(Owner::hidden_picture, What::picture, "preview in the maker's notes", offset + at, bytes);
        }
        at = blob.find("\xFF\xD8\xFF"sv, at + std::max<std::uint64_t>(bytes, 3));
    }
    mapper.claim(offset, blob.size(), Owner::metadata, "Exif");
}

// Blocks: "8BIM" or a kin, number (2), name (length and letters, together even), size (4), data, padded to even.
void map_photoshop(Mapper& mapper, std::uint64_t offset, std::uint64_t size) {
    std::string_view const blocks = part_of(mapper.file(), offset, size);
    std::uint64_t at = 0;
    while (blocks.size() - at >= 12) {
        std::string_view const kind = blocks.substr(at, 4);
        if (kind != "8BIM" && kind != "MeSa" && kind != "AgHg" && kind != "PHUT" && kind != "DCSR") break;
        std::uint64_t const number = big_endian(blocks, at + 4, 2);
        std::uint64_t const name = 1 + big_endian(blocks, at + 6, 1), head = 6 + name + name % 2;
        std::uint64_t const bytes = big_endian(blocks, at + head, 4), data = at + head + 4;
        if (data > blocks.size() || bytes > blocks.size() - data) break;
        std::uint64_t const here = offset + data;
        if (number == 0x0404) mapper.piece(What::iptc, "IPTC", here, bytes);
        if (number == 0x0422) mapper.piece(What::exif, "Exif in Photoshop's blocks", here, bytes);
        if (number == 0x0424) mapper.piece(What::xmp, "XMP in Photoshop's blocks", here, bytes);
        if (number == 0x040F) mapper.piece(What::icc, "ICC profile in Photoshop's blocks", here, bytes);
        // 28 bytes of sizes in front of the JPEG.
        if ((number == 0x0409 || number == 0x040C) && bytes > 28) {
            mapper.keep(Owner::hidden_picture, What::picture, "Photoshop thumbnail", here + 28, bytes - 28);
        }
        at = std::min<std::uint64_t>(blocks.size(), data + bytes + bytes % 2);
    }
    mapper.claim(offset, at, Owner::metadata, "Photoshop");
    mapper.piece(What::photoshop, "Photoshop", offset, blocks.size());
}

void find_xmp_pictures(Mapper& mapper, std::string_view packet, std::uint64_t offset, std::uint64_t stored) {
    struct Place {
        std::string_view front, name;
    };
    constexpr std::array<Place, 8> places = {{{"xmpGImg:image>", "XMP thumbnail"},
                                              {"xmpGImg:image=\"", "XMP thumbnail"},
                                              {"xapGImg:image>", "XMP thumbnail"},
                                              {"GImage:Data=\"", "second picture in XMP"},
                                              {"GImage:Data>", "second picture in XMP"},
                                              {"GDepth:Data=\"", "depth map in XMP"},
                                              {"GDepth:Confidence=\"", "depth map in XMP"},
                                              {"GAudio:Data=\"", "sound in XMP"}}};
    for (Place const& place : places) {
        for (std::size_t at = packet.find(place.front); at != std::string_view::npos;
             at = packet.find(place.front, at)) {
            at += place.front.size();
            std::size_t const end = std::min(packet.find_first_of("<\"", at), packet.size());
            // Line ends inside stand as character references.
            std::string letters;
            for (std::size_t i = at; i < end; ++i) {
                if (packet[i] == '&') i += std::min(packet.substr(i, end - i).find(';'), end - i);
                else letters += packet[i];
            }
            at = end;
            std::optional<std::string> bytes = decode_base64(letters);
            if (bytes && bytes->size() >= 16)
                mapper.made_piece(What::picture, std::string(place.name), offset, stored, std::move(*bytes));
        }
    }
}

namespace {

// Boxes: size (4), type (4), contents; "jumb" holds a description "jumd" (UUID, toggles, label) and
// boxes, "bidb" a file.
void find_jumbf_files(Mapper& mapper, std::string_view boxes, std::string label, std::size_t depth,
                      std::uint64_t offset, std::uint64_t stored) {
    while (boxes.size() >= 8) {
        std::uint64_t size = big_endian(boxes, 0, 4), head = 8;
        if (size == 1) size = big_endian(boxes, 8, 8), head = 16;
        if (size == 0 || size > boxes.size()) size = boxes.size();
        if (size < head) return;
        std::string_view const type = boxes.substr(4, 4), inside = boxes.substr(head, size - head);
        if (type == "jumb" && depth < deepest_box) find_jumbf_files(mapper, inside, label, depth + 1, offset, stored);
        if (type == "jumd" && inside.size() > 17) {
            std::string_view const name = inside.substr(17);
            label = printable(name.substr(0, name.find('\0')));
        }
        if (type == "bidb") {
            bool const thumbnail = label.find("thumbnail") != std::string::npos;
            mapper.made_piece(thumbnail ? What::picture : What::other, "C2PA " + (thumbnail ? "thumbnail" : label),
                              offset, stored, std::string(inside));
        }
        boxes.remove_prefix(size);
    }
}

}  // namespace

void map_c2pa(Mapper& mapper, std::string_view store, std::uint64_t offset, std::uint64_t stored) {
    mapper.made_piece(What::c2pa, "C2PA", offset, stored, std::string(store));
    find_jumbf_files(mapper, store, {}, 0, offset, stored);
}

}  // namespace keepmum
