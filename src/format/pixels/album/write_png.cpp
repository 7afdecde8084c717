// PNG by hand over zlib: IHDR, PLTE and tRNS where a palette serves, one IDAT, IEND.
//
// Rows are filtered by the least sum of differences, as the standard proposes; one level of compression for all.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <map>

#include <zlib.h>

#include "format/pixels/album/write_album.h"

namespace keepmum {

namespace {

void append_number(std::string& out, std::uint32_t value, int size = 4) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

void append_chunk(std::string& out, std::string_view type, std::string_view data) {
    append_number(out, static_cast<std::uint32_t>(data.size()));
    std::size_t const from = out.size();
    out.append(type).append(data);
    append_number(out, static_cast<std::uint32_t>(crc32(0, reinterpret_cast<Bytef const*>(out.data() + from),
        static_cast<uInt>(out.size() - from))));
}

// Rows as they are filtered and packed: the stride is what the filters look back by.
struct Lines {
    std::uint32_t width = 0, height = 0;
    std::size_t size = 0, stride = 1;
    std::uint8_t colour_type = 0, bits = 8;
    bool filtered = true;
    std::string palette, transparency;
    std::vector<std::uint8_t> bytes;
};

std::uint8_t paeth(int a, int b, int c) {
    int const p = a + b - c, pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
    return static_cast<std::uint8_t>(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

void filter(int kind, std::uint8_t const* row, std::uint8_t const* above, std::size_t size, std::size_t stride, std::uint8_t* out) {
    for (std::size_t i = 0; i < size; ++i) {
        int const left = i >= stride ? row[i - stride] : 0, up = above[i], corner = i >= stride ? above[i - stride] : 0;
        int const guess = kind == 0 ? 0 : kind == 1 ? left : kind == 2 ? up : kind == 3 ? (left + up) / 2 : paeth(left, up, corner);
        out[i] = static_cast<std::uint8_t>(row[i] - guess);
    }
}

std::string compress(Lines const& lines) {
    z_stream stream{};
    if (deflateInit2(&stream, 6, Z_DEFLATED, 15, 9, lines.filtered ? Z_FILTERED : Z_DEFAULT_STRATEGY) != Z_OK) return {};
    std::string out(deflateBound(&stream, (lines.size + 1) * lines.height), 0);
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    std::size_t room = out.size();
    std::vector<std::uint8_t> const nothing(lines.size, 0);
    std::vector<std::uint8_t> best(lines.size + 1), tried(lines.size + 1);
    for (std::size_t y = 0; y < lines.height; ++y) {
        std::uint8_t const* const row = &lines.bytes[y * lines.size];
        std::uint8_t const* const above = y == 0 ? nothing.data() : row - lines.size;
        std::uint64_t least = ~0ull;
        for (int kind = 0; kind < (lines.filtered ? 5 : 1); ++kind) {
            tried[0] = static_cast<std::uint8_t>(kind);
            filter(kind, row, above, lines.size, lines.stride, &tried[1]);
            std::uint64_t sum = 0;
            for (std::size_t i = 1; i <= lines.size; ++i) sum += static_cast<unsigned>(std::abs(static_cast<std::int8_t>(tried[i])));
            if (sum >= least) continue;
            least = sum;
            std::swap(best, tried);
        }
        stream.next_in = best.data();
        stream.avail_in = static_cast<uInt>(best.size());
        stream.avail_out = static_cast<uInt>(std::min<std::size_t>(room - stream.total_out, 1u << 30));
        if (deflate(&stream, y + 1 == lines.height ? Z_FINISH : Z_NO_FLUSH) == Z_STREAM_ERROR) break;
    }
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

// Samples as a PNG has them: the higher byte first.
void plain(Raster const& raster, Lines& lines) {
    static constexpr std::uint8_t types[] = {0, 0, 4, 2, 6};
    lines.colour_type = types[raster.channels];
    lines.bits = static_cast<std::uint8_t>(raster.depth * 8);
    lines.stride = raster.pixel_size();
    lines.size = raster.row_size();
    lines.bytes = raster.samples;
    if (raster.depth == 1 || std::endian::native == std::endian::big) return;
    for (std::size_t at = 0; at + 1 < lines.bytes.size(); at += 2) std::swap(lines.bytes[at], lines.bytes[at + 1]);
}

void pack(Lines& lines, std::vector<std::uint8_t> const& indices) {
    lines.size = (std::size_t{lines.width} * lines.bits + 7) / 8;
    lines.stride = 1;
    lines.filtered = false;
    lines.bytes.assign(lines.size * lines.height, 0);
    for (std::size_t y = 0; y < lines.height; ++y) {
        for (std::size_t x = 0; x < lines.width; ++x) {
            std::size_t const bit = x * lines.bits;
            lines.bytes[y * lines.size + bit / 8] |= static_cast<std::uint8_t>(indices[y * lines.width + x] << (8 - lines.bits - bit % 8));
        }
    }
}

// Few greys: as few bits as hold them exactly.
bool few_greys(Raster const& raster, Lines& lines) {
    for (std::uint8_t bits : {1, 2, 4}) {
        int const step = 255 / ((1 << bits) - 1);
        if (!std::all_of(raster.samples.begin(), raster.samples.end(), [&](std::uint8_t grey) { return grey % step == 0; })) continue;
        std::vector<std::uint8_t> indices(raster.samples);
        for (std::uint8_t& grey : indices) grey = static_cast<std::uint8_t>(grey / step);
        lines.bits = bits;
        lines.colour_type = 0;
        pack(lines, indices);
        return true;
    }
    return false;
}

// Up to 256 colours: a palette, sorted by alpha and colour, so that it says nothing of who made it.
bool few_colours(Raster const& raster, Lines& lines) {
    std::map<std::array<std::uint8_t, 4>, std::uint8_t> colours;  // alpha, red, green, blue
    auto const colour_at = [&](std::size_t at) {
        std::uint8_t const* const p = &raster.samples[at];
        std::uint8_t const alpha = raster.has_alpha() ? p[raster.channels - 1] : 255;
        return raster.channels >= 3 ? std::array{alpha, p[0], p[1], p[2]} : std::array{alpha, p[0], p[0], p[0]};
    };
    for (std::size_t at = 0; at < raster.samples.size(); at += raster.channels) {
        if (at > 0 && std::memcmp(&raster.samples[at], &raster.samples[at - raster.channels], raster.channels) == 0) continue;
        colours.try_emplace(colour_at(at), 0);
        if (colours.size() > 256) return false;
    }
    std::uint8_t next = 0;
    for (auto& [colour, index] : colours) {
        index = next++;
        for (std::size_t c = 1; c < 4; ++c) lines.palette.push_back(static_cast<char>(colour[c]));
        if (colour[0] != 255) lines.transparency.push_back(static_cast<char>(colour[0]));
    }
    std::vector<std::uint8_t> indices;
    indices.reserve(raster.samples.size() / raster.channels);
    for (std::size_t at = 0; at < raster.samples.size(); at += raster.channels) {
        bool const same = at > 0 && std::memcmp(&raster.samples[at], &raster.samples[at - raster.channels], raster.channels) == 0;
        indices.push_back(same ? indices.back() : colours.find(colour_at(at))->second);
    }
    lines.colour_type = 3;
    lines.bits = colours.size() <= 2 ? 1 : colours.size() <= 4 ? 2 : colours.size() <= 16 ? 4 : 8;
    pack(lines, indices);
    return true;
}

enum class Palette : bool { never, where_it_serves };

Lines lines_of(Raster const& raster, Palette palette) {
    Lines lines;
    lines.width = raster.width;
    lines.height = raster.height;
    bool const may = palette == Palette::where_it_serves && raster.depth == 1;
    if (may && raster.channels == 1 && few_greys(raster, lines)) return lines;
    if (may && raster.channels != 1 && few_colours(raster, lines)) return lines;
    plain(raster, lines);
    return lines;
}

void append_header(std::string& out, Lines const& lines) {
    std::string header;
    append_number(header, lines.width);
    append_number(header, lines.height);
    for (std::uint8_t byte : {lines.bits, lines.colour_type, std::uint8_t{0}, std::uint8_t{0},
        std::uint8_t{0}}) header.push_back(static_cast<char>(byte));
    append_chunk(out, "IHDR", header);
}

std::string write_still(Raster const& raster) {
    Lines const lines = lines_of(simplest(raster), Palette::where_it_serves);
    std::string out("\x89PNG\r\n\x1A\n", 8);
    append_header(out, lines);
    if (!lines.palette.empty()) append_chunk(out, "PLTE", lines.palette);
    if (!lines.transparency.empty()) append_chunk(out, "tRNS", lines.transparency);
    append_chunk(out, "IDAT", compress(lines));
    append_chunk(out, "IEND", {});
    return out;
}

// Frames are whole pictures; what is written of each is the box in which it differs from the one before, at least a pixel.
Differing box_of(Album const& album, std::size_t frame) {
    if (frame == 0) return {0, 0, album.width, album.height};
    Differing box = find_difference(album.frames[frame - 1].raster, album.frames[frame].raster);
    if (box.width == 0) box = {0, 0, 1, 1};
    return box;
}

std::string control(Frame const& frame, Differing const& box, std::uint32_t number) {
    std::string out;
    for (std::uint32_t value : {number, box.width, box.height, box.left, box.top}) append_number(out, value);
    append_number(out, frame.delay, 2);
    append_number(out, frame.delay_unit, 2);
    out.append(2, '\0');  // left as it is, drawn as it is
    return out;
}

Raster part_of(Raster const& raster, Differing const& box) {
    Raster out{box.width, box.height, raster.channels, raster.depth, {}};
    for (std::size_t y = 0; y < box.height; ++y) {
        std::uint8_t const* const from = raster.row(y + box.top) + box.left * raster.pixel_size();
        out.samples.insert(out.samples.end(), from, from + out.row_size());
    }
    return out;
}

std::string write_animation(Album const& album) {
    std::string out("\x89PNG\r\n\x1A\n", 8);
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < album.frames.size(); ++i) {
        Frame const& frame = album.frames[i];
        Differing const box = box_of(album, i);
        Lines const lines = lines_of(part_of(frame.raster, box), Palette::never);
        if (i == 0) {
            append_header(out, lines);
            std::string head;
            append_number(head, static_cast<std::uint32_t>(album.frames.size()));
            append_number(head, album.loops);
            append_chunk(out, "acTL", head);
        }
        append_chunk(out, "fcTL", control(frame, box, number++));
        std::string data = compress(lines);
        if (i > 0) {
            std::string counted;
            append_number(counted, number++);
            data = counted + data;
        }
        append_chunk(out, i == 0 ? "IDAT" : "fdAT", data);
    }
    append_chunk(out, "IEND", {});
    return out;
}

}  // namespace

std::string write_png(Album const& album) {
    return album.kind == Album::Kind::animation ? write_animation(album) : write_still(album.frames.front().raster);
}

}  // namespace keepmum
