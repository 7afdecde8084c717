// Whether a hidden picture shows what everybody sees: a thumbnail that still has what was cropped away tells more than
// the picture itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/extractor.h"
#include "format/photo/byte_map.h"
#include "format/pixels/canvas.h"

namespace keepmum {

// A picture seen from afar: grey, at most 64 pixels a side.
struct Glance {
    std::uint32_t width = 0, height = 0;  // of the picture itself
    std::uint32_t columns = 0, rows = 0;  // of what is here
    std::vector<float> grey;              // columns × rows, 0 to 255
};

struct Glanced {
    std::optional<Glance> glance;  // the first picture of the file, as far as it could be decoded
    std::uint32_t pictures = 0;
    std::optional<Trouble> trouble;  // what could not be decoded
};

// Decodes `file`; trouble of cause unsupported where nothing here can. Where nothing is to be compared with it, only whether it can be
// decoded is found out, and the glance is empty.
enum class Glancing : std::uint8_t { compare, decode_only };
Glanced glance_at(std::string_view file, Outlet& outlet, Glancing look);

// The same without a decoder, from Walk::far, of a picture whose shorter side has at least so many pixels: one sample for each of
// those compared.
inline constexpr std::uint32_t least_far_side = 192;
Glanced glance_at(Walk const& walk, Outlet& outlet);

// Whether both show the same, in any of four positions, with or without bars along two sides. Two plain
// surfaces of the same brightness are the same.
bool look_alike(Glance const& left, Glance const& right);

}  // namespace keepmum
