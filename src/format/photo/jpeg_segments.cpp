// Application segments: who wrote them is told by a mark at their front.
//
//     APP0   "JFIF\0", "JFXX\0"             size and density; a thumbnail behind them
//     APP1   "Exif\0\0", XMP's URI, "FLIR\0"
//     APP2   "ICC_PROFILE\0", "MPF\0" (CIPA DC-007), "FPXR\0"
//     APP11  "JP"                            JUMBF boxes, cut up (ISO 19566-5): C2PA
//     APP13  "Photoshop 3.0\0"               resource blocks, IPTC in them
//     APP14  "Adobe"                         colour transform, needed
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/photo/jpeg_segments.h"

#include <algorithm>
#include <array>

#include "format/photo/tiff.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

struct Mark {
    unsigned marker;  // 0: any
    std::string_view front, name;
};
constexpr std::array<Mark, 34> marks = {{
    {0xE1, "QVCI\0"sv, "APP1 Casio"},
    {0xE1, "FLIR\0"sv, "APP1 FLIR"},
    {0xE2, "FPXR\0"sv, "APP2 FlashPix"},
    {0xE2, "urn:iso:std:iso:ts:21496"sv, "APP2 gain map"},
    {0xE2, "HDR "sv, "APP2 HDR"},
    {0xE3, "Meta\0"sv, "APP3 Kodak Meta"},
    {0xE3, "META\0"sv, "APP3 Kodak Meta"},
    {0xE3, "Exif\0"sv, "APP3 Kodak Meta"},
    {0xE3, "Stim\0"sv, "APP3 stereo"},
    {0xE3, "_JPSJPS_"sv, "APP3 JPS stereo"},
    {0xE3, "ImgProfile"sv, "APP3 image profile"},
    {0xE4, "SCALADO"sv, "APP4 Scalado"},
    {0xE4, "FPXR\0"sv, "APP4 FlashPix"},
    {0xE4, "QTI Debug"sv, "APP4 Qualcomm"},
    {0xE5, "RMETA\0"sv, "APP5 Ricoh"},
    {0xE5, "ssuniqueid"sv, "APP5 Samsung id"},
    {0xE6, "EPPIM\0"sv, "APP6 Toshiba"},
    {0xE6, "NITF\0"sv, "APP6 NITF"},
    {0xE6, "TDHD"sv, "APP6 HP"},
    {0xE6, "GoPro\0"sv, "APP6 GoPro"},
    {0xE7, "PENTAX \0"sv, "APP7 Pentax"},
    {0xE7, "HUAWEI"sv, "APP7 Huawei"},
    {0xE7, "DJI-DBG"sv, "APP7 DJI"},
    {0xE7, "QVCI\0"sv, "APP7 Casio"},
    {0xE7, "Qualcomm"sv, "APP7 Qualcomm"},
    {0xE7, "\x1aQualcomm"sv, "APP7 Qualcomm"},
    {0xE8, "SPIFF\0"sv, "APP8 SPIFF"},
    {0xE9, "Media Jukebox\0"sv, "APP9 Media Jukebox"},
    {0xEA, "UNICODE\0"sv, "APP10 comment"},
    {0xEB, "HDR_RI"sv, "APP11 HDR"},
    {0xEC, "Ducky"sv, "APP12 Ducky"},
    {0xEC, "[picture info]"sv, "APP12 picture info"},
    {0xED, "Adobe_CM"sv, "APP13 Adobe CM"},
    {0xEF, "Q"sv, "APP15 GraphicConverter"},
}};

constexpr std::string_view xmp_mark = "http://ns.adobe.com/xap/1.0/\0"sv,
                           extended_mark = "http://ns.adobe.com/xmp/extension/\0"sv;

}  // namespace

void JpegSegments::take(unsigned marker, std::uint64_t offset, std::uint64_t size) {
    switch (marker) {
        case 0xE0: return take_app0(offset, size);
        case 0xE1: return take_app1(offset, size);
        case 0xE2: return take_app2(offset, size);
        case 0xEB: return take_app11(offset, size);
        case 0xED: return take_app13(offset, size);
        case 0xEE:
            if (part_of(mapper_.file(), offset + 4, 5) != "Adobe" || size < 16) break;
            return mapper_.claim(offset, 16, Owner::structure, "APP14 Adobe");  // what is more of it belongs to nothing
        case 0xFE:
            mapper_.claim(offset, 4, Owner::metadata, "Comment");
            return mapper_.keep_text("Comment", offset + 4, size - 4);
        default: break;
    }
    take_named(marker, offset, size);
}

