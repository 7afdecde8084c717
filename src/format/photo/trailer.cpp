// What stands behind the end of a picture, by the marks of those who put it there.
//
// Most of these can be told only from their own end, where a mark and the size or start of the whole
// stand; they lie one behind the other. So ends are peeled off first, then what is left is looked at
// from its front: pictures, films, sounds.
//
//     Samsung     … "SEFH" version, count, rows of 12 bytes (kind, distance back, size); size of that (4), "SEFT"
//     AFCP        "AXS!", entries (name, size, offset) …; "AXS!", start (4), reserved (4)
//     FotoStation  blocks: data, kind (2), size with these 10 bytes (4), A1 B2 C3 D4
//     PhotoMechanic  data, size (4), "cbipcbbl"
//     Canon VRD   "CANON OPTIONAL DATA\0", …, size (4) at 20 from its end, the same mark 64 bytes before it
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

constexpr int most_trailers = 64;

// The name of what begins there by its first bytes; "" where it is no picture, film or sound.
std::string_view media_name(std::string_view bytes) {
    if (bytes.size() > 12 && bytes.substr(4, 4) == "ftyp") return "film of a motion photo";
    if (bytes.starts_with("\xFF\xD8\xFF"sv) || bytes.starts_with("\x89PNG\r\n"sv) || bytes.starts_with("GIF8") ||
        (bytes.starts_with("RIFF") && part_of(bytes, 8, 4) == "WEBP") || bytes.starts_with("II*\0"sv) ||
        bytes.starts_with("MM\0*"sv)) {
        return "second picture";
    }
    if (bytes.starts_with("RIFF") || bytes.starts_with("ID3") || bytes.starts_with("#!AMR")) return "sound";
    return {};
}

class Trailer {
  public:
    Trailer(Mapper& mapper, std::uint64_t begin, std::uint64_t end) : mapper_(mapper), begin_(begin), end_(end) {}

    void walk() {
        for (int i = 0; i < most_trailers && begin_ < end_; ++i) {
            std::uint64_t const before = end_;
            peel();
            if (end_ == before) break;
        }
        for (int i = 0; i < most_trailers && begin_ < end_; ++i) {
            std::uint64_t const before = begin_;
            advance();
            if (begin_ == before) break;
        }
        if (begin_ < end_) mapper_.claim(begin_, end_ - begin_, Owner::unknown, "after the end");
    }

  private:
    std::string_view rest() const { return part_of(mapper_.file(), begin_, end_ - begin_); }

    // Takes `size` bytes off the end, where there are as many.
    bool take(std::uint64_t size, std::string const& name, What piece = What::other) {
        if (size == 0 || size > end_ - begin_) return false;
        end_ -= size;
        if (piece == What::other || piece == What::iptc) mapper_.keep(Owner::metadata, piece, name, end_, size);
        else mapper_.keep(Owner::hidden_picture, piece, name, end_, size);
        return true;
    }

    void peel() {
        std::string_view const all = rest();
        if (all.ends_with("SEFT") && peel_samsung(all)) return;
        if (all.ends_with("\0\0QDIOBS"sv) && take(all.size(), "Samsung trailer")) return;
        if (all.size() > 24 && all.substr(all.size() - 12, 3) == "AXS" && peel_afcp(all)) return;
        if (all.ends_with("\xA1\xB2\xC3\xD4"sv) && peel_foto_station(all)) return;
        if (all.ends_with("cbipcbbl") && take(big_endian(all, all.size() - 12, 4) + 12, "PhotoMechanic trailer"))
            return;
        constexpr std::string_view canon = "CANON OPTIONAL DATA\0"sv;
        if (all.size() >= 64 && all.substr(all.size() - 64).starts_with(canon) &&
            take(big_endian(all, all.size() - 44, 4) + 64 + 0x1C, "Canon VRD trailer")) {
            return;
        }
        // MIE: "~\0\x04\0zmie~\0\0\x06", size (4), order, 4.
        if (all.size() > 18 && all.substr(all.size() - 18).starts_with("~\0\4\0zmie~\0\0\6"sv) &&
            take(all.back() == '\4' && all[all.size() - 2] == '\x18' ? little_endian(all, all.size() - 6, 4)
                                                                     : big_endian(all, all.size() - 6, 4),
                 "MIE trailer")) {
            return;
        }
        if (all.ends_with("8db42d694ccc418790edff439fe026bf") &&
            take(little_endian(all, all.size() - 40, 4), "Insta360 trailer"))
            return;
        if (all.ends_with("\xFF\xFF\xFF\xFF\x1B*9HWfu\x84\x93\xA2\xB1"sv)) {
            std::size_t const at = std::min(all.find("vivo{"sv), all.find("streamdata"sv));
            if (at != std::string_view::npos && take(all.size() - at, "Vivo trailer")) return;
        }
        std::size_t const nikon = all.ends_with("/NIKON APP") ? all.find("\0\0\0\0\0\0"sv) : std::string_view::npos;
        if (nikon != std::string_view::npos) take(all.size() - nikon, "Nikon trailer");
    }

