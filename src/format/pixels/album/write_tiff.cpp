// TIFF by hand: for each page its strips, deflated, then its directory with what is needed to show it.
//
//   "II*\0" · offset of the first directory (4)
//   page: strips · values that do not fit an entry (bits a sample, offsets, sizes) · directory: count (2) ·
//         entries of 12 bytes, sorted · offset of the next directory (4)
// Everything starts at an even offset, as the standard asks.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include <zlib.h>

#include "format/pixels/album/write_album.h"

namespace keepmum {

namespace {

constexpr std::uint16_t short_type = 3, long_type = 4;
constexpr std::size_t strip_bytes = 1u << 20;

void append(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

void make_even(std::string& out) {
    if (out.size() % 2 != 0) out.push_back(0);
}

// Differences between neighbours, as "horizontal differencing" (predictor 2) has them; compresses far better.
void difference(Raster const& raster, std::uint8_t* row) {
    std::size_t const channels = raster.channels;
    if (raster.depth == 1) {
        for (std::size_t i = raster.row_size(); i-- > channels;) row[i] = static_cast<std::uint8_t>(row[i] - row[i - channels]);
        return;
    }
    for (std::size_t i = raster.row_size() / 2; i-- > channels;) {
        std::uint16_t here = 0, before = 0;
        std::memcpy(&here, row + 2 * i, 2);
        std::memcpy(&before, row + 2 * (i - channels), 2);
        here = static_cast<std::uint16_t>(here - before);
        row[2 * i] = static_cast<std::uint8_t>(here);
        row[2 * i + 1] = static_cast<std::uint8_t>(here >> 8);
    }
    // The first pixel, lower byte first as the rest.
    for (std::size_t i = 0; i < channels && i * 2 < raster.row_size(); ++i) {
        std::uint16_t here = 0;
        std::memcpy(&here, row + 2 * i, 2);
        row[2 * i] = static_cast<std::uint8_t>(here);
        row[2 * i + 1] = static_cast<std::uint8_t>(here >> 8);
    }
}

struct Values {
    std::uint16_t tag, type;
    std::vector<std::uint32_t> list;
};

// Values of an entry lie in it where they fit four bytes, else before the directory.
void append_directory(std::string& out, std::vector<Values> const& entries, std::size_t link) {
    std::vector<std::uint32_t> places;
    for (Values const& entry : entries) {
        std::size_t const size = entry.type == short_type ? 2 : 4;
        places.push_back(static_cast<std::uint32_t>(out.size()));
        if (entry.list.size() * size <= 4) continue;
        for (std::uint32_t value : entry.list) append(out, value, size);
        make_even(out);
    }
    for (std::size_t i = 0; i < 4; ++i) out[link + i] = static_cast<char>(out.size() >> (8 * i));
    append(out, entries.size(), 2);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        Values const& entry = entries[i];
        std::size_t const size = entry.type == short_type ? 2 : 4;
        append(out, entry.tag, 2);
        append(out, entry.type, 2);
        append(out, entry.list.size(), 4);
        if (entry.list.size() * size > 4) {
            append(out, places[i], 4);
            continue;
        }
        for (std::uint32_t value : entry.list) append(out, value, size);
        out.append(4 - entry.list.size() * size, '\0');
    }
}

bool append_strip(std::string& out, Raster const& raster, std::size_t from, std::size_t rows) {
    std::vector<std::uint8_t> plain(raster.row(from), raster.row(from) + rows * raster.row_size());
    for (std::size_t y = 0; y < rows; ++y) difference(raster, &plain[y * raster.row_size()]);
    uLongf size = compressBound(static_cast<uLong>(plain.size()));
    std::string packed(size, 0);
    if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, plain.data(), static_cast<uLong>(plain.size()), 6) != Z_OK) return false;
    out.append(packed, 0, size);
    return true;
}

// Returns where the offset of the next directory goes, or 0.
std::size_t append_page(std::string& out, Raster const& raster, std::size_t link) {
    auto const rows = static_cast<std::uint32_t>(std::clamp<std::size_t>(strip_bytes / raster.row_size(), 1, raster.height));
    std::vector<std::uint32_t> offsets, sizes;
    for (std::uint32_t y = 0; y < raster.height; y += rows) {
        make_even(out);
        offsets.push_back(static_cast<std::uint32_t>(out.size()));
        if (!append_strip(out, raster, y, std::min(rows, raster.height - y))) return 0;
        sizes.push_back(static_cast<std::uint32_t>(out.size() - offsets.back()));
    }
    make_even(out);
    std::uint32_t const colour = raster.channels >= 3 ? 2 : 1, depth = raster.depth * 8;
    std::vector<Values> entries = {{256, long_type, {raster.width}}, {257, long_type, {raster.height}},
                                   {258, short_type, std::vector<std::uint32_t>(raster.channels, depth)}, {259, short_type, {8}},
                                   {262, short_type, {colour}}, {273, long_type, offsets}, {277, short_type, {raster.channels}},
                                   {278, long_type, {rows}}, {279, long_type, sizes}, {284, short_type, {1}}, {317, short_type, {2}}};
    if (raster.has_alpha()) entries.push_back({338, short_type, {2}});
    append_directory(out, entries, link);
    append(out, 0, 4);
    return out.size() - 4;
}

}  // namespace

std::string write_tiff(Album const& album) {
    std::string out("II*\0\0\0\0\0", 8);
    std::size_t link = 4;
    for (Frame const& frame : album.frames) {
        link = append_page(out, simplest(frame.raster), link);
        if (link == 0 || out.size() > 0xF0000000u) return {};
    }
    return out;
}

}  // namespace keepmum
