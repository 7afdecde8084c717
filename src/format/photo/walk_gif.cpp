// GIF (89a):
//
//     "GIF89a", width (2), height (2), flags, background, aspect; palette
//     21 F9 …  control     21 FE … comment     21 FF … application     21 01 … plain text
//     2C, place and size (8), flags; palette; code size; data
//     3B       end
//
// Data stands in sub-blocks: a length byte and as many bytes, the last of length 0. XMP breaks that
// rule: it stands plain behind its application block, and ends in 258 bytes that lead any reader of
// sub-blocks to the 0.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/photo/recover/recover.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

class GifWalk {
  public:
    explicit GifWalk(Mapper& mapper) : mapper_(mapper) {}

    void walk() {
        mapper_.walk.media = "image/gif";
        mapper_.walk.width = static_cast<std::uint32_t>(little_endian(mapper_.file(), 6, 2));
        mapper_.walk.height = static_cast<std::uint32_t>(little_endian(mapper_.file(), 8, 2));
        unsigned const flags = byte(10);
        own(13, Owner::structure, "header");
        if (flags & 0x80) own_palette(flags);
        while (at_ < mapper_.size() && !ended_ && !lost_) {
            if (byte(at_) == 0x3B) own(1, Owner::structure, "end"), ended_ = true;
            else if (byte(at_) == 0x2C) take_picture();
            else if (byte(at_) == 0x21) take_extension();
            else if (byte(at_) == 0) own(1, Owner::structure, "zero padding");  // some writers leave one too many
            else lost_ = true;
        }
        if (!ended_)
            mapper_.trouble(Cause::malformed,
                            lost_ ? "a block of no known kind" : "the picture is cut short: it has no end mark");
        if (ended_ && claim_gif_tail(mapper_, at_, code_size_, palette_)) return;
        walk_trailer(mapper_, at_, mapper_.size());
    }

  private:
    unsigned byte(std::uint64_t at) const { return static_cast<unsigned>(big_endian(mapper_.file(), at, 1)); }
    void own(std::uint64_t size, Owner owner, std::string what) {
        mapper_.claim(at_, size, owner, std::move(what));
        at_ += std::min(size, mapper_.size() - at_);
    }
    // The offset behind the sub-blocks that begin at `at`; their contents are appended to `bytes`, if any is given.
    std::uint64_t behind_blocks(std::uint64_t at, std::string* bytes = nullptr) const {
        while (at < mapper_.size()) {
            unsigned const size = byte(at);
            if (size == 0) return at + 1;
            if (bytes) bytes->append(part_of(mapper_.file(), at + 1, size));
            at += 1 + size;
        }
        return mapper_.size();
    }

    void own_palette(unsigned flags) {
        std::uint64_t const size = 3ull << ((flags & 7) + 1);
        palette_ = part_of(mapper_.file(), at_, size);
        own(size, Owner::structure, "palette");
    }

    void take_picture() {
        ++mapper_.walk.pictures;
        unsigned const flags = byte(at_ + 9);
        own(10, Owner::structure, "image descriptor");
        if (flags & 0x80) own_palette(flags);
        code_size_ = byte(at_);
        own(1, Owner::structure, "image descriptor");
        std::string codes;
        std::uint64_t const end = behind_blocks(at_, &codes);
        claim_slack(gif_data_end(codes, code_size_), end);
        own(end - at_, Owner::picture, "image data");
    }

    // Sub-blocks behind the end code are read by nobody.
    void claim_slack(std::uint64_t used, std::uint64_t end) {
        for (std::uint64_t at = at_; at < end; at += 1 + byte(at)) {
            std::uint64_t const size = byte(at);
            if (size == 0) return;
            if (used < size && end - 1 > at + 1 + used) {
                return mapper_.claim(at + 1 + used, end - 1 - (at + 1 + used), Owner::unknown, "behind the image data");
            }
            used -= std::min(used, size);
        }
    }

    void take_extension() {
        unsigned const label = byte(at_ + 1);
        std::uint64_t const size = behind_blocks(at_ + 2) - at_;
        std::string bytes;
        if (label == 0xF9) return own(size, Owner::structure, "graphic control");
        if (label == 0xFF) return take_application(size);
        if (label == 0xFE || label == 0x01) {
            // Plain text: 12 bytes of its place and colours first.
            behind_blocks(label == 0x01 ? at_ + 3 + byte(at_ + 2) : at_ + 2, &bytes);
            std::string const name = label == 0x01 ? "plain text" : "Comment";
            mapper_.made_piece(What::text, name, at_, size, to_utf8(bytes));
            return own(size, Owner::metadata, name);
        }
        own(size, Owner::unknown, "extension of no known kind");
    }

    void take_application(std::uint64_t size) {
        std::string_view const name = part_of(mapper_.file(), at_ + 3, byte(at_ + 2));
        std::uint64_t const data = at_ + 3 + name.size();
        if (name.starts_with("NETSCAPE2.0") || name.starts_with("ANIMEXTS1.0"))
            return own(size, Owner::structure, "loop count");
        if (name.starts_with("XMP DataXMP")) {
            constexpr std::string_view magic = "\x01\xFF\xFE\xFD"sv;
            std::string_view const rest = part_of(mapper_.file(), data, at_ + size - data);
            std::string_view const packet = rest.substr(0, std::min(rest.rfind(magic), rest.size()));
            mapper_.made_piece(What::xmp, "XMP", data, packet.size(), std::string(packet));
            find_xmp_pictures(mapper_, packet, data, packet.size());
            return own(size, Owner::metadata, "XMP");
        }
        std::string bytes;
        behind_blocks(data, &bytes);
        bool const profile = name.starts_with("ICCRGBG1012");
        std::string const what = profile ? "ICC profile" : "application " + printable(name);
        mapper_.made_piece(profile ? What::icc : What::other, what, data, size, std::move(bytes));
        own(size, profile ? Owner::structure : Owner::metadata, what);
    }

    Mapper& mapper_;
    std::string_view palette_;
    std::uint64_t at_ = 0;
    unsigned code_size_ = 8;
    bool ended_ = false, lost_ = false;
};

}  // namespace

void walk_gif(Mapper& mapper) {
    GifWalk(mapper).walk();
}

}  // namespace keepmum
