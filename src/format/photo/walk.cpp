// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "format/drawing/svg.h"
#include "format/photo/walkers.h"

namespace keepmum {

namespace {

using namespace std::string_view_literals;

bool is_pnm(std::string_view bytes) {
    if (bytes.size() < 3 || bytes[0] != 'P') return false;
    bool const form = (bytes[1] >= '1' && bytes[1] <= '7') || bytes[1] == 'F' || bytes[1] == 'f';
    return form && (bytes[2] == '\n' || bytes[2] == ' ' || bytes[2] == '\r' || bytes[2] == '\t' || bytes[2] == '#');
}

bool is_bmp(std::string_view bytes) {
    if (bytes.size() < 26 || !bytes.starts_with("BM")) return false;
    std::uint64_t const header = little_endian(bytes, 14, 4);
    return header >= 12 && header <= 1024;
}

// The head of a frame of layer III (ISO 11172-3).
bool is_mp3(std::string_view bytes) {
    return bytes.size() > 4 && bytes[0] == '\xFF' && (bytes[1] & 0xE6) == 0xE2 && (bytes[2] & 0xF0) != 0xF0 &&
           (bytes[2] & 0xF0) != 0;
}
std::string_view behind_id3(std::string_view bytes) {
    std::uint64_t size = 10;
    for (std::size_t i = 6; i < 10; ++i) size += (big_endian(bytes, i, 1) & 0x7F) << 7 * (9 - i);
    return part_of(bytes, size, 4);
}

using Walker = void (*)(Mapper&);

Walker walker_of(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return walk_jpeg;
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return walk_png;
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return walk_gif;
    if ((bytes.starts_with("RIFF") || bytes.starts_with("RF64")) && bytes.size() >= 12) {
        std::string_view const form = bytes.substr(8, 4);
        if (form == "WEBP" || form == "WAVE" || form == "AVI ") return walk_riff;
    }
    if (is_bmp(bytes)) return walk_bmp;
    if (is_tiff(bytes)) return walk_tiff;
    if (bytes.starts_with("\xFF\x0A") || bytes.starts_with("\0\0\0\x0CJXL \r\n\x87\n"sv)) return walk_jxl;
    if (is_bmff(bytes)) return walk_bmff;
    if (bytes.starts_with("8BPS")) return walk_psd;
    if (bytes.starts_with("FUJIFILMCCD-RAW")) return walk_raf;
    if (bytes.starts_with("\x1A\x45\xDF\xA3")) return walk_matroska;
    if (bytes.starts_with("fLaC")) return walk_flac;
    if (bytes.starts_with("ID3")) return behind_id3(bytes) == "fLaC" ? walk_flac : walk_mp3;
    if (is_mp3(bytes)) return walk_mp3;
    if (is_svg(bytes)) return walk_svg;
    if (is_pnm(bytes)) return walk_pnm;
    return nullptr;
}

}  // namespace

Walk walk_picture(std::string_view bytes, std::uint64_t most_unpacked) {
    Mapper mapper(bytes, most_unpacked);
    if (Walker const walker = walker_of(bytes)) {
        walker(mapper);
        return mapper.finish();
    }
    // Nothing that is walked here: one stretch that nobody owns, and no copy of it.
    if (!bytes.empty()) mapper.walk.map.push_back({0, bytes.size(), Owner::unknown, "no known format"});
    return std::move(mapper.walk);
}

}  // namespace keepmum
