// Where Exif stands (a TIFF structure each time):
//   JPEG  FF E1, size (2, big endian, with itself), "Exif\0\0", TIFF   among the segments before FF DA
//   PNG   size (4, big endian), "eXIf", TIFF, CRC (4)                  among the chunks
//   WebP  "EXIF", size (4, little endian), TIFF, or "Exif\0\0" before it   among the chunks of RIFF, each padded to 2
//   TIFF  itself
// and in TIFF: "II*\0" or "MM\0*", offset of the directory (4); there a count (2) and entries of 12: tag (2), type (2),
// count (4), value (4). Orientation is tag 274, type 3, count 1.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "format/pixels/orientation.h"

#include <cstddef>

namespace keepmum {

namespace {

using namespace std::string_view_literals;

enum class Order : std::uint8_t { little, big };

std::uint32_t number(std::string_view bytes, std::size_t at, std::size_t size, Order order) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        std::size_t const from = order == Order::big ? at + i : at + size - 1 - i;
        value = value << 8 | static_cast<unsigned char>(bytes[from]);
    }
    return value;
}

std::string_view without_mark(std::string_view exif) {
    return exif.starts_with("Exif\0\0"sv) ? exif.substr(6) : exif;
}

std::uint32_t of_jpeg(std::string_view bytes) {
    for (std::size_t at = 2; at + 4 <= bytes.size() && bytes[at] == '\xFF';) {
        auto const mark = static_cast<unsigned char>(bytes[at + 1]);
        if (mark == 0xFF) {  // padding
            ++at;
            continue;
        }
        if (mark == 0xDA || mark == 0xD9) break;
        std::size_t const size = number(bytes, at + 2, 2, Order::big);
        if (size < 2 || size > bytes.size() - at - 2) break;
        std::string_view const segment = bytes.substr(at + 4, size - 2);
        if (mark == 0xE1 && segment.starts_with("Exif\0\0"sv)) return orientation_of(segment.substr(6));
        at += 2 + size;
    }
    return 1;
}

std::uint32_t of_chunks(std::string_view bytes, std::size_t at, Order order) {
    bool const png = order == Order::big;
    while (at + 8 <= bytes.size()) {
        std::size_t const size = number(bytes, png ? at : at + 4, 4, order);
        std::string_view const name = bytes.substr(png ? at + 4 : at, 4);
        if (size > bytes.size() - at - 8) break;
        if (name == (png ? "eXIf"sv : "EXIF"sv)) return orientation_of(without_mark(bytes.substr(at + 8, size)));
        at += 8 + size + (png ? 4 : size % 2);
    }
    return 1;
}

}  // namespace

std::uint32_t orientation_of(std::string_view tiff) {
    bool const little = tiff.starts_with("II*\0"sv);
    if ((!little && !tiff.starts_with("MM\0*"sv)) || tiff.size() < 8) return 1;
    Order const order = little ? Order::little : Order::big;
    std::size_t const directory = number(tiff, 4, 4, order);
    if (directory > tiff.size() - 2) return 1;
    std::size_t const count = number(tiff, directory, 2, order);
    for (std::size_t i = 0; i < count; ++i) {
        std::size_t const entry = directory + 2 + i * 12;
        if (entry + 12 > tiff.size()) return 1;
        if (number(tiff, entry, 2, order) != 274) continue;
        std::uint32_t const value = number(tiff, entry + 8, 2, order);
        bool const plain = number(tiff, entry + 2, 2, order) == 3 && number(tiff, entry + 4, 4, order) == 1;
        return plain && value >= 1 && value <= 8 ? value : 1;
    }
    return 1;
}

std::uint32_t picture_orientation(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"sv)) return of_jpeg(bytes);
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv)) return of_chunks(bytes, 8, Order::big);
    if (bytes.starts_with("RIFF"sv) && bytes.size() >= 12 && bytes.substr(8, 4) == "WEBP"sv)
        return of_chunks(bytes, 12, Order::little);
    return orientation_of(bytes);
}

}  // namespace keepmum
