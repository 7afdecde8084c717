// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/album/album.h"
#include "format/pixels/decode.h"
#include "format/pixels/heif/still.h"

namespace keepmum {

namespace {

using Read = std::optional<Trouble>(std::string_view, Album&);

Read* further_reader(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("8BPS"sv)) return read_psd;
    if (bytes.starts_with("\xFF\x0A"sv) || bytes.starts_with("\0\0\0\x0CJXL \r\n\x87\n"sv)) return read_jxl;
    if (is_still(bytes)) return read_heif;
    return nullptr;
}

}  // namespace

std::variant<Album, Trouble> read_album(std::string_view bytes) {
    struct Reader {
        std::string_view media;
        std::optional<Trouble> (*read)(std::string_view, Album&);
    };
    static constexpr Reader readers[] = {{"image/jpeg", read_jpeg}, {"image/png", read_png}, {"image/gif", read_gif},
        {"image/webp", read_webp},
                                         {"image/tiff", read_tiff}, {"image/bmp", read_bmp},
                                         {"image/x-raw-photo", read_raw}};
    std::string_view const media = picture_format(bytes).media;
    Album album;
    for (Reader const& reader : readers) {
        if (reader.media != media) continue;
        album.media = reader.media;
        if (std::optional<Trouble> trouble = reader.read(bytes, album)) return *trouble;
        return album;
    }
    if (Read* const read = further_reader(bytes)) {
        if (std::optional<Trouble> trouble = read(bytes, album)) return *trouble;
        return album;
    }
    bool const map = bytes.size() > 2 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '7';
    if (!map) return Trouble{Cause::unsupported, "not a kind of picture that can be written anew"};
    if (std::optional<Trouble> trouble = read_pnm(bytes, album)) return *trouble;
    return album;
}

std::uint32_t orientation_of(std::string_view exif) {
    if (exif.size() < 8) return 1;
    bool const little = exif.starts_with("II");
    auto const number = [&](std::size_t at, std::size_t size) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < size; ++i) value |= std::uint32_t{static_cast<unsigned char>(exif[at + (little ? i
            : size - 1 - i)])} << (8 * i);
        return value;
    };
    std::size_t const directory = number(4, 4);
    if ((!little && !exif.starts_with("MM")) || directory > exif.size() - 2) return 1;
    std::size_t const count = number(directory, 2);
    constexpr std::uint32_t orientation_tag = 0x112, short_type = 3;
    for (std::size_t at = directory + 2, i = 0; i < count && at + 12 <= exif.size(); ++i, at += 12) {
        if (number(at, 2) != orientation_tag) continue;
        std::uint32_t const value = number(at + 2, 2) == short_type ? number(at + 8, 2) : 1;
        return value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

}  // namespace keepmum
