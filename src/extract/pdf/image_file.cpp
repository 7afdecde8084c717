// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/pdf/image_file.h"

#include <cstdint>

namespace keepmum::pdf {

namespace {

constexpr int most_side = 1 << 16;

bool is_fax(StreamNote const& stream) { return stream.filter == "CCITTFaxDecode" || stream.filter == "CCF"; }

bool has_sides(StreamNote const& stream) {
    return stream.width > 0 && stream.height > 0 && stream.width < most_side && stream.height < most_side;
}

void append(std::string& out, std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i));
}

// One strip of fax coding behind a directory (TIFF 6.0, sections 2, 10 and 11).
std::string fax_file(StreamNote const& stream, std::string_view data) {
    bool const group_4 = stream.fax_kind < 0;
    auto const width = static_cast<std::uint32_t>(stream.width), height = static_cast<std::uint32_t>(stream.height);
    struct Entry {
        std::uint16_t tag, type;
        std::uint32_t value;
    };
    constexpr std::uint32_t entries = 10, data_at = 8 + 2 + entries * 12 + 4;
    std::uint32_t const compression = group_4 ? 4 : 3, options = stream.fax_kind > 0 ? 1 : 0;
    Entry const all[entries] = {{256, 4, width},
                                {257, 4, height},
                                {258, 3, 1},
                                {259, 3, compression},
                                {262, 3, 0},
                                {273, 4, data_at},
                                {277, 3, 1},
                                {278, 4, height},
                                {279, 4, static_cast<std::uint32_t>(data.size())},
                                {static_cast<std::uint16_t>(group_4 ? 293 : 292), 4, options}};
    std::string out("II*\0\x08\0\0\0", 8);
    append(out, entries, 2);
    for (Entry const& entry : all) {
        append(out, entry.tag, 2);
        append(out, entry.type, 2);
        append(out, 1, 4);
        append(out, entry.value, 4);
    }
    append(out, 0, 4);
    return out.append(data);
}

// BITMAPFILEHEADER and BITMAPINFOHEADER; rows from below, each padded to four bytes; blue comes first.
std::string bitmap_file(StreamNote const& stream, std::string_view data) {
    auto const width = static_cast<std::size_t>(stream.width), height = static_cast<std::size_t>(stream.height);
    auto const components = static_cast<std::size_t>(stream.components);
    std::size_t const row = width * components, padded = (row + 3) / 4 * 4;
    std::uint32_t const shades = components == 1 ? 256 : 0, head = 14 + 40 + shades * 4;
    auto const pixels = static_cast<std::uint32_t>(padded * height);
    std::string out = "BM";
    for (std::uint32_t value :
         {head + pixels, 0U, head, 40U, static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)})
        append(out, value, 4);
    append(out, 1, 2);
    append(out, static_cast<std::uint32_t>(components * 8), 2);
    for (std::uint32_t value : {0U, pixels, 2835U, 2835U, shades, 0U}) append(out, value, 4);
    for (std::uint32_t shade = 0; shade < shades; ++shade) append(out, shade * 0x010101, 4);
    for (std::size_t y = height; y-- > 0;) {
        std::string_view const from = data.substr(y * row, row);
        if (components == 1) out += from;
        for (std::size_t x = 0; components == 3 && x < row; x += 3) out.append({from[x + 2], from[x + 1], from[x]});
        out.append(padded - row, '\0');
    }
    return out;
}

}  // namespace

bool holds_pixels(StreamNote const& stream) {
    bool const packed_as_picture = is_fax(stream) || stream.filter == "DCTDecode" || stream.filter == "DCT" ||
                                   stream.filter == "JPXDecode" || stream.filter == "JBIG2Decode";
    bool const known = (stream.bits == 8 && (stream.components == 1 || stream.components == 3)) ||
                       (stream.bits == 1 && stream.components == 1);
    return !packed_as_picture && known && has_sides(stream);
}

std::optional<ImageFile> make_image_file(StreamNote const& stream, std::string_view data) {
    if (!has_sides(stream)) return {};
    if (is_fax(stream)) {
        if (stream.filtered_before || data.size() > UINT32_MAX / 2) return {};
        return ImageFile{"image/tiff", fax_file(stream, data)};
    }
    if (!holds_pixels(stream)) return {};
    auto const width = static_cast<std::size_t>(stream.width), height = static_cast<std::size_t>(stream.height);
    std::size_t const row = stream.bits == 1 ? (width + 7) / 8 : width * static_cast<std::size_t>(stream.components);
    if (data.size() < row * height || row * height > UINT32_MAX / 2) return {};
    if (stream.bits == 8) return ImageFile{"image/bmp", bitmap_file(stream, data)};
    std::string out = "P4\n" + std::to_string(width) + " " + std::to_string(height) + "\n";
    // There 1 is black, here it is white.
    for (char byte : data.substr(0, row * height)) out += static_cast<char>(~byte);
    return ImageFile{"image/x-portable-anymap", std::move(out)};
}

}  // namespace keepmum::pdf
