// What coded colours mean as light: primaries (ITU-T H.273, table 2), and light beyond what screens show (ITU-R BT.2100).
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "format/pixels/heif/planes.h"

namespace keepmum {

// The shares of red and blue in the light of those primaries; of sRGB's where the number is not known.
void light_shares(std::uint32_t primaries, double& red, double& blue);

// Brings colours of PQ or HLG into the range of sRGB. What is no brighter than three fifths of paper white (203 cd/m², ITU-R
// BT.2408) stays; what is brighter comes ever closer to white.
class Brightness final {
  public:
    explicit Brightness(CodePoints const& meaning);
    // Three of one size, 0 to 1, in place.
    void bring_into_range(std::vector<float>& red, std::vector<float>& green, std::vector<float>& blue) const;

  private:
    static constexpr std::size_t steps = 4096;
    std::array<float, steps + 1> to_light_;  // 1: paper white
    std::array<float, steps + 1> to_srgb_;
    float matrix_[9];  // into sRGB's primaries
};

}  // namespace keepmum
