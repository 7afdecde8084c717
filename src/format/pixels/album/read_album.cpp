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

}  // namespace keepmum