    // Each block: 2 bytes, kind (2), size of its name (4), name, data. Kind 0x0A30 is the film, 1 a
    // picture, 0x0100 sound.
    bool peel_samsung(std::string_view all) {
        std::uint64_t const directory_size = little_endian(all, all.size() - 8, 4);
        if (all.size() < 20 || directory_size > all.size() - 8 || directory_size < 12) return false;
        std::uint64_t const directory = all.size() - 8 - directory_size;
        if (all.substr(directory, 4) != "SEFH") return false;
        std::uint64_t const count =
            std::min<std::uint64_t>(little_endian(all, directory + 8, 4), (directory_size - 12) / 12);
        std::uint64_t first = directory;
        for (std::uint64_t i = 0; i < count; ++i) {
            std::uint64_t const row = directory + 12 + i * 12;
            std::uint64_t const kind = little_endian(all, row + 2, 2), back = little_endian(all, row + 4, 4),
                                size = little_endian(all, row + 8, 4);
            if (back > directory || size > back || size < 8) continue;
            std::uint64_t const at = directory - back, name_size = little_endian(all, at + 4, 4);
            first = std::min(first, at);
            if (name_size > size - 8) continue;
            std::string const name = "Samsung " + printable(all.substr(at + 8, name_size));
            std::uint64_t const data = at + 8 + name_size, bytes = size - 8 - name_size;
            bool const hidden = kind == 0x0A30 || !media_name(all.substr(data, bytes)).empty();
            mapper_.claim(begin_ + at, 8 + name_size, Owner::metadata, name);
            mapper_.keep(hidden ? Owner::hidden_picture : Owner::metadata, hidden ? What::picture : What::other, name,
                         begin_ + data, bytes);
        }
        mapper_.claim(begin_ + directory, directory_size + 8, Owner::metadata, "Samsung trailer");
        end_ = begin_ + first;
        return true;
    }

    bool peel_afcp(std::string_view all) {
        bool const little = all[all.size() - 9] == '*';
        auto const number = [&](std::uint64_t at, std::size_t size) {
            return little ? little_endian(all, at, size) : big_endian(all, at, size);
        };
        std::uint64_t const start = number(all.size() - 8, 4);
        if (start < begin_ || start - begin_ > all.size() - 24 || all.substr(start - begin_, 3) != "AXS") return false;
        std::uint64_t const front = start - begin_, count = number(front + 6, 2);
        for (std::uint64_t i = 0, row = front + 12; i < count && row + 12 <= all.size(); ++i, row += 12) {
            std::uint64_t const size = number(row + 4, 4), at = number(row + 8, 4);
            std::string const name = printable(all.substr(row, 4));
            if (at < begin_ || at - begin_ > all.size() || size > all.size() - (at - begin_)) continue;
            bool const picture = !media_name(all.substr(at - begin_, size)).empty();
            mapper_.keep(picture ? Owner::hidden_picture : Owner::metadata,
                         picture          ? What::picture
                         : name == "IPTC" ? What::iptc
                                          : What::other,
                         "AFCP " + name, at, size);
        }
        mapper_.claim(start, all.size() - front, Owner::metadata, "AFCP trailer");
        end_ = start;
        return true;
    }

