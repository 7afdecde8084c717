// BMP and the PNM family (PBM, PGM, PPM, PAM), read and written by hand.
//
//   PNM: "P1" to "P6" · width · height · most (not PBM), as decimal numbers parted by white space, where "#" starts a
//   comment to the end of the line · one white space · samples. PAM: "P7" and lines "NAME value" up to "ENDHDR".
// Netpbm's pages pbm(5), pgm(5), ppm(5), pam(5).
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstring>

#include "format/pixels/album/write_album.h"
#include "format/pixels/decode.h"

namespace keepmum {

namespace {

class Keeper final : public Canvas {
  public:
    explicit Keeper(Raster& raster) : raster_(raster) {}
    void begin(std::uint32_t width, std::uint32_t height, std::uint32_t) override {
        raster_.width = width;
        raster_.height = height;
        raster_.samples.reserve(raster_.row_size() * height);
    }
    void row(std::span<std::uint8_t const> rgb) override { raster_.samples.insert(raster_.samples.end(), rgb.begin(), rgb.end()); }
    void end() override { raster_.samples.resize(raster_.row_size() * raster_.height); }

  private:
    Raster& raster_;
};

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

struct Header {
    std::uint32_t width = 0, height = 0, most = 1, channels = 1;
    char kind = 0;         // the digit after P
    std::size_t data = 0;  // offset of the samples
};

// The number at `at`, behind white space and comments; `at` moves behind it.
std::optional<std::uint32_t> read_number(std::string_view bytes, std::size_t& at) {
    while (at < bytes.size() && (is_space(bytes[at]) || bytes[at] == '#')) {
        if (bytes[at] == '#') at = std::min(bytes.find('\n', at), bytes.size());
        else ++at;
    }
    std::uint64_t value = 0;
    std::size_t const from = at;
    for (; at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9'
        && value < 1u << 31; ++at) value = value * 10 + static_cast<unsigned>(bytes[at] - '0');
    if (at == from || value >= 1u << 31) return {};
    return static_cast<std::uint32_t>(value);
}

std::optional<Header> read_pam_header(std::string_view bytes) {
    Header header{.kind = '7'};
    std::size_t at = 2;
    while (at < bytes.size()) {
        std::size_t const end = std::min(bytes.find('\n', at), bytes.size());
        std::string_view line = bytes.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("ENDHDR")) {
            header.data = at;
            return header;
        }
        for (auto [name, field] : {std::pair{"WIDTH", &header.width}, {"HEIGHT", &header.height}, {"DEPTH", &header.channels},
            {"MAXVAL", &header.most}}) {
            std::size_t from = std::strlen(name);
            if (!line.starts_with(name) || line.size() <= from || !is_space(line[from])) continue;
            std::optional<std::uint32_t> const value = read_number(line, from);
            if (!value) return {};
            *field = *value;
        }
    }
    return {};
}

std::optional<Header> read_header(std::string_view bytes) {
    Header header{.kind = bytes[1]};
    if (header.kind == '7') return read_pam_header(bytes);
    std::size_t at = 2;
    bool const bits = header.kind == '1' || header.kind == '4';
    for (std::uint32_t* field : {&header.width, &header.height, &header.most}) {
        if (field == &header.most && bits) break;
        std::optional<std::uint32_t> const value = read_number(bytes, at);
        if (!value) return {};
        *field = *value;
    }
    header.channels = header.kind == '3' || header.kind == '6' ? 3 : 1;
    header.data = at + 1;
    return header;
}

// Samples as numbers in the text; a comment may stand between them.
bool read_words(std::string_view bytes, Header const& header, std::vector<std::uint16_t>& values) {
    std::size_t at = header.data - 1;
    for (std::uint16_t& value : values) {
        if (header.kind == '1') {  // digits need no space between them
            while (at < bytes.size() && bytes[at] != '0' && bytes[at] != '1') {
                if (bytes[at] == '#') at = std::min(bytes.find('\n', at), bytes.size());
                else ++at;
            }
            if (at >= bytes.size()) return false;
            value = bytes[at++] == '0';
            continue;
        }
        std::optional<std::uint32_t> const number = read_number(bytes, at);
        if (!number) return false;
        value = static_cast<std::uint16_t>(std::min(*number, header.most));
    }
    return true;
}

bool read_raw(std::string_view bytes, Header const& header, std::vector<std::uint16_t>& values) {
    std::size_t const size = header.most > 255 ? 2 : 1;
    std::string_view const data = bytes.substr(std::min(header.data, bytes.size()));
    if (header.kind == '4') {
        std::size_t const row = (std::size_t{header.width} + 7) / 8;
        if (data.size() / row < header.height) return false;
        for (std::size_t i = 0; i < values.size(); ++i) {
            std::size_t const x = i % header.width;
            values[i] = (static_cast<unsigned char>(data[i / header.width * row + x / 8]) >> (7 - x % 8) & 1) == 0;
        }
        return true;
    }
    if (data.size() / size < values.size()) return false;
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::uint32_t value = static_cast<unsigned char>(data[i * size]);
        if (size == 2) value = value << 8 | static_cast<unsigned char>(data[i * 2 + 1]);
        values[i] = static_cast<std::uint16_t>(std::min(value, header.most));
    }
    return true;
}

