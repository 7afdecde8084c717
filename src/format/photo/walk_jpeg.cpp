// JPEG (ITU-T T.81):
//
//     FF D8                          begin
//     FF marker, length (2), body    segments: tables, frame header, application data, comments
//     FF DA, length (2), body        scan header, then entropy-coded data: FF is followed by 00 or a restart marker there
//     FF D9                          end
//
// Between segments only FF may stand, as fill. What follows the end is no part of the picture: 9 % of
// the photos of cameras and phones have something there.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "base/hash.h"
#include "format/photo/jpeg_scan.h"
#include "format/photo/jpeg_segments.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

constexpr std::uint64_t most_padding = 8;  // bytes between the last code and the next marker
constexpr unsigned begin_mark = 0xD8, end_mark = 0xD9, scan_mark = 0xDA;

bool is_frame(unsigned marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}
bool is_restart(unsigned marker) {
    return marker >= 0xD0 && marker <= 0xD7;
}
bool stands_alone(unsigned marker) {
    return is_restart(marker) || marker == begin_mark || marker == 0x01;
}

// Where the entropy-coded data from `at` on ends: at the next marker that is no restart, or the end of the file.
std::uint64_t scan_end(std::string_view file, std::uint64_t at) {
    while (true) {
        at = file.find('\xFF', at);
        if (at == std::string_view::npos || at + 1 >= file.size()) return file.size();
        auto const next = static_cast<unsigned char>(file[at + 1]);
        if (next == 0xFF) ++at;
        else if (next == 0 || is_restart(next)) at += 2;
        else return at;
    }
}

class JpegWalk {
  public:
    explicit JpegWalk(Mapper& mapper) : mapper_(mapper), segments_(mapper) {}

    void walk() {
        while (at_ < mapper_.size() && !ended_) step();
        if (!ended_) mapper_.trouble(Cause::malformed, "the picture is cut short: it has no end mark");
        segments_.finish();
        note_tables();
        std::uint64_t const end = at_;
        std::uint64_t behind = end;
        std::vector<JpegSegments::Other> others = segments_.others();
        std::sort(others.begin(), others.end(),
                  [](auto const& left, auto const& right) { return left.offset < right.offset; });
        for (JpegSegments::Other const& other : others) {
            if (other.offset < behind || other.offset >= mapper_.size() || other.size == 0) continue;
            std::string const name = "MPF picture " + std::to_string(other.number);
            walk_trailer(mapper_, behind, other.offset);
            mapper_.keep(Owner::hidden_picture, Piece::What::picture, name, other.offset, other.size);
            behind = other.offset + std::min(other.size, mapper_.size() - other.offset);
        }
        walk_trailer(mapper_, behind, mapper_.size());
    }

  private:
    std::string_view file() const { return mapper_.file(); }
    unsigned byte(std::uint64_t at) const { return static_cast<unsigned>(big_endian(file(), at, 1)); }

    void step() {
        if (byte(at_) != 0xFF) {
            // Bytes between segments: nobody's. On to what looks like a marker again.
            do at_ = std::min<std::uint64_t>(file().find('\xFF', at_ + 1), mapper_.size());
            while (at_ < mapper_.size() && byte(at_ + 1) < 0xC0);
            mapper_.trouble(Cause::malformed, "bytes between its segments");
            return;
        }
        unsigned const marker = byte(at_ + 1);
        if (marker == 0xFF) return own(1, Owner::structure, "fill bytes");
        if (at_ + 1 >= mapper_.size()) return own(1, Owner::unknown, "cut short");
        if (marker < 0xC0 && marker != 1) return own(2, Owner::unknown, "between the segments");
        if (marker == end_mark) {
            ended_ = true;
            return own(2, Owner::structure, "EOI");
        }
        if (stands_alone(marker)) return own(2, Owner::structure, marker == begin_mark ? "SOI" : "RST");
        std::uint64_t const length = big_endian(file(), at_ + 2, 2), left = mapper_.size() - at_;
        if (length < 2 || length + 2 > left) {
            mapper_.trouble(Cause::malformed, "a segment is cut short");
            return own(length < 2 ? 4 : left, Owner::unknown, "cut short");
        }
        take(marker, length + 2);
    }

    void own(std::uint64_t size, Owner owner, char const* what) {
        mapper_.claim(at_, size, owner, what);
        at_ += std::min(size, mapper_.size() - at_);
    }

