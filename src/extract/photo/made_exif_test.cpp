// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/photo/made_exif_test.h"

namespace keepmum {

namespace {

// Appends a directory at the end of `out` and the values behind it; returns where it begins.
std::uint32_t append(std::string& out, std::vector<MadeRow> const& rows, std::uint32_t next) {
    auto const begin = static_cast<std::uint32_t>(out.size());
    std::string values, table = little_bytes(rows.size(), 2);
    std::size_t const behind = begin + 2 + rows.size() * 12 + 4;
    for (MadeRow const& row : rows) {
        table += little_bytes(row.tag, 2) + little_bytes(row.type, 2) + little_bytes(row.count, 4);
        std::string value = row.value;
        if (value.size() > 4) {
            table += little_bytes(behind + values.size(), 4);
            values += value;
            if (values.size() % 2) values += '\0';
        } else {
            value.resize(4);
            table += value;
        }
    }
    out += table + little_bytes(next, 4) + values;
    return begin;
}

}  // namespace

std::string make_exif(MadeExif const& exif) {
    std::string out = std::string("II*\0", 4) + little_bytes(0, 4);
    std::vector<MadeRow> image = exif.image;
    if (!exif.photo.empty()) image.push_back({0x8769, 4, 1, little_bytes(append(out, exif.photo, 0), 4)});
    if (!exif.gps.empty()) image.push_back({0x8825, 4, 1, little_bytes(append(out, exif.gps, 0), 4)});
    std::uint32_t second = 0;
    if (!exif.thumbnail.empty()) {
        auto const at = static_cast<std::uint32_t>(out.size());
        out += exif.thumbnail;
        if (out.size() % 2) out += '\0';
        second = append(out,
                        {number_row(0x0103, 6),
                         {0x0201, 4, 1, little_bytes(at, 4)},
                         {0x0202, 4, 1, little_bytes(exif.thumbnail.size(), 4)}},
                        0);
    }
    std::uint32_t const first = append(out, image, second);
    return out.replace(4, 4, little_bytes(first, 4));
}

std::string with_exif(std::string const& jpeg, std::string const& exif) {
    std::size_t const size = exif.size() + 8;
    std::string segment("\xFF\xE1");
    segment += static_cast<char>(size >> 8);
    segment += static_cast<char>(size);
    return jpeg.substr(0, 2) + segment + std::string("Exif\0\0", 6) + exif + jpeg.substr(2);
}

}  // namespace keepmum
