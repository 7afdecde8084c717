// Exif that the tests make themselves.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keepmum {

// A row of a directory: its value as bytes, little-endian.
struct MadeRow {
    std::uint16_t tag = 0, type = 0;
    std::uint32_t count = 0;
    std::string value;
};

inline std::string little_bytes(std::uint64_t value, std::size_t size) {
    std::string out;
    for (std::size_t i = 0; i < size; ++i) out += static_cast<char>(value >> (8 * i));
    return out;
}
inline MadeRow text_row(std::uint16_t tag, std::string text) {
    text += '\0';
    auto const count = static_cast<std::uint32_t>(text.size());
    return {tag, 2, count, std::move(text)};
}
inline MadeRow number_row(std::uint16_t tag, std::uint16_t value) {
    return {tag, 3, 1, little_bytes(value, 2)};
}
inline MadeRow ratio_row(std::uint16_t tag, std::vector<std::uint32_t> parts) {
    std::string value;
    for (std::uint32_t const part : parts) value += little_bytes(part, 4);
    return {tag, 5, static_cast<std::uint32_t>(parts.size() / 2), value};
}

// A TIFF structure (little-endian) with these directories; a thumbnail goes to the second one.
struct MadeExif {
    std::vector<MadeRow> image, photo, gps;
    std::string thumbnail;
};
std::string make_exif(MadeExif const& exif);

// `jpeg` with that structure as its APP1, right behind SOI.
std::string with_exif(std::string const& jpeg, std::string const& exif);

}  // namespace keepmum
