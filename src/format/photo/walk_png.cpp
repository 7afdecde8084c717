// PNG (W3C, third edition): 8 bytes of mark, then chunks of size (4), type (4), data, CRC-32 (4); IEND is the last.
//
// The letters of a type say whether a viewer needs it; whose it is only the lists of the standard and
// of known writers say.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <zlib.h>

#include <algorithm>
#include <array>

#include "base/hex.h"
#include "format/photo/png_rows.h"
#include "format/photo/recover/recover.h"
#include "format/photo/walkers.h"
#include "format/zip/inflate.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

constexpr std::array<std::string_view, 22> needed = {"IHDR", "PLTE", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT",
                                                     "bKGD", "hIST", "pHYs", "sPLT", "cICP", "mDCV", "mDCv", "cLLI",
                                                     "cLLi", "acTL", "fcTL", "CgBI", "iDOT", "sTER"};
constexpr std::array<std::string_view, 14> about = {"tIME", "oFFs", "pCAL", "sCAL", "gIFg", "gIFx", "gIFt",
                                                    "dSIG", "fRAc", "vpAg", "orNT", "mkBF", "mkTS", "mkBS"};

bool is_in(auto const& list, std::string_view type) {
    return std::find(list.begin(), list.end(), type) != list.end();
}

class PngWalk {
  public:
    explicit PngWalk(Mapper& mapper) : mapper_(mapper) {}

    void walk() {
        mapper_.walk.media = "image/png";
        mapper_.claim(0, 8, Owner::structure, "mark");
        bool ended = false;
        while (!ended && mapper_.size() - at_ >= 12) {
            std::uint64_t const size = big_endian(mapper_.file(), at_, 4), left = mapper_.size() - at_ - 12;
            std::string_view const type = mapper_.file().substr(at_ + 4, 4);
            if (size > left || type.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") !=
                                   std::string_view::npos)
                break;
            check_sum(type, size);
            take(type, at_ + 8, size);
            ended = type == "IEND";
            at_ += 12 + size;
        }
        if (!ended) cut_short();
        look_at_rows();
        for (Part const& part : data_) own(part.offset, part.size, Owner::picture, "IDAT");
        mapper_.walk.pictures = std::max<std::uint32_t>(frames_, !data_.empty());
        if (ended && claim_png_tail(mapper_, at_, std::max(1u, header_.channels() * header_.depth / 8))) return;
        walk_trailer(mapper_, at_, mapper_.size());
    }

  private:
    struct Part {
        std::uint64_t offset = 0, size = 0;
    };

    void check_sum(std::string_view type, std::uint64_t size) {
        if (crc32_of(mapper_.file().substr(at_ + 4, size + 4)) == big_endian(mapper_.file(), at_ + 8 + size, 4)) return;
        mapper_.trouble(Cause::malformed, "the checksum of chunk " + printable(type) + " is wrong");
    }

    // The last chunk is not whole, or what follows is none.
    void cut_short() {
        mapper_.trouble(Cause::malformed, "the picture is cut short: it has no end mark");
        if (mapper_.size() - at_ < 8 || mapper_.file().substr(at_ + 4, 4) != "IDAT") return;
        data_.push_back({at_ + 8, mapper_.size() - at_ - 8});
        at_ = mapper_.size();
    }

    void own(std::uint64_t offset, std::uint64_t size, Owner owner, std::string_view type) {
        mapper_.claim(offset - 8, size + 12, owner, std::string(type));
    }

    void take(std::string_view type, std::uint64_t offset, std::uint64_t size) {
        std::string_view const body = part_of(mapper_.file(), offset, size);
        if (type == "IHDR" && body.size() >= 13) read_header(body);
        if (type == "PLTE") header_.palette = body;
        if (type == "tRNS") header_.transparency = body;
        if (type == "fcTL") ++frames_;
        if (type == "IDAT" || type == "fdAT") {
            if (type == "IDAT") data_.push_back({offset, size});  // claimed when its contents are known
            else own(offset, size, Owner::picture, type);
        } else if (type == "IEND" && size > 0) {
            mapper_.claim(offset - 8, 8, Owner::structure, "IEND");
            mapper_.claim(offset + size, 4, Owner::structure, "IEND");
            mapper_.claim(offset, size, Owner::unknown, "inside IEND");
        } else if (is_in(needed, type)) {
            own(offset, size, Owner::structure, type);
        } else if (!take_metadata(type, offset, size, body)) {
            own(offset, size, Owner::unknown, "chunk " + std::string(type));
        }
    }

