// MP3 and FLAC.
//
//     MP3    "ID3", version (2), flags, size (4 × 7 bits), frames of tags; MPEG frames (ISO 11172-3), each of
//            which tells its length; APE tag ("APETAGEX" … a footer of 32 bytes); ID3v1: the last 128 bytes, "TAG"
//     FLAC   "fLaC"; blocks: last? (1 bit), kind (7), size (3); frames, each with a CRC-8 behind its header and a
//            CRC-16 at its end (RFC 9639)
//
// Sound frames are all that is played. What stands between or behind them and is no tag is unknown.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;
using What = Piece::What;

std::uint64_t seven_bits(std::string_view bytes, std::uint64_t at) {
    std::uint64_t value = 0;
    for (std::uint64_t i = 0; i < 4; ++i) value = value << 7 | (big_endian(bytes, at + i, 1) & 0x7F);
    return value;
}

// A picture in an ID3 frame: charset, media type, 0, kind, description, 0 (two in UTF-16), data.
void find_cover(Mapper& mapper, std::string_view tag, std::uint64_t offset) {
    for (std::string_view const mark : {"\xFF\xD8\xFF"sv, "\x89PNG\r\n\x1A\n"sv, "GIF8"sv}) {
        std::size_t const frame = std::min(tag.find("APIC"sv), tag.find("PIC"sv));
        std::size_t const at = frame == std::string_view::npos ? frame : tag.find(mark, frame);
        if (at == std::string_view::npos) continue;
        std::uint64_t size = picture_size_at(mapper.file(), offset + at);
        if (size == 0 || size > tag.size() - at) size = tag.size() - at;
        mapper.keep(Owner::hidden_picture, What::picture, "cover", offset + at, size);
    }
}

// Tags at the front and at the end of sound files of any kind; what is left between them is `begin` to `end`.
struct Between {
    std::uint64_t begin = 0, end = 0;
};

Between claim_tags(Mapper& mapper) {
    std::string_view const file = mapper.file();
    Between left{0, file.size()};
    while (part_of(file, left.begin, 3) == "ID3" && left.end - left.begin >= 10) {
        bool const footer = (big_endian(file, left.begin + 5, 1) & 0x10) != 0;
        std::uint64_t const size =
            std::min(seven_bits(file, left.begin + 6) + 10 + (footer ? 10 : 0), left.end - left.begin);
        find_cover(mapper, file.substr(left.begin, size), left.begin);
        mapper.keep(Owner::metadata, What::other, "ID3v2", left.begin, size);
        left.begin += size;
    }
    if (left.end - left.begin >= 128 && file.substr(left.end - 128, 3) == "TAG") {
        left.end -= 128;
        mapper.keep(Owner::metadata, What::other, "ID3v1", left.end, 128);
    }
    if (left.end - left.begin >= 32 && file.substr(left.end - 32, 8) == "APETAGEX") {
        bool const header = (little_endian(file, left.end - 12, 4) & 0x80000000u) != 0;
        std::uint64_t const size = little_endian(file, left.end - 20, 4) + (header ? 32 : 0);
        if (size >= 32 && size <= left.end - left.begin) {
            left.end -= size;
            mapper.keep(Owner::metadata, What::other, "APE tag", left.end, size);
        }
    }
    if (left.end - left.begin >= 15 && file.substr(left.end - 9, 9) == "LYRICS200") {
        std::uint64_t const size = 15 + std::strtoull(std::string(file.substr(left.end - 15, 6)).c_str(), nullptr, 10);
        if (size <= left.end - left.begin) {
            left.end -= size;
            mapper.keep(Owner::metadata, What::other, "Lyrics3", left.end, size);
        }
    }
    return left;
}

}  // namespace

