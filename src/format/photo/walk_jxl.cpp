// JPEG XL (ISO 18181-2): a bare codestream (FF 0A), or boxes: "JXL ", "ftyp", the codestream in "jxlc"
// or in parts in "jxlp", and about it "Exif", "xml ", "jumb"; any of these may stand packed by Brotli
// in "brob", behind its type. "jbrd" holds what a JPEG needs to be made anew byte for byte: not the
// picture, but all that its file said.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/photo/bmff.h"
#include "format/photo/brotli.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

class JxlWalk {
  public:
    explicit JxlWalk(Mapper& mapper) : mapper_(mapper) {}

    void walk() {
        mapper_.walk.media = "image/jxl";
        if (mapper_.file().starts_with("\xFF\x0A")) {
            read_size(mapper_.file());
            mapper_.walk.pictures = 1;
            return mapper_.claim(0, mapper_.size(), Owner::picture, "codestream");
        }
        std::uint64_t behind = 0;
        for (IsoBox const& box : read_boxes(mapper_.file(), 0, mapper_.size(), behind)) take(box);
        if (mapper_.walk.pictures == 0) mapper_.trouble(Cause::malformed, "no codestream in it");
        walk_trailer(mapper_, behind, mapper_.size());
    }

  private:
    void take(IsoBox const& box) {
        std::string_view const body = part_of(mapper_.file(), box.body, box.body_size());
        auto const own = [&](Owner owner) { mapper_.claim(box.at, box.size, owner, printable(box.type)); };
        if (box.type == "JXL " || box.type == "ftyp" || box.type == "jxll" || box.type == "jxli")
            return own(Owner::structure);
        if (box.type == "jxlc" || box.type == "jxlp") {
            if (mapper_.walk.pictures == 0) read_size(part_of(body, box.type == "jxlp" ? 4 : 0));
            mapper_.walk.pictures = 1;
            mapper_.claim(box.at, box.body - box.at, Owner::structure, printable(box.type));
            return mapper_.claim(box.body, box.body_size(), Owner::picture, "codestream");
        }
        if (box.type == "Exif" && body.size() > 4) {
            std::uint64_t const skip = 4 + std::min<std::uint64_t>(big_endian(body, 0, 4), body.size() - 4);
            map_exif(mapper_, box.body + skip, body.size() - skip);
            mapper_.piece(What::exif, "Exif", box.body + skip, body.size() - skip);
            return own(Owner::metadata);
        }
        if (box.type == "brob" && body.size() > 4) {
            own(Owner::metadata);
            Inflated packed = unpack_brotli(body.substr(4), mapper_.unpack_left());
            mapper_.unpacked(packed.bytes.size());
            if (packed.end == InflateEnd::limit)
                mapper_.trouble(Cause::too_big, "a box packs more than may be unpacked");
            else if (packed.end != InflateEnd::complete) mapper_.trouble(Cause::malformed, "a packed box is damaged");
            return hand_out(body.substr(0, 4), std::move(packed.bytes), box);
        }
        if (box.type == "free" || box.type == "skip") {
            mapper_.claim(box.at, box.body - box.at, Owner::structure, printable(box.type));
            return mapper_.claim(box.body, box.body_size(), Owner::unknown, "left in " + printable(box.type));
        }
        if (box.type != "xml " && box.type != "jumb" && box.type != "jbrd") return own(Owner::unknown);
        own(Owner::metadata);
        hand_out(box.type, std::string(part_of(mapper_.file(), box.type == "jumb" ? box.at : box.body, box.end())),
                 box);
    }

    // `bytes`: contents of a box of that type; of "jumb" the whole box.
    void hand_out(std::string_view type, std::string bytes, IsoBox const& box) {
        if (type == "Exif" && bytes.size() > 4) {
            std::size_t const skip = 4 + std::min<std::size_t>(big_endian(bytes, 0, 4), bytes.size() - 4);
            return mapper_.made_piece(What::exif, "Exif", box.at, box.size, bytes.substr(skip));
        }
        if (type == "xml ") find_xmp_pictures(mapper_, bytes, box.at, box.size);
        if (type == "jumb") return map_c2pa(mapper_, bytes, box.at, box.size);
        mapper_.made_piece(type == "xml " ? What::xmp : What::other, type == "xml " ? "XMP" : printable(type), box.at,
                           box.size, std::move(bytes));
    }

    // Bits from the lowest: small?, height, ratio, width.
    void read_size(std::string_view stream) {
        std::uint64_t bits = little_endian(stream, 2, 8);
        auto const take = [&](unsigned count) {
            std::uint64_t const value = bits & ((1ull << count) - 1);
            bits >>= count;
            return value;
        };
        bool const small = take(1) != 0;
        auto const side = [&]() -> std::uint64_t {
            if (small) return (take(5) + 1) * 8;
            constexpr unsigned widths[] = {9, 13, 18, 30};
            return take(widths[take(2)]) + 1;
        };
        std::uint64_t const height = side(), ratio = take(3);
        constexpr std::uint64_t ratios[8][2] = {{1, 1}, {1, 1}, {12, 10}, {4, 3}, {3, 2}, {16, 9}, {5, 4}, {2, 1}};
        std::uint64_t const width = ratio == 0 ? side() : height * ratios[ratio][0] / ratios[ratio][1];
        mapper_.walk.width = static_cast<std::uint32_t>(width);
        mapper_.walk.height = static_cast<std::uint32_t>(height);
    }

    Mapper& mapper_;
};

}  // namespace

void walk_jxl(Mapper& mapper) {
    JxlWalk(mapper).walk();
}

}  // namespace keepmum