    // Kinds: 1 IPTC, 2 settings, 3 thumbnail, 4 preview.
    bool peel_foto_station(std::string_view all) {
        std::uint64_t const kind = big_endian(all, all.size() - 10, 2), size = big_endian(all, all.size() - 8, 4);
        if (size < 10 || size > all.size()) return false;
        mapper_.claim(end_ - 10, 10, Owner::metadata, "FotoStation trailer");
        end_ -= 10;
        if (size == 10) return true;
        if (kind == 3 || kind == 4)
            return take(size - 10, kind == 3 ? "FotoStation thumbnail" : "FotoStation preview", What::picture);
        return take(size - 10, kind == 1 ? "FotoStation IPTC" : "FotoStation trailer",
                    kind == 1 ? What::iptc : What::other);
    }

    void advance() {
        std::string_view const all = rest();
        std::size_t zeros = std::min(all.find_first_not_of('\0'), all.size());
        // The first bytes of a box's size are zeros too.
        for (std::size_t back = 3; back > 0; --back) {
            if (zeros >= back && !media_name(all.substr(zeros - back)).empty()) {
                zeros -= back;
                break;
            }
        }
        if (zeros > 0) {
            mapper_.claim(begin_, zeros, Owner::structure, "zero padding");
            begin_ += zeros;
            return;
        }
        std::string_view const name = media_name(all);
        if (name.empty()) return advance_to_picture(all);
        std::uint64_t size = picture_size_at(mapper_.file(), begin_);
        if (size == 0 || size > all.size()) size = all.size();
        mapper_.keep(Owner::hidden_picture, What::picture, std::string(name), begin_, size);
        begin_ += size;
    }

    // Some put a short head in front of the second picture.
    void advance_to_picture(std::string_view all) {
        std::size_t at = std::min(all.find("\xFF\xD8\xFF"sv), all.find("\x89PNG\r\n\x1A\n"sv));
        std::size_t const film = all.find("ftyp"sv);
        if (film != std::string_view::npos && film >= 4 && film - 4 < at && big_endian(all, film - 4, 4) <= 256)
            at = film - 4;
        if (at == std::string_view::npos || (at != film - 4 && picture_size_at(mapper_.file(), begin_ + at) == 0))
            return;
        mapper_.claim(begin_, at, Owner::unknown, "after the end");
        begin_ += at;
    }

    Mapper& mapper_;
    std::uint64_t begin_, end_;
};

}  // namespace

void walk_trailer(Mapper& mapper, std::uint64_t begin, std::uint64_t end) {
    Trailer(mapper, begin, std::min(end, mapper.size())).walk();
}

namespace {

std::uint64_t jpeg_size_at(std::string_view file, std::uint64_t offset) {
    bool frame = false;
    for (std::uint64_t at = offset + 2; at + 1 < file.size();) {
        if (file[at] != '\xFF') {
            at = file.find('\xFF', at);  // the data of a scan
            if (at == std::string_view::npos) return 0;
            continue;
        }
        auto const marker = static_cast<unsigned>(big_endian(file, at + 1, 1));
        if (marker == 0xD9) return frame ? at + 2 - offset : 0;
        if (marker == 0xFF) ++at;
        else if (marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD8)) at += 2;
        else {
            frame = frame || marker == 0xDA;
            at += 2 + std::max<std::uint64_t>(big_endian(file, at + 2, 2), 2);
        }
    }
    return 0;
}

std::uint64_t png_size_at(std::string_view file, std::uint64_t offset) {
    for (std::uint64_t at = offset + 8; file.size() - at >= 12;) {
        std::uint64_t const size = big_endian(file, at, 4);
        if (size > file.size() - at - 12) return 0;
        if (file.substr(at + 4, 4) == "IEND") return at + 12 + size - offset;
        at += 12 + size;
        if (at > file.size()) return 0;
    }
    return 0;
}

}  // namespace

std::uint64_t picture_size_at(std::string_view file, std::uint64_t offset) {
    std::string_view const here = part_of(file, offset, 16);
    if (here.starts_with("\xFF\xD8\xFF"sv)) return jpeg_size_at(file, offset);
    if (here.starts_with("\x89PNG\r\n\x1A\n"sv)) return png_size_at(file, offset);
    if (here.starts_with("RIFF") && here.size() >= 12)
        return std::min<std::uint64_t>(little_endian(here, 4, 4) + 8, file.size() - offset);
    return 0;
}

}  // namespace keepmum
