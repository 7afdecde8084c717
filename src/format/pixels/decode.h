// Decoders: the bytes of a picture into rows of pixels, one library a format.
//
// Each checks width × height before it decodes, takes one picture of a file (TIFF: each page, and of animations what
// follows the first picture, up to limits), and says what went wrong; what was decoded before that stays.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string_view>

#include "format/pixels/canvas.h"

namespace keepmum {

std::optional<Trouble> decode_jpeg(std::string_view bytes, Canvas& canvas);  // ITU-T T.81
std::optional<Trouble> decode_png(std::string_view bytes, Canvas& canvas);   // PNG, W3C
std::optional<Trouble> decode_gif(std::string_view bytes, Canvas& canvas);   // GIF87a, GIF89a
std::optional<Trouble> decode_webp(std::string_view bytes, Canvas& canvas);  // RFC 9649
std::optional<Trouble> decode_tiff(std::string_view bytes, Canvas& canvas);  // TIFF 6.0
std::optional<Trouble> decode_bmp(std::string_view bytes, Canvas& canvas);   // BITMAPINFOHEADER and its successors
std::optional<Trouble> decode_heif(std::string_view bytes, Canvas& canvas);  // ISO 23008-12, AVIF
std::optional<Trouble> decode_raw(std::string_view bytes, Canvas& canvas);   // cameras' raw photos, developed
std::optional<Trouble> decode_pnm(std::string_view bytes, Canvas& canvas);   // raw Netpbm: P4, P5, P6
std::optional<Trouble> decode_plain_pnm(std::string_view bytes, Canvas& canvas);  // numbers as text: P1, P2, P3

// A format by its first bytes; decode is null where they belong to none of these.
struct PictureFormat {
    std::string_view media;
    std::optional<Trouble> (*decode)(std::string_view bytes, Canvas& canvas) = nullptr;
};
PictureFormat picture_format(std::string_view bytes);

}  // namespace keepmum