void append(std::string& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint32_t sample_at(Raster const& raster, std::size_t number) {
    if (raster.depth == 1) return raster.samples[number];
    std::uint16_t value = 0;
    std::memcpy(&value, &raster.samples[number * 2], 2);
    return value;
}

std::string pam_header(Raster const& raster, std::string_view most) {
    static constexpr std::string_view kinds[] = {"", "GRAYSCALE", "GRAYSCALE_ALPHA", "RGB", "RGB_ALPHA"};
    std::string const size = "P7\nWIDTH " + std::to_string(raster.width) + "\nHEIGHT " + std::to_string(raster.height);
    std::string const samples = "\nDEPTH " + std::to_string(raster.channels) + "\nMAXVAL " + std::string(most);
    return size + samples + "\nTUPLTYPE " + std::string(kinds[raster.channels]) + "\nENDHDR\n";
}

}  // namespace

std::optional<Trouble> read_bmp(std::string_view bytes, Album& album) {
    album.frames.emplace_back();
    Raster& raster = album.frames.back().raster;
    Keeper keeper(raster);
    return decode_bmp(bytes, keeper);
}

std::string write_bmp(Album const& album) {
    Raster const& raster = album.frames.front().raster;
    std::size_t const row = (std::size_t{raster.width} * 3 + 3) / 4 * 4;
    constexpr std::size_t headers = 54;
    if (row > (0xF0000000u - headers) / raster.height) return {};
    std::string out = "BM";
    append(out, headers + row * raster.height, 4);
    append(out, 0, 4);
    append(out, headers, 4);
    append(out, 40, 4);
    append(out, raster.width, 4);
    append(out, raster.height, 4);
    append(out, 1, 2);
    append(out, 24, 2);
    append(out, 0, 24);
    for (std::size_t y = raster.height; y-- > 0;) {
        std::uint8_t const* pixel = raster.row(y);
        for (std::size_t x = 0; x < raster.width; ++x, pixel += raster.channels) {
            for (std::size_t c = 3; c-- > 0;) out.push_back(static_cast<char>(pixel[raster.channels >= 3 ? c : 0]));
        }
        out.append(row - std::size_t{raster.width} * 3, '\0');
    }
    return out;
}

std::optional<Trouble> read_pnm(std::string_view bytes, Album& album) {
    std::optional<Header> const header = read_header(bytes);
    if (!header) return Trouble{Cause::malformed, "not a PNM picture that can be decoded"};
    if (std::optional<Trouble> trouble = check_size(header->width, header->height, most_pixels_held)) return trouble;
    if (header->channels < 1 || header->channels > 4 || header->most < 1 || header->most > 0xFFFF) return Trouble{Cause::unsupported,
        "a rare kind of PNM"};
    // Samples are held twice for a moment.
    std::uint64_t const count = std::uint64_t{header->width} * header->height * header->channels;
    if (std::optional<Trouble> trouble = check_held(0, count * 4)) return trouble;
    bool const text = header->kind <= '3';
    if (count / (text ? 1 : 8) > bytes.size()) return Trouble{Cause::malformed, "damaged or cut short: rows are missing"};
    std::vector<std::uint16_t> values(count);
    bool const whole = text ? read_words(bytes, *header, values) : read_raw(bytes, *header, values);
    if (!whole) return Trouble{Cause::malformed, "damaged or cut short: rows are missing"};
    static constexpr std::string_view forms[] = {"P4", "P5", "P6", "P4", "P5", "P6", "P7"};
    static constexpr std::string_view media[] = {"image/x-portable-bitmap", "image/x-portable-graymap", "image/x-portable-pixmap"};
    album.form = forms[header->kind - '1'];
    album.media = album.form == "P7" ? "image/x-portable-arbitrarymap" : media[(header->kind - '1') % 3];
    album.most = header->most;
    Frame frame;
    frame.raster = Raster{header->width, header->height, header->channels, header->most > 255 ? 2u : 1u, {}};
    frame.raster.samples.resize(frame.raster.row_size() * header->height);
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (frame.raster.depth == 2) std::memcpy(&frame.raster.samples[i * 2], &values[i], 2);
        else frame.raster.samples[i] = static_cast<std::uint8_t>(values[i]);
    }
    album.frames.push_back(std::move(frame));
    return {};
}

std::string write_pnm(Album const& album) {
    Raster const& raster = album.frames.front().raster;
    std::string const size = std::to_string(raster.width) + " " + std::to_string(raster.height) + "\n", most = std::to_string(album.most);
    std::size_t const count = raster.samples.size() / raster.depth;
    std::string out;
    if (album.form == "P7") out = pam_header(raster, most);
    else out = std::string(album.form) + "\n" + size + (album.form == "P4" ? "" : most + "\n");
    if (album.form == "P4") {
        std::size_t const row = (std::size_t{raster.width} + 7) / 8, from = out.size();
        out.append(row * raster.height, '\0');
        for (std::size_t i = 0; i < count; ++i) {
            std::size_t const x = i % raster.width, at = from + i / raster.width * row + x / 8;
            if (sample_at(raster, i) == 0) out[at] = static_cast<char>(out[at] | 0x80 >> x % 8);
        }
        return out;
    }
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t const value = sample_at(raster, i);
        if (album.most > 255) out.push_back(static_cast<char>(value >> 8));
        out.push_back(static_cast<char>(value));
    }
    return out;
}

}  // namespace keepmum