void JpegSegments::take_named(unsigned marker, std::uint64_t offset, std::uint64_t size) {
    std::string_view const body = part_of(mapper_.file(), offset + 4, size - 4);
    for (Mark const& mark : marks) {
        if (mark.marker != marker || !body.starts_with(mark.front)) continue;
        mapper_.claim(offset, size, Owner::metadata, std::string(mark.name));
        return mapper_.piece(What::other, std::string(mark.name), offset + 4, size - 4);
    }
    // Nobody's mark, or one that is not known: whose it is cannot be said.
    mapper_.claim(offset, size, Owner::unknown, "APP" + std::to_string(marker & 15));
}

// JFIF: "JFIF\0", version (2), unit, density (2 + 2), columns, rows, then columns × rows × RGB.
// JFXX: "JFXX\0", form (0x10 JPEG, 0x11 palette, 0x13 RGB), then for the latter two columns, rows, data.
void JpegSegments::take_app0(std::uint64_t offset, std::uint64_t size) {
    std::string_view const body = part_of(mapper_.file(), offset + 4, size - 4);
    auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(body[at]); };
    if (body.starts_with("JFIF\0"sv) && body.size() >= 14) {
        std::uint64_t const pixels = std::uint64_t{byte(12)} * byte(13) * 3;
        mapper_.claim(offset, 18, Owner::structure, "APP0 JFIF");
        if (pixels > 0 && pixels <= body.size() - 14) {
            mapper_.claim(offset + 18, pixels, Owner::hidden_picture, "JFIF thumbnail");
            mapper_.made_piece(What::picture, "JFIF thumbnail", offset + 18, pixels,
                               to_pnm(byte(12), byte(13), 3, body.substr(14, pixels)));
        }
        return;  // what is left of it belongs to nothing
    }
    if (!body.starts_with("JFXX\0"sv) || body.size() < 6) return take_named(0xE0, offset, size);
    mapper_.claim(offset, 10, Owner::metadata, "APP0 JFXX");
    std::string pixels;
    if (byte(5) == 0x10) pixels = body.substr(6);
    else if (byte(5) == 0x13 && body.size() >= 8) pixels = to_pnm(byte(6), byte(7), 3, body.substr(8));
    else if (byte(5) == 0x11 && body.size() >= 8 + 768) {
        std::string rows;
        for (char const index : body.substr(8 + 768)) rows += body.substr(8 + 3 * static_cast<unsigned char>(index), 3);
        pixels = to_pnm(byte(6), byte(7), 3, rows);
    } else {
        return;
    }
    mapper_.claim(offset + 10, size - 10, Owner::hidden_picture, "JFXX thumbnail");
    mapper_.made_piece(What::picture, "JFXX thumbnail", offset + 10, size - 10, std::move(pixels));
}

void JpegSegments::join(Joined& joined, std::uint64_t offset, std::uint64_t size, std::uint64_t head) {
    if (joined.stored == 0) joined.offset = offset + head;
    joined.stored += size;
    joined.bytes += part_of(mapper_.file(), offset + head, size - std::min(head, size));
}

void JpegSegments::take_app1(std::uint64_t offset, std::uint64_t size) {
    std::string_view const body = part_of(mapper_.file(), offset + 4, size - 4);
    if (body.starts_with("Exif\0"sv) && body.size() > 6) {
        mapper_.claim(offset, 10, Owner::metadata, "APP1 Exif");
        // Some writers cut a large structure up; only its first part begins as one.
        bool const starts = Tiff::read(body.substr(6, 8)).has_value();
        if (!exif_.bytes.empty() && !starts) {
            mapper_.claim(offset, size, Owner::metadata, "APP1 Exif");
            return join(exif_, offset, size, 10);
        }
        if (!exif_.bytes.empty())
            mapper_.made_piece(What::exif, "Exif", exif_.offset, exif_.stored, std::move(exif_.bytes));
        exif_ = {};
        map_exif(mapper_, offset + 10, size - 10);
        return join(exif_, offset, size, 10);
    }
    if (body.starts_with(xmp_mark)) {
        mapper_.claim(offset, size, Owner::metadata, "APP1 XMP");
        mapper_.piece(What::xmp, "XMP", offset + 4 + xmp_mark.size(), body.size() - xmp_mark.size());
        return find_xmp_pictures(mapper_, body.substr(xmp_mark.size()), offset, size);
    }
    // GUID (32), whole size (4), offset of this part (4).
    if (body.starts_with(extended_mark) && body.size() >= extended_mark.size() + 40) {
        mapper_.claim(offset, size, Owner::metadata, "APP1 extended XMP");
        return join(extended_[std::string(body.substr(extended_mark.size(), 32))], offset, size,
                    4 + extended_mark.size() + 40);
    }
    take_named(0xE1, offset, size);
}

