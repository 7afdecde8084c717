// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/decode.h"

#include "format/photo/tiff.h"
#include "format/pixels/heif/still.h"
#include "format/pixels/pnm.h"

namespace keepmum {

std::optional<Trouble> check_size(std::uint64_t width, std::uint64_t height, std::uint64_t most) {
    if (width == 0 || height == 0) return Trouble{Cause::malformed, "a picture without pixels"};
    if (height > most / width) return Trouble{Cause::too_big, "more pixels than are decoded"};
    return {};
}

PictureFormat picture_format(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return {"image/jpeg", decode_jpeg};
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return {"image/png", decode_png};
    if (bytes.starts_with("GIF8"sv)) return {"image/gif", decode_gif};
    if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8).starts_with("WEBP"sv)) return {"image/webp", decode_webp};
    if (is_raw_photo(bytes)) return {"image/x-raw-photo", decode_raw};
    for (std::string_view mark : {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv}) {
        if (bytes.starts_with(mark)) return {"image/tiff", decode_tiff};
    }
    if (bytes.starts_with("BM"sv)) return {"image/bmp", decode_bmp};
    if (read_pnm_head(bytes)) return {"image/x-portable-anymap", decode_pnm};
    if (bytes.size() > 2 && bytes[0] == 'P' && bytes[1] >= '1' && bytes[1] <= '3'
        && (bytes[2] == '#' || (bytes[2] >= '\t' && bytes[2] <= ' ')))
        return {"image/x-portable-anymap", decode_plain_pnm};
    if (is_still(bytes)) return {"image/heif", decode_heif};
    return {};
}

}  // namespace keepmum
