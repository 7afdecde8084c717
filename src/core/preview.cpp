// Layout: width (4), height (4), full width (4), full height (4), little-endian; then the samples.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/preview.h"

namespace keepmum {

namespace {
constexpr std::size_t head = 16;
}

std::string write_preview(Preview const& preview) {
    std::string bytes;
    for (std::uint32_t const number : {preview.width, preview.height, preview.full_width, preview.full_height}) {
        for (int shift = 0; shift < 32; shift += 8) bytes.push_back(static_cast<char>(number >> shift));
    }
    return bytes + preview.rgb;
}

std::optional<Preview> read_preview(std::string_view bytes) {
    if (bytes.size() < head) return std::nullopt;
    std::uint32_t numbers[4] = {};
    for (std::size_t i = 0; i < head; ++i) numbers[i / 4] |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (i % 4 * 8);
    Preview preview{numbers[0], numbers[1], numbers[2], numbers[3], {}};
    auto const fits = [](std::uint32_t side) { return side > 0 && side <= Preview::most_side; };
    if (!fits(preview.width) || !fits(preview.height) || preview.full_width < preview.width) return std::nullopt;
    if (preview.full_height < preview.height) return std::nullopt;
    if (bytes.size() != head + std::size_t{3} * preview.width * preview.height) return std::nullopt;
    preview.rgb = bytes.substr(head);
    return preview;
}

}  // namespace keepmum