void JpegSegments::take_app2(std::uint64_t offset, std::uint64_t size) {
    std::string_view const body = part_of(mapper_.file(), offset + 4, size - 4);
    if (body.starts_with("ICC_PROFILE\0"sv) && body.size() >= 14) {
        mapper_.claim(offset, size, Owner::structure, "APP2 ICC profile");
        return join(icc_, offset, size, 18);
    }
    if (!body.starts_with("MPF\0"sv)) return take_named(0xE2, offset, size);
    mapper_.claim(offset, size, Owner::metadata, "APP2 MPF");
    mapper_.piece(What::other, "MPF", offset + 4, size - 4);
    // 0xB002: rows of 16 bytes: attributes, size, offset from the structure's start, two dependent pictures.
    std::optional<Tiff> const tiff = Tiff::read(body.substr(4));
    if (!tiff || tiff->directories().empty()) return;
    TiffRow const* const entries = tiff->directories().front().row(0xB002);
    if (!entries) return;
    std::string_view const rows = tiff->value(*entries);
    bool const little = body[4] == 'I';
    auto const number = [&](std::size_t at) { return little ? little_endian(rows, at, 4) : big_endian(rows, at, 4); };
    for (std::size_t at = 0; at + 16 <= rows.size(); at += 16) {
        std::uint64_t const where = number(at + 8);
        if (where == 0) continue;  // the picture that is shown
        others_.push_back({offset + 8 + where, number(at + 4), static_cast<std::uint32_t>(at / 16 + 1),
                           static_cast<std::uint32_t>(number(at) & 0xFFFFFF)});
    }
}

// "JP", box instance (2), sequence number (4), then the box's length and type anew, then its part.
void JpegSegments::take_app11(std::uint64_t offset, std::uint64_t size) {
    std::string_view const body = part_of(mapper_.file(), offset + 4, size - 4);
    if (!body.starts_with("JP") || body.size() < 16) return take_named(0xEB, offset, size);
    mapper_.claim(offset, size, Owner::metadata, "APP11 JUMBF");
    auto const instance = static_cast<std::uint32_t>(big_endian(body, 2, 2));
    Joined& box = boxes_[instance];
    join(box, offset, size, box.bytes.empty() ? 12 : 20);
}

void JpegSegments::take_app13(std::uint64_t offset, std::uint64_t size) {
    std::string_view const body = part_of(mapper_.file(), offset + 4, size - 4);
    for (std::string_view const front : {"Photoshop 3.0\0"sv, "Adobe_Photoshop2.5:"sv}) {
        if (!body.starts_with(front)) continue;
        mapper_.claim(offset, 4 + front.size(), Owner::metadata, "APP13 Photoshop");
        return map_photoshop(mapper_, offset + 4 + front.size(), size - 4 - front.size());
    }
    take_named(0xED, offset, size);
}

void JpegSegments::finish() {
    mapper_.made_piece(What::icc, "ICC profile", icc_.offset, icc_.stored, std::move(icc_.bytes));
    mapper_.made_piece(What::exif, "Exif", exif_.offset, exif_.stored, std::move(exif_.bytes));
    for (auto& [guid, packet] : extended_) {
        find_xmp_pictures(mapper_, packet.bytes, packet.offset, packet.stored);
        mapper_.made_piece(What::xmp, "extended XMP", packet.offset, packet.stored, std::move(packet.bytes));
    }
    for (auto& [instance, box] : boxes_) map_c2pa(mapper_, box.bytes, box.offset, box.stored);
}

}  // namespace keepmum
