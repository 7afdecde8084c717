// The coded pictures in HEIF and AVIF files, by the libraries that decode films: in this thread, with no other.
//
// libheif and libavif would do more, but start threads, which no worker may. Their decoders below need none.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "format/pixels/heif/planes.h"

namespace keepmum {

class PlanesTaker {
  public:
    virtual ~PlanesTaker() = default;
    // The planes are gone afterwards. What it returns the decoder returns.
    virtual std::optional<Trouble> take(Planes const& planes) = 0;
};

// `configuration` is the body of the box "hvcC" (ISO 14496-15, 8.3.3), `data` units with their lengths in front. A picture with more
// pixels than `most` is not decoded; nor is one that is damaged anywhere given out.
std::optional<Trouble> decode_hevc(std::string_view configuration, std::string_view data, std::uint64_t most,
                                   PlanesTaker& taker);

// `data` are open bitstream units, the head of the sequence among them (AVIF, 2.1); `operating_point` as "a1op" has it.
std::optional<Trouble> decode_av1(std::string_view data, std::uint32_t operating_point, std::uint64_t most,
                                  PlanesTaker& taker);

}  // namespace keepmum
