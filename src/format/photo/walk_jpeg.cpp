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
#include <array>
#include <cstdlib>

#include "base/hash.h"
#include "format/photo/jpeg_scan.h"
#include "format/photo/jpeg_segments.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

constexpr std::uint64_t most_padding = 8;  // bytes between the last code and the next marker
constexpr std::uint64_t most_side = 65500;   // pixels that libjpeg takes
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
        bool const whole = ended_ && usual_ && mapper_.walk.troubles.empty();
        segments_.finish();
        note_tables();
        if (whole) see_from_afar();
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
        usual_ = usual_ && (marker >= 0xC0 || marker == 1);
        if (marker < 0xC0 && marker != 1) return own(2, Owner::unknown, "between the segments");
        if (marker == end_mark) {
            ended_ = true;
            return own(2, Owner::structure, "EOI");
        }
        usual_ = usual_ && (!stands_alone(marker) || at_ == 0);
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
        usual_ = usual_ && is_usual(marker, body);
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
            case 0xDB: read_steps(body); return own(size, Owner::structure, "DQT");
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
                                         std::clamp(sampling & 15, 1u, 4u), 0, 0, static_cast<unsigned char>(body[at + 2])});
        }
        tables_ += body.substr(5);
    }

    void read_codes(std::string_view body) {
        while (body.size() >= 17) {
            std::size_t values = 0;
            for (std::size_t i = 1; i <= 16; ++i) values += static_cast<unsigned char>(body[i]);
            auto const which = static_cast<unsigned char>(body[0]);
            usual_ = usual_ && (which & 0xEC) == 0 && values <= 256 && 17 + values <= body.size();
            (which >> 4 ? frame_.ac : frame_.dc)[which & 3] = body.substr(1, 16 + values);
            body.remove_prefix(std::min(body.size(), 17 + values));
        }
        usual_ = usual_ && body.empty();
    }

    // Tables of quantisation: precision and number (4 + 4 bits), 64 steps of 1 or 2 bytes; the first is that of the mean.
    void read_steps(std::string_view body) {
        tables_ += body;
        while (!body.empty()) {
            unsigned const bytes = static_cast<unsigned char>(body[0]) >> 4 ? 2 : 1, which = static_cast<unsigned char>(body[0]) & 15;
            usual_ = usual_ && which < steps_.size() && body.size() >= 1 + 64 * bytes;
            if (!usual_) return;
            steps_[which] = static_cast<unsigned>(big_endian(body, 1, bytes));
            body.remove_prefix(1 + 64 * bytes);
        }
    }

    // Whether libraries take such a segment without a word; what they do of rarer ones is for them to say.
    bool is_usual(unsigned marker, std::string_view body) const {
        using namespace std::string_view_literals;
        bool const first = frame_.form == 0;
        switch (marker) {
            case 0xE0: return !body.starts_with("JFIF\0"sv) || big_endian(body, 5, 1) == 1;
            case 0xEE: return !body.starts_with("Adobe") || big_endian(body, 11, 1) == 1;
            case 0xC0: case 0xC1: return first && is_usual_frame(body);
            case 0xC4: case 0xDB: return !counted_;
            case 0xDD: return !counted_ && body.size() == 2;
            case scan_mark: return !counted_ && is_usual_scan(body);
            default: return (marker >= 0xE1 && marker <= 0xEF) || marker == 0xFE;
        }
    }

    // Brightness alone, or with two colours of which it may have one sample for two or four of its own.
    static bool is_usual_frame(std::string_view body) {
        auto const byte = [&](std::size_t at) { return static_cast<unsigned>(big_endian(body, at, 1)); };
        unsigned const parts = byte(5), sampling = byte(7);
        if (byte(0) != 8 || (parts != 1 && parts != 3) || body.size() != 6 + 3 * parts) return false;
        std::uint64_t const height = big_endian(body, 1, 2), width = big_endian(body, 3, 2);
        if (width == 0 || height == 0 || check_size(width, height, most_pixels) || std::max(width, height) > most_side) return false;
        if (parts == 1) return sampling == 0x11;
        unsigned const a = byte(6), b = byte(9), c = byte(12);
        bool const named = a != 'R' && b != 'G' && c != 'B' && a != b && a != c && b != c;  // by letters where they are no such colours
        bool const known = sampling == 0x11 || sampling == 0x12 || sampling == 0x21 || sampling == 0x22;
        return named && known && byte(10) == 0x11 && byte(13) == 0x11;
    }

    // All components in their order, in one scan, all coefficients.
    bool is_usual_scan(std::string_view body) const {
        std::size_t const parts = frame_.components.size();
        if (parts == 0 || body.size() != 4 + 2 * parts || big_endian(body, 0, 1) != parts) return false;
        for (std::size_t i = 0; i < parts; ++i) {
            unsigned const table = frame_.components[i].table;
            if (big_endian(body, 1 + 2 * i, 1) != frame_.components[i].id || table >= steps_.size() || steps_[table] == 0) return false;
            if ((big_endian(body, 2 + 2 * i, 1) & 0xCC) != 0) return false;
        }
        return big_endian(body, 1 + 2 * parts, 3) == 63u << 8;  // from 0 to 63, no approximation
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
        std::optional<JpegScan> scan = count_jpeg_scan(frame_, body, part_of(file(), begin, end - begin));
        usual_ = usual_ && scan && scan->usual && scan->clean && scan->units == scan->declared;
        if (!scan || scan->units < scan->declared || frame_.height == 0) return;
        blocks_in_a_row_ = scan->blocks_in_a_row;
        means_ = std::move(scan->means);
        std::uint64_t const from = begin + scan->declared_end;
        // A progressive picture's other scans hold the rows too; the first one alone says so.
        if (scan->units - scan->declared >= scan->in_a_row) {
            mapper_.claim(from, end - from, Owner::hidden_picture, "rows below the declared height");
            lower_ = {from, end - from, scan->rows()};
        } else if (end - from > most_padding) {
            mapper_.claim(from, end - from, Owner::unknown, "behind the last row");
        }
    }

    // Of 8 × 8 pixels the mean is the first coefficient times its step, an eighth of that above the middle grey.
    void see_from_afar() {
        FarView& far = mapper_.walk.far;
        std::uint32_t const width = (frame_.width + 7) / 8, height = (frame_.height + 7) / 8;
        if (width == 0 || blocks_in_a_row_ < width || means_.size() < std::size_t{blocks_in_a_row_} * height) return;
        int const step = static_cast<int>(steps_[frame_.components.front().table]);
        far = {width, height, {}};
        far.grey.reserve(std::size_t{width} * height);
        for (std::size_t y = 0; y < height; ++y) {
            for (std::size_t x = 0; x < width; ++x) {
                int const mean = 128 + ((means_[y * blocks_in_a_row_ + x] * step + 4) >> 3);
                if (std::abs(mean) > 512) return void(far = {});  // no encoder made that, and decoders differ in what it is
                far.grey.push_back(static_cast<std::uint8_t>(std::clamp(mean, 0, 255)));
            }
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
    std::array<unsigned, 4> steps_{};  // the first of each table; 0: no such table yet
    std::uint32_t blocks_in_a_row_ = 0;
    std::vector<std::int16_t> means_;
    bool usual_ = true;  // so far nothing that a decoder might complain of
    std::uint64_t at_ = 0;
    bool ended_ = false, counted_ = false;
};

}  // namespace

void walk_jpeg(Mapper& mapper) {
    JpegWalk(mapper).walk();
}

}  // namespace keepmum
