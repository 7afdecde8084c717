// PSD and PSB, the picture that all layers make together, which Photoshop keeps behind them; hand-written.
//
//   "8BPS" · version (2) · 0 (6) · channels (2) · height (4) · width (4) · bits (2) · mode (2)
//   size (4), colour data (a palette) · size (4), resources · size (4; PSB 8), layers · compression (2), the picture
//
// Big-endian. The picture lies channel by channel, row by row, plain (0) or packed by runs (1), where sizes of all packed
// rows come first (2 bytes each; PSB 4). Adobe's "Photoshop File Formats Specification".
// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <bit>

#include "format/pixels/album/album.h"

namespace keepmum {

namespace {

class Bytes {
  public:
    explicit Bytes(std::string_view bytes) : rest_(bytes) {}
    std::uint64_t number(std::size_t size) {
        std::uint64_t value = 0;
        std::string_view const part = take(size);
        for (char c : part) value = value << 8 | static_cast<unsigned char>(c);
        return value;
    }
    std::string_view take(std::uint64_t size) {
        good_ = good_ && size <= rest_.size();
        std::string_view const part = rest_.substr(0, good_ ? static_cast<std::size_t>(size) : 0);
        rest_.remove_prefix(part.size());
        return part;
    }
    bool good() const { return good_; }