    void take(unsigned marker, std::uint64_t size) {
        std::string_view const body = part_of(file(), at_ + 4, size - 4);
        if ((marker >= 0xE0 && marker <= 0xEF) || marker == 0xFE) {
            segments_.take(marker, at_, size);
            at_ += size;
            return;
        }
        if (is_frame(marker)) {
            read_frame(marker, body);
            return own(size, Owner::structure, "SOF");
        }
        switch (marker) {
            case 0xC4: read_codes(body); return own(size, Owner::structure, "DHT");
            case 0xDB: tables_ += body; return own(size, Owner::structure, "DQT");
            case 0xDD:
                frame_.restart = static_cast<std::uint32_t>(big_endian(body, 0, 2));
                return own(size, Owner::structure, "DRI");
            case 0xCC: return own(size, Owner::structure, "DAC");
            case 0xDC: return own(size, Owner::structure, "DNL");
            case scan_mark: return take_scan(size, body);
            default: return own(size, Owner::unknown, "segment of no known kind");
        }
    }

    // Precision, height (2), width (2), components, then for each: id, sampling factors (4 + 4 bits), table.
    void read_frame(unsigned marker, std::string_view body) {
        if (body.size() < 6 || frame_.form != 0) return;
        frame_.form = marker;
        frame_.height = static_cast<std::uint32_t>(big_endian(body, 1, 2));
        frame_.width = static_cast<std::uint32_t>(big_endian(body, 3, 2));
        frame_.height_at = at_ + 5;
        for (std::size_t at = 6;
             at + 3 <= body.size() && frame_.components.size() < static_cast<unsigned char>(body[5]); at += 3) {
            unsigned const sampling = static_cast<unsigned char>(body[at + 1]);
            frame_.components.push_back({static_cast<unsigned char>(body[at]), std::clamp(sampling >> 4, 1u, 4u),
                                         std::clamp(sampling & 15, 1u, 4u), 0, 0});
        }
        tables_ += body.substr(5);
    }

    void read_codes(std::string_view body) {
        while (body.size() >= 17) {
            std::size_t values = 0;
            for (std::size_t i = 1; i <= 16; ++i) values += static_cast<unsigned char>(body[i]);
            auto const which = static_cast<unsigned char>(body[0]);
            (which >> 4 ? frame_.ac : frame_.dc)[which & 3] = body.substr(1, 16 + values);
            body.remove_prefix(std::min(body.size(), 17 + values));
        }
    }

    void take_scan(std::uint64_t size, std::string_view body) {
        own(size, Owner::structure, "SOS");
        std::uint64_t const begin = at_, end = scan_end(file(), at_);
        // The height may follow the first scan (DNL).
        if (frame_.height == 0 && byte(end) == 0xFF && byte(end + 1) == 0xDC) {
            frame_.height = static_cast<std::uint32_t>(big_endian(file(), end + 4, 2));
            frame_.height_at = end + 4;
        }
        if (!counted_) count_rows(body, begin, end);
        mapper_.claim(begin, end - begin, Owner::picture, "scan");
        at_ = end;
    }

    // Rows below the declared height, and what stands behind the last row.
    void count_rows(std::string_view body, std::uint64_t begin, std::uint64_t end) {
        counted_ = true;
        std::optional<JpegScan> const scan = count_jpeg_scan(frame_, body, part_of(file(), begin, end - begin));
        if (!scan || scan->units < scan->declared || frame_.height == 0) return;
        std::uint64_t const from = begin + scan->declared_end;
        // A progressive picture's other scans hold the rows too; the first one alone says so.
        if (scan->units - scan->declared >= scan->in_a_row) {
            mapper_.claim(from, end - from, Owner::hidden_picture, "rows below the declared height");
            lower_ = {from, end - from, scan->rows()};
        } else if (end - from > most_padding) {
            mapper_.claim(from, end - from, Owner::unknown, "behind the last row");
        }
    }

    void note_tables() {
        mapper_.walk.media = "image/jpeg";
        mapper_.walk.width = frame_.width;
        mapper_.walk.height = frame_.height;
        mapper_.walk.pictures = frame_.form != 0;
        if (!tables_.empty()) mapper_.walk.tables = sha256_hex(tables_).substr(0, 16);
        if (lower_.rows == 0) return;
        std::string whole(file().substr(0, at_));
        whole[frame_.height_at] = static_cast<char>(lower_.rows >> 8);
        whole[frame_.height_at + 1] = static_cast<char>(lower_.rows & 0xFF);
        mapper_.made_piece(Piece::What::picture, "rows below the declared height", lower_.offset, lower_.size,
                           std::move(whole));
    }

    struct Lower {
        std::uint64_t offset = 0, size = 0;
        std::uint32_t rows = 0;
    };

    Mapper& mapper_;
    JpegSegments segments_;
    JpegFrame frame_;
    Lower lower_;
    std::string tables_;
    std::uint64_t at_ = 0;
    bool ended_ = false, counted_ = false;
};

}  // namespace

void walk_jpeg(Mapper& mapper) {
    JpegWalk(mapper).walk();
}

}  // namespace keepmum