std::uint64_t mpeg_frame_size(std::uint32_t header) {
    unsigned const version = header >> 19 & 3, layer = header >> 17 & 3, rate = header >> 12 & 15,
                   frequency = header >> 10 & 3;
    if (header >> 21 != 0x7FF || version == 1 || layer == 0 || rate == 0 || rate == 15 || frequency == 3) return 0;
    constexpr std::array<std::array<std::uint16_t, 15>, 5> rates = {
        {{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
         {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
         {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320},
         {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
         {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}}};
    constexpr std::array<std::uint32_t, 3> frequencies = {44100, 48000, 32000};
    bool const first = version == 3;
    std::uint64_t const bits = 1000ull * rates[first ? 3 - layer : layer == 3 ? 3 : 4][rate];
    std::uint64_t const samples = frequencies[frequency] >> (first          ? 0
                                                             : version == 2 ? 1
                                                                            : 2),
                        padding = header >> 9 & 1;
    if (layer == 3) return (12 * bits / samples + padding) * 4;
    return (layer == 1 && !first ? 72 : 144) * bits / samples + padding;
}

void walk_mp3(Mapper& mapper) {
    std::string_view const file = mapper.file();
    mapper.walk.media = "audio/mpeg";
    Between const sound = claim_tags(mapper);
    std::uint64_t at = sound.begin, frames = 0;
    while (sound.end - at >= 4) {
        std::uint64_t size = mpeg_frame_size(static_cast<std::uint32_t>(big_endian(file, at, 4)));
        if (size == 0) {
            // Not here: unknown, up to two frames in a row.
            std::uint64_t const next = file.find('\xFF', at + 1);
            at = next == std::string_view::npos ? sound.end : std::min<std::uint64_t>(next, sound.end);
            while (at < sound.end) {
                std::uint64_t const first = mpeg_frame_size(static_cast<std::uint32_t>(big_endian(file, at, 4)));
                if (first != 0 && mpeg_frame_size(static_cast<std::uint32_t>(big_endian(file, at + first, 4))) != 0) break;
                at = std::min<std::uint64_t>(file.find('\xFF', at + 1), sound.end);
            }
            continue;
        }
        size = std::min(size, sound.end - at);
        mapper.claim(at, size, Owner::picture, "sound");
        at += size;
        ++frames;
    }
    mapper.walk.pictures = frames > 0;
    if (frames == 0) mapper.trouble(Cause::malformed, "no sound in it");
}

namespace {

std::uint8_t crc8(std::string_view bytes) {
    unsigned value = 0;
    for (char const byte : bytes) {
        value ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) value = value & 0x80 ? value << 1 ^ 0x107 : value << 1;
    }
    return static_cast<std::uint8_t>(value);
}

}  // namespace

std::uint64_t flac_header_size(std::string_view file, std::uint64_t at) {
    std::uint64_t const head = big_endian(file, at, 4);
    unsigned const block = head >> 12 & 15, rate = head >> 8 & 15;
    if (head >> 18 != 0x3FFE || block == 0 || rate == 15 || (head & 1) != 0 || (head >> 4 & 15) > 10) return 0;
    std::uint64_t const first = big_endian(file, at + 4, 1);
    std::uint64_t size = 4 + (first < 0x80   ? 1
                              : first < 0xE0 ? 2
                              : first < 0xF0 ? 3
                              : first < 0xF8 ? 4
                              : first < 0xFC ? 5
                              : first < 0xFE ? 6
                                             : 7);
    size += block == 6 ? 1 : block == 7 ? 2 : 0;
    size += rate == 12 ? 1 : rate == 13 || rate == 14 ? 2 : 0;
    if (file.size() - at <= size) return 0;
    return crc8(file.substr(at, size)) == static_cast<unsigned char>(file[at + size]) ? size + 1 : 0;
}

namespace {

// The end of the last frame between `begin` and `end`: from the last header that is one, where the
// frame's CRC-16 comes out.
std::uint64_t flac_sound_end(std::string_view file, std::uint64_t begin, std::uint64_t end) {
    constexpr int most_tries = 16;
    std::uint64_t at = end;
    for (int i = 0; i < most_tries && at > begin; ++i) {
        do at = file.rfind('\xFF', at - 1);
        while (at != std::string_view::npos && at > begin && flac_header_size(file, at) == 0);
        if (at == std::string_view::npos || at < begin) return end;
        if (flac_header_size(file, at) == 0) continue;
        unsigned crc = 0;
        for (std::uint64_t k = at; k < end; ++k) {
            crc ^= static_cast<unsigned>(static_cast<unsigned char>(file[k])) << 8;
            for (int bit = 0; bit < 8; ++bit) crc = (crc & 0x8000 ? crc << 1 ^ 0x18005 : crc << 1) & 0xFFFF;
            if (crc == 0 && k - at > 8) return k + 1;
        }
    }
    return end;
}

class FlacBlocks {
  public:
    explicit FlacBlocks(Mapper& mapper) : mapper_(mapper) {}

    // The offset behind the last block.
    std::uint64_t walk(std::uint64_t at) {
        mapper_.claim(at, 4, Owner::structure, "mark");
        at += 4;
        for (bool last = false; !last && at + 4 <= mapper_.size();) {
            std::uint64_t const head = big_endian(mapper_.file(), at, 1);
            std::uint64_t const size = std::min(big_endian(mapper_.file(), at + 1, 3), mapper_.size() - at - 4);
            if (size < big_endian(mapper_.file(), at + 1, 3)) mapper_.trouble(Cause::malformed, "a block is cut short");
            last = (head & 0x80) != 0;
            take(head & 0x7F, at, size);
            at += 4 + size;
        }
        return at;
    }

  private:
    void take(std::uint64_t kind, std::uint64_t at, std::uint64_t size) {
        constexpr std::array<std::string_view, 7> names = {"STREAMINFO",     "PADDING",  "APPLICATION", "SEEKTABLE",
                                                           "VORBIS_COMMENT", "CUESHEET", "PICTURE"};
        bool const structure = kind == 0 || kind == 1 || kind == 3;
        std::string const name = kind < names.size() ? std::string(names[kind]) : "block of no known kind";
        mapper_.claim(at, 4, structure ? Owner::structure : Owner::metadata, name);
        if (kind == 4) take_comments(at + 4, size);
        if (kind == 6) take_picture(at + 4, size);
        if (kind == 2 || kind == 5) mapper_.piece(What::other, name, at + 4, size);
        if (kind == 1 || kind >= names.size())
            mapper_.claim(at + 4, size, Owner::unknown, kind == 1 ? "left in PADDING" : name);
        else mapper_.claim(at + 4, size, structure ? Owner::structure : Owner::metadata, name);
    }

    // Maker: length (4, little-endian), text; count; as often "NAME=value".
    void take_comments(std::uint64_t at, std::uint64_t size) {
        std::uint64_t const end = at + size;
        auto const text = [&]() {
            std::uint64_t const length = std::min(little_endian(mapper_.file(), at, 4), end - std::min(end, at + 4));
            std::string_view const value = part_of(mapper_.file(), at + 4, length);
            at += 4 + length;
            return value;
        };
        std::uint64_t const from = at;
        std::string_view const maker = text();
        mapper_.made_piece(What::text, "vendor", from, maker.size(), to_utf8(maker));
        std::uint64_t const count = little_endian(mapper_.file(), at, 4);
        at += 4;
        for (std::uint64_t i = 0; i < count && at + 4 <= end; ++i) {
            std::uint64_t const here = at;
            std::string_view const entry = text();
            std::size_t const equals = std::min(entry.find('='), entry.size());
            mapper_.made_piece(What::text, equals == 0 ? "comment" : printable(entry.substr(0, equals)), here,
                               entry.size(), to_utf8(part_of(entry, equals + 1)));
        }
    }

    // Kind (4), media type and description (length (4) and text each), sizes (16), length (4), data.
    void take_picture(std::uint64_t at, std::uint64_t size) {
        std::uint64_t const end = at + size;
        std::uint64_t data = at + 4;
        for (int i = 0; i < 2; ++i) data += 4 + big_endian(mapper_.file(), data, 4);
        data += 20;
        if (data < end) mapper_.keep(Owner::hidden_picture, What::picture, "cover", data, end - data);
    }

    Mapper& mapper_;
};

}  // namespace

void walk_flac(Mapper& mapper) {
    mapper.walk.media = "audio/flac";
    Between const inside = claim_tags(mapper);
    std::uint64_t const begin = FlacBlocks(mapper).walk(inside.begin);
    if (begin >= inside.end) return mapper.trouble(Cause::malformed, "no sound in it");
    std::uint64_t const end = flac_sound_end(mapper.file(), begin, inside.end);
    mapper.claim(begin, end - begin, Owner::picture, "sound");
    mapper.walk.pictures = 1;
    walk_trailer(mapper, end, inside.end);
}

}  // namespace keepmum