  private:
    std::string_view rest_;
    bool good_ = true;
};

struct Header {
    bool large = false;
    std::uint32_t channels = 0, height = 0, width = 0, bits = 0, mode = 0;
    std::string_view palette, resources, layers;
};

constexpr std::uint32_t grey_mode = 1, palette_mode = 2, rgb_mode = 3, inks_mode = 4;

Header read_header(Bytes& bytes) {
    Header header;
    bytes.take(4);
    header.large = bytes.number(2) == 2;
    bytes.take(6);
    for (auto [field, size] : {std::pair{&header.channels, 2}, {&header.height, 4}, {&header.width, 4}, {&header.bits, 2},
        {&header.mode, 2}}) {
        *field = static_cast<std::uint32_t>(bytes.number(static_cast<std::size_t>(size)));
    }
    header.palette = bytes.take(bytes.number(4));
    header.resources = bytes.take(bytes.number(4));
    header.layers = bytes.take(bytes.number(header.large ? 8 : 4));
    return header;
}

// The colour profile among the resources: "8BIM" · id (2) · name, padded to even · size (4) · data, padded to even.
std::string find_profile(std::string_view resources) {
    constexpr std::uint64_t profile_id = 1039;
    Bytes bytes(resources);
    while (bytes.take(4) == "8BIM") {
        std::uint64_t const id = bytes.number(2), name = bytes.number(1);
        bytes.take(name | 1);
        std::uint64_t const size = bytes.number(4);
        std::string_view const data = bytes.take(size);
        if (id == profile_id) return std::string(data);
        bytes.take(size % 2);
    }
    return {};
}

// Runs: a count below 128 is followed by that many bytes and one; above, one byte stands 257 minus count times.
bool unpack_row(std::string_view packed, std::string& row, std::size_t size) {
    row.clear();
    for (std::size_t at = 0; at < packed.size() && row.size() < size;) {
        auto const count = static_cast<unsigned char>(packed[at++]);
        if (count < 128) {
            row.append(packed.substr(at, count + 1u));
            at += count + 1u;
        } else if (count > 128 && at < packed.size()) {
            row.append(257u - count, packed[at++]);
        }
    }
    bool const whole = row.size() >= size;
    row.resize(size);
    return whole;
}

// Whether the first channel behind the colours is the picture's own alpha: the count of layers is then negative.
bool has_alpha(Header const& header) {
    Bytes bytes(header.layers);
    bytes.take(header.large ? 8 : 4);
    return (bytes.number(2) & 0x8000) != 0 && bytes.good();
}

struct Plan {
    std::uint32_t colours = 0, kept = 0;
};

void put_row(Header const& header, Plan const& plan, std::string_view row, std::uint32_t channel, std::size_t y, Raster& raster) {
    std::size_t const depth = raster.depth;
    std::uint8_t* const to = raster.row(y);
    for (std::size_t x = 0; x < raster.width; ++x) {
        if (header.mode == palette_mode && channel == 0) {
            std::size_t const index = static_cast<unsigned char>(row[x]);
            for (std::size_t c = 0; c < 3; ++c) to[x * raster.channels + c] = static_cast<std::uint8_t>(header.palette[c * 256 + index]);
            continue;
        }
        std::size_t const place = header.mode == palette_mode ? 3 : channel;
        if (place >= plan.kept) return;
        std::uint8_t* const sample = to + (x * raster.channels + place) * depth;
        for (std::size_t i = 0; i < depth; ++i) {
            std::size_t const from = std::endian::native == std::endian::little ? depth - 1 - i : i;
            sample[i] = static_cast<std::uint8_t>(row[x * depth + from]);
        }
    }
}

bool read_rows(Bytes& bytes, Header const& header, Plan const& plan, Raster& raster) {
    std::uint64_t const compression = bytes.number(2);
    if (compression > 1) return false;
    std::vector<std::uint64_t> sizes;
    std::size_t const row_size = std::size_t{header.width} * raster.depth;
    std::uint64_t const rows = std::uint64_t{header.channels} * header.height;
    for (std::uint64_t i = 0; compression == 1 && i < rows && bytes.good(); ++i) sizes.push_back(bytes.number(header.large ? 4 : 2));
    std::string row;
    for (std::uint64_t i = 0; i < std::uint64_t{std::min(header.channels, header.mode == palette_mode ? 2u
        : plan.kept)} * header.height; ++i) {
        std::string_view const stored = bytes.take(compression == 1 && i < sizes.size() ? sizes[i] : row_size);
        if (!bytes.good() || (compression == 1 && !unpack_row(stored, row, row_size))) return false;
        put_row(header, plan, compression == 1 ? std::string_view(row) : stored, static_cast<std::uint32_t>(i / header.height),
            i % header.height, raster);
    }
    return true;
}

}  // namespace

std::optional<Trouble> read_psd(std::string_view file, Album& album) {
    Bytes bytes(file);
    Header const header = read_header(bytes);
    if (!bytes.good()) return Trouble{Cause::malformed, "damaged or cut short: the picture cannot be decoded"};
    if (std::optional<Trouble> trouble = check_size(header.width, header.height, most_pixels_held)) return trouble;
    Plan plan;
    plan.colours = header.mode == grey_mode ? 1 : header.mode == inks_mode ? 4 : 3;
    bool const known = header.mode >= grey_mode && header.mode <= inks_mode
        && (header.bits == 8 || (header.bits == 16 && header.mode != palette_mode && header.mode != inks_mode));
    std::uint32_t const stored = header.mode == palette_mode ? 1 : plan.colours;
    if (!known || header.channels < stored || header.channels > 56 || (header.mode == palette_mode && header.palette.size() < 768)) {
        return Trouble{Cause::unsupported, "a rare kind of PSD"};
    }
    bool const alpha = header.mode != inks_mode && header.channels > stored && has_alpha(header);
    plan.kept = plan.colours + (alpha ? 1 : 0);
    Frame frame;
    frame.raster = Raster{header.width, header.height, plan.kept, header.bits / 8, {}};
    if (std::optional<Trouble> trouble = check_held(0, std::uint64_t{frame.raster.row_size()} * header.height)) return trouble;
    frame.raster.samples.resize(frame.raster.row_size() * header.height);
    if (!read_rows(bytes, header, plan, frame.raster)) return Trouble{Cause::malformed,
        "damaged or cut short: the picture cannot be decoded"};
    frame.colours.icc = find_profile(header.resources);
    frame.colours.inks = header.mode == inks_mode;
    if (header.layers.size() > 4) album.left_out.push_back("its layers, of which the copy shows what they make together");
    album.media = "image/png";
    album.frames.push_back(std::move(frame));
    return {};
}

}  // namespace keepmum
