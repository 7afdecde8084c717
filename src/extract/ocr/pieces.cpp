// SPDX-License-Identifier: GPL-3.0-or-later
#include "extract/ocr/pieces.h"

#include <algorithm>
#include <cmath>

namespace keepmum::ocr {

namespace {

// How large a picture is looked at: smaller ones are made larger, so that small writing is found, but not beyond twice.
constexpr float most_pixels = 1.25e6F, good_side = 736, most_enlarged = 2;
// The shorter side of a picture of usual shape then; one that would become clearly smaller is parted.
constexpr float usual_side = 968, clearly = 0.75F;
constexpr float overlapping = 0.2F;  // of a piece

}  // namespace

std::size_t Pieces::owner(float middle) const {
    if (count == 1 || middle <= 0) return 0;
    float const half = static_cast<float>(length - step) / 2;
    return std::min(count - 1, static_cast<std::size_t>(std::max(0.0F, middle - half) / static_cast<float>(step)));
}

Pieces pieces_of(std::uint32_t width, std::uint32_t height) {
    auto const shorter = static_cast<float>(std::max(1u, std::min(width, height))),
               longer = static_cast<float>(std::max({1u, width, height}));
    float const enlarged = std::clamp(good_side / shorter, 1.0F, most_enlarged);
    Pieces pieces;
    pieces.scale = std::min(enlarged, std::sqrt(most_pixels / (shorter * longer)));
    float const wanted = std::min(enlarged, usual_side / shorter);
    if (pieces.scale >= clearly * wanted) return pieces;
    pieces.scale = wanted;
    pieces.down = height > width;
    pieces.length = static_cast<std::uint32_t>(most_pixels / (shorter * wanted * wanted));
    pieces.step = std::max(1u, static_cast<std::uint32_t>(static_cast<float>(pieces.length) * (1 - overlapping)));
    std::uint32_t const all = std::max(width, height), rest = all - std::min(all, pieces.length);
    pieces.count = 1 + (std::size_t{rest} + pieces.step - 1) / pieces.step;
    return pieces;
}

Grey cut_piece(Grey const& picture, Pieces const& pieces, std::size_t number) {
    auto const first = static_cast<std::uint32_t>(number * pieces.step);
    std::uint32_t const left = pieces.down ? 0 : first, top = pieces.down ? first : 0;
    Grey piece{pieces.down ? picture.width : std::min(pieces.length, picture.width - left),
               pieces.down ? std::min(pieces.length, picture.height - top) : picture.height,
               {}};
    piece.values.reserve(std::size_t{piece.width} * piece.height);
    for (std::uint32_t y = 0; y < piece.height; ++y) {
        std::uint8_t const* const row = picture.row(top + y) + left;
        piece.values.insert(piece.values.end(), row, row + piece.width);
    }
    return piece;
}

}  // namespace keepmum::ocr