    bool take_metadata(std::string_view type, std::uint64_t offset, std::uint64_t size, std::string_view body) {
        if (type == "iCCP") {
            own(offset, size, Owner::structure, type);
            std::size_t const name = std::min(body.find('\0'), body.size());
            mapper_.made_piece(What::icc, "ICC profile", offset, size,
                               mapper_.unpack_zlib(part_of(body, name + 2), "the colour profile"));
        } else if (type == "eXIf" || type == "exIf") {
            mapper_.claim(offset - 8, 8, Owner::metadata, "Exif");
            map_exif(mapper_, offset, size);
            mapper_.piece(What::exif, "Exif", offset, size);
            mapper_.claim(offset + size, 4, Owner::metadata, "Exif");
        } else if (type == "tEXt" || type == "zTXt" || type == "iTXt") {
            own(offset, size, Owner::metadata, type);
            take_text(type, offset, size, body);
        } else if (type == "caBX") {
            own(offset, size, Owner::metadata, "C2PA");
            map_c2pa(mapper_, body, offset, size);
        } else if (type == "prVW" || type == "mkBT") {  // Fireworks
            own(offset, size, type == "prVW" ? Owner::hidden_picture : Owner::metadata, type);
            mapper_.piece(type == "prVW" ? What::picture : What::other, type == "prVW" ? "preview" : "mkBT", offset,
                          size);
        } else if (is_in(about, type)) {
            own(offset, size, Owner::metadata, type);
            mapper_.piece(What::other, std::string(type), offset, size);
        } else {
            return false;
        }
        return true;
    }

    // tEXt: key, 0, Latin-1. zTXt: key, 0, method, packed. iTXt: key, 0, packed?, method, language, 0,
    // translated key, 0, UTF-8.
    void take_text(std::string_view type, std::uint64_t offset, std::uint64_t size, std::string_view body) {
        std::size_t const end = std::min(body.find('\0'), body.size());
        std::string const key = to_utf8(body.substr(0, std::min<std::size_t>(end, 79)));
        std::string_view rest = part_of(body, end + 1);
        std::string text;
        if (type == "tEXt") {
            text = rest;
        } else if (type == "zTXt") {
            text = mapper_.unpack_zlib(part_of(rest, 1), "a compressed text");
        } else {
            bool const packed = !rest.empty() && rest.front() != '\0';
            rest = part_of(rest, 2);
            for (int i = 0; i < 2; ++i) rest = part_of(rest, std::min(rest.find('\0'), rest.size()) + 1);
            text = packed ? mapper_.unpack_zlib(rest, "a compressed text") : std::string(rest);
        }
        if (key.starts_with("Raw profile type "))
            return take_profile(std::string_view(key).substr(17), offset, size, text);
        if (key == "XML:com.adobe.xmp") {
            find_xmp_pictures(mapper_, text, offset, size);
            return mapper_.made_piece(What::xmp, "XMP", offset, size, std::move(text));
        }
        mapper_.made_piece(What::text, key.empty() ? std::string(type) : key, offset, size, to_utf8(text));
    }

    // ImageMagick's: a line end, kind, line end, number of bytes, line end, hexadecimal in lines.
    void take_profile(std::string_view kind, std::uint64_t offset, std::uint64_t size, std::string_view text) {
        std::size_t lines = 0, at = 0;
        while (at < text.size() && lines < 3) lines += text[at++] == '\n';
        std::string bytes;
        int high = -1;
        for (char const c : part_of(text, at)) {
            int const value = hex_value(c);
            if (value < 0) continue;
            if (high < 0) high = value;
            else bytes += static_cast<char>(high << 4 | value), high = -1;
        }
        constexpr std::string_view exif = "Exif\0\0"sv, xmp = "http://ns.adobe.com/xap/1.0/\0"sv;
        What what = What::other;
        if (bytes.starts_with(exif)) what = What::exif, bytes.erase(0, exif.size());
        else if (bytes.starts_with(xmp)) what = What::xmp, bytes.erase(0, xmp.size());
        else if (kind == "xmp") what = What::xmp;
        else if (kind == "icc" || kind == "icm") what = What::icc;
        else if (kind == "iptc" || kind == "8bim") what = bytes.starts_with("8BIM") ? What::photoshop : What::iptc;
        mapper_.made_piece(what, "raw profile " + printable(kind), offset, size, std::move(bytes));
    }

    void read_header(std::string_view body) {
        header_.width = static_cast<std::uint32_t>(big_endian(body, 0, 4));
        header_.height = static_cast<std::uint32_t>(big_endian(body, 4, 4));
        header_.depth = static_cast<unsigned char>(body[8]);
        header_.colour = static_cast<unsigned char>(body[9]);
        header_.interlace = static_cast<unsigned char>(body[12]);
        mapper_.walk.width = header_.width;
        mapper_.walk.height = header_.height;
    }

    // Unpacks the picture's data as far as it goes, keeping no more than a row of it.
    void look_at_rows() {
        if (data_.empty()) return;
        if (!header_.is_sound())
            return mapper_.trouble(Cause::malformed, "its header is not one that the standard knows");
        z_stream stream{};
        if (inflateInit(&stream) != Z_OK) return;
        PngRows rows(header_, mapper_.unpack_left() / 4);
        std::uint64_t const most = mapper_.unpack_left();
        int status = Z_OK;
        std::size_t part = 0;
        Part end;  // where the declared rows end: a part's number and bytes of it
        for (; part < data_.size() && status == Z_OK && rows.taken() < most; ++part) {
            stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(mapper_.file().data() + data_[part].offset));
            stream.avail_in = static_cast<uInt>(data_[part].size);
            while (status == Z_OK && rows.taken() < most) {
                bool const inside = rows.taken() < header_.data_size();
                status = unpack_some(stream, rows);
                if (inside && rows.taken() == header_.data_size()) end = {part, data_[part].size - stream.avail_in};
            }
            if (status == Z_BUF_ERROR) status = Z_OK;  // wants the next part
        }
        std::uint64_t const left = stream.avail_in;
        inflateEnd(&stream);
        mapper_.unpacked(rows.taken());
        if (rows.taken() >= most) return mapper_.trouble(Cause::too_big, "more picture data than may be unpacked");
        if (rows.taken() < header_.data_size()) mapper_.trouble(Cause::malformed, "picture data is missing or damaged");
        if (status == Z_STREAM_END) claim_slack(part, left);
        if (rows.taken() > header_.data_size()) claim_below(end);
        tell(rows);
    }

    // Stops where the declared rows end, so that what makes more of them can be told apart.
    int unpack_some(z_stream& stream, PngRows& rows) {
        std::array<char, 64 * 1024> out;
        std::uint64_t const wanted =
            rows.taken() < header_.data_size() ? header_.data_size() - rows.taken() : out.size();
        auto const room = static_cast<uInt>(std::min<std::uint64_t>(wanted, out.size()));
        stream.next_out = reinterpret_cast<Bytef*>(out.data());
        stream.avail_out = room;
        int const status = inflate(&stream, Z_NO_FLUSH);
        rows.take({out.data(), room - stream.avail_out});
        return status;
    }

    // What stands in the data's chunks behind the end of the compressed stream. Nobody reads it.
    void claim_slack(std::size_t part, std::uint64_t left) {
        if (left > 0)
            mapper_.claim(data_[part - 1].offset + data_[part - 1].size - left, left, Owner::unknown,
                          "behind the picture's data");
        for (; part < data_.size(); ++part)
            mapper_.claim(data_[part].offset, data_[part].size, Owner::unknown, "behind the picture's data");
    }

    void claim_below(Part end) {
        for (std::uint64_t part = end.offset; part < data_.size(); ++part) {
            std::uint64_t const from = part == end.offset ? end.size : 0;
            mapper_.claim(data_[part].offset + from, data_[part].size - from, Owner::hidden_picture,
                          "rows below the declared height");
        }
    }

    void tell(PngRows const& rows) {
        Part const whole{data_.front().offset, data_.back().offset + data_.back().size - data_.front().offset};
        if (rows.extra_rows() > 0) {
            mapper_.made_piece(What::rows, "rows below the declared height", whole.offset, whole.size,
                               to_pnm(header_.width, rows.extra_rows(), 3, rows.extra()));
        } else if (rows.taken() > header_.data_size()) {
            mapper_.trouble(Cause::malformed, "picture data goes on behind its last row");
        }
        if (rows.hides_colours()) show_without_alpha(whole);
    }

    // The picture as it would be without its transparency. Unpacked anew: this is rare.
    void show_without_alpha(Part whole);

    Mapper& mapper_;
    PngHeader header_;
    std::vector<Part> data_;
    std::uint64_t at_ = 8;
    std::uint32_t frames_ = 0;
};

void PngWalk::show_without_alpha(Part whole) {
    std::string packed;
    for (Part const& part : data_) packed += part_of(mapper_.file(), part.offset, part.size);
    std::uint64_t const stride = header_.row_size() + 1;
    if (header_.data_size() + std::uint64_t{header_.width} * header_.height * 3 > mapper_.unpack_left()) {
        return mapper_.trouble(Cause::too_big, "colours under its transparency are not shown: too large");
    }
    std::string const data = mapper_.unpack_zlib(packed, "picture data").substr(0, header_.data_size());
    std::string rgb, row, above(header_.row_size(), '\0');
    for (std::uint64_t at = 0; at + stride <= data.size(); at += stride) {
        row = data.substr(at + 1, stride - 1);
        undo_png_filter(static_cast<unsigned char>(data[at]), row, above,
                        std::max(1u, header_.channels() * header_.depth / 8));
        append_png_row(header_, row, rgb);
        std::swap(row, above);
    }
    auto const height = static_cast<std::uint32_t>(rgb.size() / (std::uint64_t{header_.width} * 3));
    mapper_.unpacked(rgb.size());
    mapper_.made_piece(What::rows, "colours under transparency", whole.offset, whole.size,
                       to_pnm(header_.width, height, 3, rgb));
}

}  // namespace

void walk_png(Mapper& mapper) {
    PngWalk(mapper).walk();
}

}  // namespace keepmum
